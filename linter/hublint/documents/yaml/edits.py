"""Edits of a YAML document: what `editing` offers, imported with the first edit; a clean card needs none."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hublint.documents.yaml.editing import KEY_ORDER as KEY_ORDER
    from hublint.documents.yaml.editing import Path as Path
    from hublint.documents.yaml.editing import append_item as append_item
    from hublint.documents.yaml.editing import insert_entry as insert_entry
    from hublint.documents.yaml.editing import insert_nested as insert_nested
    from hublint.documents.yaml.editing import quote as quote
    from hublint.documents.yaml.editing import remove_entry as remove_entry
    from hublint.documents.yaml.editing import remove_item as remove_item
    from hublint.documents.yaml.editing import rename_key as rename_key
    from hublint.documents.yaml.editing import replace_entries as replace_entries
    from hublint.documents.yaml.editing import replace_entry as replace_entry
    from hublint.documents.yaml.editing import replace_text as replace_text
    from hublint.documents.yaml.editing import set_value as set_value
    from hublint.documents.yaml.editing import wrap_in_list as wrap_in_list
else:

    def __getattr__(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        from hublint.documents.yaml import editing as yaml_editing

        return getattr(yaml_editing, name)
