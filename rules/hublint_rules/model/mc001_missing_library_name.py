"""A model card that does not say which library loads the model.

## What it does
Looks for `library_name`. Where the model's files were written by one library, it names that library and the file that
tells. A library that stands in `tags` only or that the Hub finds by itself (`*.nemo`, model_index.json of diffusers, a
SavedModel of Keras), a repository that holds nothing but GGUF files, one whose files tell nothing and a card without
any files are notes only. Adapters are incomplete-adapter-metadata's (MC014).

## Why it matters on the Hub
The library decides the code snippet on the model's page, the library filter, which files count as a download and
whether the task is inferred. Since August 2024 the Hub no longer takes a new repository with a config.json for
transformers.

## Example
```yaml
license: apache-2.0
```

```json config.json
{"architectures": ["BertForMaskedLM"], "model_type": "bert", "transformers_version": "4.57.1"}
```

## Use instead
```yaml
license: apache-2.0
library_name: transformers
```

```json config.json
{"architectures": ["BertForMaskedLM"], "model_type": "bert", "transformers_version": "4.57.1"}
```

## Fix safety
Safe where one library alone can have written the files, or where the one library among the tags is written as
`library_name`. Unsafe where the files make it likely only: a class or a `model_type` that transformers does not have,
weights under names of another program, a configuration that was copied to another runtime.

## Evidence
https://huggingface.co/docs/hub/model-cards#specifying-a-library (2026-08): the order is `library_name`, a tag, files
such as `*.nemo`; transformers is no longer assumed. Diffusers and Keras: models whose cards name no library and which
the Hub shows with it (crawls of 2022 and 2026-08). Library ids: npm @huggingface/tasks 0.21.54.
"""

from __future__ import annotations

from hublint.documents.yaml import edits as yaml_edits
from hublint.model.library import is_adapter, is_found_by_hub, is_gguf_only, library_of, weights_of
from hublint.rule import Finding, Fix, Rule
from hublint_rules._card import lacks, strings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.model.library import Decided
    from hublint.repository.repository import Repository
    from hublint.rule import Safety, Severity

RULE = Rule(
    code="MC001",
    name="missing-library-name",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    fix="safe",
)

# Of the Hub's library ids those that are not another word: a tag of them means the library.
_PLAIN = frozenset(
    "transformers diffusers sentence-transformers timm spacy flair setfit span-marker sklearn keras-hub fastai espnet "
    "speechbrain nemo allennlp stable-baselines3 ml-agents open_clip pyannote-audio paddlenlp transformers.js "
    "bertopic adapter-transformers fasttext mlx gliner model2vec lerobot sample-factory fairseq asteroid".split()
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where a model's library is not named."""
    if not lacks(card, "model", "library_name"):
        return
    if is_adapter(repository):
        return
    library = library_of(repository)
    tags = _libraries(strings(card.data.get("tags")))
    if tags:
        yield _only_a_tag(card, tags, library, is_gguf_only(repository))
    elif is_gguf_only(repository):
        yield _finding(card, "`library_name` is optional here: the Hub recognizes GGUF by its files", "info")
    elif library is not None:
        found = is_found_by_hub(library)
        name = f"`library_name: {library.value}`"
        if found:
            told = f"{name} is optional here: the Hub recognizes the library by its files ({library.reason})"
        else:
            how = f"so add {name}" if library.sure else f"which looks like `{library.value}`; if it is, add {name}"
            told = f"no `library_name`, so the model's page shows no loading code; {library.reason}, {how}"
        yield _finding(
            card,
            told,
            "info" if found else None,
            _fix(card, library.value, "safe" if library.sure else "unsafe"),
        )
    elif weights_of(repository) or card.data.get("pipeline_tag"):
        yield _finding(
            card,
            "no `library_name`, so the model's page shows no loading code; name the library",
            "info",
        )


def _libraries(tags: list[str]) -> list[str]:
    import hublint_schemas

    libraries = hublint_schemas.table("libraries")["libraries"]
    return [tag for tag in dict.fromkeys(tags) if tag in libraries] if tags else []


def _only_a_tag(card: Card, tags: list[str], library: Decided | None, gguf: bool) -> Finding:
    """The Hub takes the tag, so nothing is lost."""
    named = ", ".join(f"`{tag}`" for tag in tags)
    certain = len(tags) == 1 and (library.value == tags[0] if library is not None else tags[0] in _PLAIN and not gguf)
    return _finding(
        card,
        f"only tags name the library ({named}), and the Hub reads `library_name` first; add it",
        "info",
        _fix(card, tags[0], "safe") if certain else None,
    )


def _finding(card: Card, message: str, severity: Severity | None, fix: Fix | None = None) -> Finding:
    return Finding(card, card.place("library_name"), message, severity=severity, fix=fix)


def _fix(card: Card, library: str, safety: Safety) -> Fix:
    edit = yaml_edits.insert_entry(card, "library_name", library)
    return Fix(f"Add `library_name: {library}`", (edit,), safety)
