"""The cheap question before the search for credentials: its no is certain, and clean texts get a no."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hublint.documents.source import Source
from hublint.repository.git.ignored import Ignores
from hublint.repository.texts import text_paths
from hublint.secrets import candidates, detector, hints
from hublint.secrets.literals import named_literals
from hublint.secrets.scan import scan
from hublint.secrets.shapes import shapes
from hublint.secrets.tokens import KINDS, TokenKind
from repositories import make
from tokens import HEX, MAKERS, NAMED, STANDARD, WORD, Maker, with_tokens

SURROUNDINGS = (
    'key = "{}"',
    "{}",
    "KEY={}\n",
    "https://host/?k={}&b=1",
    '"a\\n{}\\n"',
    "a%3D{}",
    "令牌：{}）",
    "x.y.{}",
)
BEFORE = {"azure-storage": "AccountKey=", "teams-webhook": "https://team."}


def _hinted(text: str, path: str = "notes.txt") -> bool:
    return hints.may_hold_secret(Source(path, text.encode()))


def test_heads_are_those_of_the_detector() -> None:
    assert set(detector._BY_HEAD) == hints.HEADS


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_every_token_is_among_the_candidates(kind: TokenKind) -> None:
    maker = Maker(kind.id)
    assert re._parser.parse(kind.pattern).getwidth()[0] >= candidates._SHORTEST  # type: ignore[attr-defined]
    for around in SURROUNDINGS:
        text = around.format(BEFORE.get(kind.id, "") + MAKERS[kind.id](maker))
        found = candidates.Candidates(text)
        for start, end in shapes(text):
            at = found.lines.index(text[start:end])
            assert found.span(at, at + end - start) == (start, end), around


@pytest.mark.parametrize("id", MAKERS)
def test_every_token_is_hinted_at(id: str) -> None:
    maker = Maker(id)
    for around in SURROUNDINGS:
        for _ in range(5):
            text = around.format(BEFORE.get(id, "") + MAKERS[id](maker))
            assert _hinted(text) or not detector.find_tokens(text), around


@pytest.mark.parametrize("id", NAMED)
def test_every_named_token_is_hinted_at(id: str) -> None:
    maker = Maker(id)
    name, make_token = NAMED[id]
    for form in ('{} = "{}"', "export {}={}", '"{}": "{}"', "f({}='{}')"):
        for _ in range(5):
            text = form.format(name, make_token(maker))
            assert _hinted(text) or not detector.find_tokens(text), form


def test_other_credentials_are_hinted_at() -> None:
    maker = Maker("others")
    assert _hinted(with_tokens("-----BEGIN PRIVATE KEY-----\n[private key]\n-----END PRIVATE KEY-----\n"))
    assert _hinted(f"postgresql://shop:{maker.of(WORD, 24)}@db.shop.fr/orders")
    assert _hinted(f"AWS_SECRET_ACCESS_KEY={maker.of(STANDARD, 40)}\n")
    assert _hinted(f'api_key = "{maker.of(HEX, 32)}"', "app.py")
    assert _hinted("DB_PASSWORD=a b\n", ".env")


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from([*"aZ9 .:/-_\"'=@\n", "key", "hf_", "sk-", "://", "token", *map(str, range(9))]), max_size=80
    )
)
def test_no_means_nothing_to_find(parts: list[str]) -> None:
    source = Source("a.yaml", "".join(parts).encode())
    assert hints.may_hold_secret(source) or not any(scan(source))


CLEAN = {
    "README.md": "---\nsdk: gradio\n---\nSee https://huggingface.co/docs/hub/spaces-config-reference and `HF_TOKEN`.\n",
    "app.py": "import os\nfrom transformers import AutoModelForSequenceClassification, AutoTokenizer\n"
    'token = os.environ["HF_TOKEN"]\nst.button("x", key="button_clear_12")\nmax_new_tokens = 1000\n'
    'model = transformers.AutoModelForSequenceClassification.from_pretrained("openai/clip-vit-large-patch14-336")\n',
    "requirements.txt": "git+https://github.com/huggingface/transformers@da39a3ee5e6b4b0d3255bfef95601890afd80709\n",
    "config.json": '{"_name_or_path": "sentence-transformers/all-MiniLM-L6-v2", "pad_token_id": 0, "bos_token": "<s>"}',
    "data.csv": "id,text\n123e4567-e89b-42d3-a456-426614174000,what a token\n",
}


@pytest.mark.parametrize("path", CLEAN)
def test_ordinary_files_are_not_searched(path: str) -> None:
    assert not _hinted(CLEAN[path], path)


@pytest.mark.parametrize(
    "text", ["key" * 300_000, "key=" * 200_000, 'key="' * 200_000, 'key="' + "a" * 900_000, "token: a" * 100_000]
)
def test_literals_take_linear_time(text: str) -> None:
    begin = time.process_time()
    named_literals(text, bare=True)
    assert time.process_time() - begin < 60


def test_literals_have_names_and_places() -> None:
    text = (
        'my_api_key: str | None = "abcdefgh12345"\n'
        "os.getenv('DB_PASSWORD', 'abcdefgh12346')\n"
        "TOKEN: abcdefgh12347 # x\n"
    )
    found = named_literals(text, bare=True)
    assert [(each.name, each.value) for each in found] == [
        ("my_api_key", "abcdefgh12345"),
        ("DB_PASSWORD", "abcdefgh12346"),
        ("TOKEN", "abcdefgh12347"),
    ]
    assert all(text[each.span.start : each.span.end] == each.value for each in found)
    assert len(named_literals(text)) == 2


@pytest.mark.parametrize(
    ("patterns", "ignored", "kept"),
    [
        ("*.log", ["a.log", "b/c.log"], ["log", "a.log.txt"]),
        ("/a", ["a", "a/b"], ["b/a"]),
        ("build/", ["build/x", "a/build/x"], ["build"]),
        ("a/b", ["a/b", "a/b/c"], ["x/a/b"]),
        ("**/b/*.py", ["b/a.py", "x/y/b/a.py"], ["b/x/a.py"]),
        ("a/**/z", ["a/z", "a/x/y/z"], ["z", "b/a/z"]),
        ("*\n!keep", ["x", "y/z"], ["keep"]),
        ("d/\n!d/x", ["d/x"], []),
        ("# c\n\n\\#a\nb \n.env.*\n!.env.example", ["#a", "b", ".env.local"], ["c", ".env", ".env.example"]),
        ("?.py[co]", ["a.pyc"], ["ab.pyc", "a.pyd"]),
        ("a*" * 40 + "b", [], ["a" * 200]),
    ],
)
def test_gitignore(patterns: str, ignored: list[str], kept: list[str]) -> None:
    ignores = Ignores(make("space", {".gitignore": patterns}))
    assert [path for path in ignored if path not in ignores] == []
    assert [path for path in kept if path in ignores] == []


def test_gitignore_of_a_folder_stands_over_the_outer_one() -> None:
    ignores = Ignores(make("space", {".gitignore": "*.txt\n", "a/.gitignore": "!x.txt\n/y\n"}))
    assert [path in ignores for path in ("x.txt", "a/x.txt", "a/z.txt", "a/y", "y")] == [True, False, True, True, False]


def test_which_files_are_texts() -> None:
    names = (
        "a.py",
        "Dockerfile",
        "a.safetensors",
        "a.PNG",
        "venv/a.py",
        "x/node_modules/a.js",
        "tokenizer.json",
        "a.ipynb",
    )
    repository = make(
        "model", {"b.md": ""}, {**dict.fromkeys(names, 10), "big.csv": 20_000_000, "big.ipynb": 20_000_000}
    )
    assert list(text_paths(repository)) == ["Dockerfile", "a.ipynb", "a.py", "b.md", "big.ipynb"]
