"""Since when the Hub's documentation names a key: read from a history, and told as far as it is known."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import hublint_schemas

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "schemas"))

from refreshing import documented

PAGE = """---
title: About this page
---

# Spaces

```yaml
sdk: gradio
# pinned: false
not a key: at all
```

Set **`header`** to `mini`, `app_port` to a port and `models: [a/b]` to models; the `tags` of images are something else.
"""


@pytest.mark.parametrize(
    ("path", "text", "keys"),
    [
        ("docs/hub/spaces.md", PAGE, {"sdk", "pinned", "header", "app_port", "models"}),
        ("modelcard.md", "---\nlicense: mit\n# a comment: of words\n---\n", {"license"}),
        ("docs/hub/models.md", "---\nlicense: mit\n---\n", set()),
        ("docs/hub/models.md", "```py\nimport a\nx = {tags: 1}\n```\n`pipeline_tag`\n", {"pipeline_tag"}),
    ],
)
def test_what_a_page_names(path: str, text: str, keys: set[str]) -> None:
    assert documented.named(path, text) == keys


def test_the_first_commit_that_names_a_key(tmp_path: Path) -> None:
    pages = tmp_path / "pages-of-the-hub"
    pages.mkdir()

    def git(*arguments: str, day: str = "2021-01-01") -> str:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        own = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": "2022-03-16T12:00:00Z"}
        done = subprocess.run(["git", *who, *arguments], cwd=pages, env=own, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def commit(path: str, text: str, day: str) -> str:
        (pages / path).write_text(text, "utf-8")
        git("add", "-A")
        git("commit", "-qm", "a page", day=day)
        return git("rev-parse", "HEAD")[:8]

    git("init", "-q")
    commit("model-card-template.md", "`pipeline_tag`", "2020-12-22")
    first = commit("spaces.md", "`app_port` and `pipeline_tag`", "2021-09-09")
    second = commit("models.md", "`base_model`", "2022-02-02")
    licenses = commit("repositories-licenses.md", "| `openrail++` | `x` | ```\nmit\n```\n", "2022-02-02")
    commit("models.md", "`base_model`, written again", "2023-03-03")
    (pages / "models.md").rename(pages / "model-cards.md")
    third = commit("spaces-config.md", '`app_port` and **`header`**, `"t4-small"`, `mit`', "2024-04-04")
    newest, found = documented.documented(tmp_path, str(pages))
    assert newest == third
    assert found["begins"] == "2021-09-09"
    assert found["keys"] == {
        "space": {"app_port": ["2021-09-09", first], "header": ["2024-04-04", third]},
        "model": {"base_model": ["2022-02-02", second]},
        "dataset": {},
    }
    assert found["values"] == {
        "licenses.licenses": {"openrail++": ["2022-02-02", licenses]},
        "space.hardware": {"t4-small": ["2024-04-04", third]},
        "space.oauth_scopes": {},
    }


def test_every_key_is_one_of_its_kind() -> None:
    table = hublint_schemas.table("documented")["keys"]
    assert set(table) == set(hublint_schemas.KINDS)
    for kind, keys in table.items():
        assert set(keys) <= set(hublint_schemas.table("keys")[kind]["known"])
        assert len(keys) >= 20
    described = set(hublint_schemas.table("keys")["space"]["documented"])
    assert set(table["space"]) == described, "what the reference lists has a day"
    assert table["dataset"]["configs"][0] > "2023", "before, it was a list of names"


def test_every_value_is_one_of_its_table() -> None:
    values = hublint_schemas.table("documented")["values"]
    assert set(values) == set(documented.VALUES)
    for name, dated in values.items():
        table, _, key = name.partition(".")
        assert set(dated) <= set(hublint_schemas.table(table)[key])
    assert set(values["licenses.licenses"]) == set(hublint_schemas.table("licenses")["licenses"])
    assert values["licenses.licenses"]["llama2"][0] == "2023-07-18", "the day on which it was published"
