"""Credentials that their place or the name near them gives away, and what only stands in such a place."""

from __future__ import annotations

import base64
import time

import pytest

from hublint.documents.source import Source, Span
from hublint.engine.masking import Mask
from hublint.secrets.assignments import is_secret_name, looks_like_credential, proves_issuer
from hublint.secrets.detector import find_tokens
from hublint.secrets.hints import may_hold_secret
from hublint.secrets.literals import named_literals
from hublint.secrets.places import Places
from hublint.secrets.scan import scan
from hublint.secrets.shapes import covered
from repositories import findings, make
from tokens import DIGITS, HEX, LOWER, MAKERS, MARKS, STANDARD, URLSAFE, WORD, Maker

AZURE = base64.b64encode(Maker("azure").randbytes(64)).decode()
PASSWORD = Maker("a password").of(WORD, 14)
GROUPS = MARKS["[4 groups of 4 letters]"]


def _kinds(text: str) -> list[str]:
    return [secret.kind.id for secret in find_tokens(text)]


def _literals(path: str, text: str) -> list[tuple[str, str]]:
    source = Source(path, text.encode())
    found = scan(source).literals
    assert may_hold_secret(source) or not found
    return [(literal.name, literal.value) for literal in found]


@pytest.mark.parametrize(
    "text",
    [
        f'AZURE_STORAGE_ACCOUNT_KEY = "{AZURE}"',
        f"account_key: '{AZURE}'",
        f'{{"accountKey": "{AZURE}"}}',
        f"DefaultEndpointsProtocol=https;AccountName=a;AccountKey={AZURE};EndpointSuffix=core.windows.net",
        f'public static final String DEFAULT_ACCOUNT_KEY\n            = "{AZURE}";',
        f'static const std::string AccountKey{{\n    "{AZURE}"}};',
        f"<StorageAccountKey>{AZURE}</StorageAccountKey>",
        f'{{ "SecondaryAccountKey", "{AZURE}" }},',
        f'COSMOS_KEY = "{AZURE}"',
        f'blob = connect("{AZURE[:76]}+ASt{AZURE[80:]}")',
    ],
)
def test_azure_account_keys(text: str) -> None:
    assert _kinds(text) == ["azure-storage"]
    assert may_hold_secret(Source("notes.txt", text.encode()))
    assert AZURE[20:60] not in covered(text)


@pytest.mark.parametrize(
    "text",
    [
        f'"integrity": "sha512-{AZURE}",',
        f'signature = "{AZURE}"',
        f"sha512:{AZURE}",
        f'public_key_token = "{AZURE}"',
        'account_key = "' + "A" * 86 + '=="',
        'AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6'
        + "IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw"
        + '=="',
        "AccountEndpoint=https://localhost:8081/;AccountKey=C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4"
        + "b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw"
        + "==;",
    ],
)
def test_what_looks_like_an_azure_account_key(text: str) -> None:
    assert _kinds(text) == []


def test_published_samples() -> None:
    assert _kinds("110201543" + ":AAHdqTcvCH1vGWJxfSeof" + "SAs0K5PALDsaw") == []
    assert _kinds('"AIza' + "SyAnLA7NfeLquW1tJFpx_" + 'eQCxoX-oo6YyIs"') == []
    demo = Maker(1).jwt({"iss": "supabase-demo", "role": "service_role", "exp": 1983812996})
    assert _kinds(demo) == []


@pytest.mark.parametrize("word", ["abc", "foo", "BAR", "baz", "xyz", "key"])
def test_short_words_turn_up_in_random_tokens(word: str) -> None:
    maker = Maker(word)
    body = f"{maker.of(HEX, 20)}1{word}2{maker.of(HEX, 40)}"
    if word == "abc":
        assert _kinds(f"sk-or-v1-{body[:64].ljust(64, '7')}") == ["openrouter"]
    groq = f"gsk_{maker.of(WORD, 20)}1{word}2{maker.of(WORD, 27)}"
    assert _kinds(groq) == ["groq"]
    assert not looks_like_credential(f"my-{word}-1234-value-for-tests")


def test_a_masked_token_is_none() -> None:
    maker = Maker("masked")
    ids = "-".join(maker.of(DIGITS, 12) for _ in range(3))
    for mask in ("####################", "********", "...", "\u2022" * 8, "xxxxxxxx"):
        assert _kinds(f'"xoxp-{ids}-{mask}"') == []
    assert _kinds(f'"xoxp-{ids}-{maker.of(HEX, 32)}"') == ["slack"]
    assert _kinds(f"The token is {MAKERS['groq'](maker)}...") == ["groq"]
    assert not looks_like_credential("xoxp-1234-1234-1234-" + maker.of(HEX, 32))


@pytest.mark.parametrize(
    "text",
    [
        f'EMAIL_PASSWORD = "{GROUPS}"',
        f"SMTP_USER=me@gmail.com\nSMTP_PASS='{GROUPS}'",
        f'server.login("me@gmail.com", "{GROUPS}")',
        f'sender = "a@gmail.com"\npassword = "{GROUPS}"',
        f"mail:\n  password: {GROUPS}\n",
        f"GMAIL_APP_PASSWORD={GROUPS}",
        f'GMAIL_APP_PASSWORD = "{GROUPS.replace(" ", "")}"',
    ],
)
def test_app_passwords_of_gmail(text: str) -> None:
    assert _kinds(text) == ["gmail"]
    assert may_hold_secret(Source("notes.txt", text.encode()))
    assert "xkrh" not in covered(text)


@pytest.mark.parametrize(
    "text",
    [
        'EMAIL_PASSWORD = "abcd efgh ijkl mnop"',
        'EMAIL_PASSWORD = "xxxx xxxx xxxx xxxx"',
        'EMAIL_PASSWORD = "your pass word here"',
        'EMAIL_PASSWORD = "aaaa bbbb cccc dddd"',
        'mail_text = "this mail will come"',
        "send mail: they said that this must work",
        f'words = "{GROUPS}"',
        f"a mail about {GROUPS} and so on",
        'SMTP_PASSWORD = "correcthorsestap"',
        'EMAIL_PASSWORD = "yourapppassword1"',
    ],
)
def test_what_looks_like_an_app_password(text: str) -> None:
    assert _kinds(text) == []


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        ("app.py", f'demo.launch(auth=("admin", "{PASSWORD}"))', "auth"),
        ("app.py", 'demo.launch(share=True, auth = ("admin","Blue$ky-99"))', "auth"),
        ("app.py", f'demo.launch(auth=[("a", "letmein"), ("b", "{PASSWORD}")])', "auth"),
        ("app.py", f'requests.post(url, auth=("api", "{PASSWORD}"))', "auth"),
        ("run.sh", f"curl -u jane:{PASSWORD} https://api.acme.io/x", "curl -u"),
        ("run.sh", f"curl -X POST \\\n  --user 'jane:{PASSWORD}' https://api.acme.io/x", "curl -u"),
        (
            "a.py",
            f'c = "Server=tcp:a.database.windows.net;User ID=b;Password={PASSWORD};Encrypt=True"',
            "Password",
        ),
        ("a.py", f'c = "host=db.acme.io user=b password={PASSWORD} dbname=c"', "Password"),
        (
            "config.json",
            f'{{"auths": {{"ghcr.io": {{"auth": "{base64.b64encode(f"me:{PASSWORD}".encode()).decode()}"}}}}}}',
            "auth",
        ),
        ("main.go", f'apiToken := "{PASSWORD}Z8"', "apiToken"),
        ("main.go", f'var apiToken string = "{PASSWORD}Z8"', "apiToken"),
        ("main.go", f"const api_key = `{PASSWORD}Z8`", "api_key"),
        ("Makefile", f"API_TOKEN := {PASSWORD}Z8", "API_TOKEN"),
        ("Makefile", f"API_TOKEN ?= {PASSWORD}Z8", "API_TOKEN"),
        ("rules.mk", f"API_TOKEN ::= {PASSWORD}Z8", "API_TOKEN"),
        ("run.sh", f'export T="${{API_TOKEN:={PASSWORD}Z8}}"', "API_TOKEN"),
        ("compose.yaml", f"DB_PASSWORD: ${{DB_PASSWORD:-{PASSWORD}Z8}}", "DB_PASSWORD"),
        (".env.example", f"DB_PASSWORD=npg_{PASSWORD}", "DB_PASSWORD"),
        ("a.php", f'$apiToken .= "{PASSWORD}Z8"', "apiToken"),
    ],
)
def test_passwords_known_by_their_place(path: str, text: str, name: str) -> None:
    (literal,) = _literals(path, text)
    assert literal[0] == name
    repository = make("space", {path: text})
    repository.source(path)
    assert literal[1] not in Mask(repository)(text)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("app.py", 'demo.launch(auth=("admin", "admin123"))'),
        ("app.py", 'demo.launch(auth=("user", "your-password"))'),
        ("app.py", 'demo.launch(auth=(os.environ["USER"], os.environ["PASS"]))'),
        ("app.py", 'demo.launch(auth=("admin", "$PASSWORD"))'),
        ("app.py", "demo.launch(auth=check)"),
        ("README.md", f'demo.launch(auth=("admin", "{PASSWORD}"))'),
        ("run.sh", f"curl -u jane:{PASSWORD} http://localhost:9200"),
        ("run.sh", 'curl -u "$USER:$PASSWORD" https://api.acme.io'),
        ("run.sh", "curl -u user:password https://api.acme.io"),
        ("a.py", f'c = "Server=localhost;Password={PASSWORD};"'),
        ("a.py", 'c = f"Server=db.acme.io;Password={password};"'),
        ("a.py", f'c = "Server=(localdb)\\\\x;Password={PASSWORD};"'),
        ("run.sh", "docker run -e Password=Your_password123 x"),
        ("config.json", '{"auth": "bm90aGluZzpzZWNyZXQtaGVyZS1hdC1hbGw="}'),
        ("main.go", 'apiToken := "os-getenv-token"'),
        ("index.html", f'<input name="authenticity_token" value="{PASSWORD}Z8">'),
        ("app.py", f'token, value = "{PASSWORD}Z8"'),
        ("run.sh", "T=${API_TOKEN:-default-token-12}"),
        ("app.py", 'secret = "4f2a9c.invoiceocean.com"'),
        ("app.py", 'api_secret = "db-7f3a.internal.acme-1.fr:5432"'),
    ],
)
def test_no_password_in_the_same_places(path: str, text: str) -> None:
    assert _literals(path, text) == []


def test_more_names_ask_for_credentials() -> None:
    names = "OPENAI_KEY HF_KEY GEMINI_KEY JWT_KEY SESSION_KEY credentials passwords openAIKey API_KEYS db_credentials"
    assert [name for name in names.split() if not is_secret_name(name)] == []
    others = "sort_key cache_key primary_key foreign_key key keys public_key tokens max_tokens authenticity_token"
    assert [name for name in others.split() if is_secret_name(name)] == []


def test_base_32_is_random_enough() -> None:
    maker = Maker("base 32")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    for size in (24, 32, 52):
        found = sum(looks_like_credential(maker.of(alphabet, size)) for _ in range(300))
        assert found >= 275, f"{found} of 300 with {size} characters"
    for words in ("MYCOMPANYSECRETVALUE2024FORALL", "THEQUICKBROWNFOX2JUMPSOVER", "administratoraccount1forme"):
        assert not looks_like_credential(words)


def test_a_prefix_proves_the_issuer() -> None:
    maker = Maker("prefix")
    for value in ("hf_" + maker.of(WORD, 40), "sk-" + maker.of(WORD, 48), "AIza" + maker.of(URLSAFE, 36)):
        assert looks_like_credential(value) and proves_issuer(value)
    for value in ("sk-1234567890abcdef", "sk-" + maker.of(WORD, 12), maker.of(WORD, 40), "hf_" + "x" * 40):
        assert not proves_issuer(value)


def test_places() -> None:
    places = Places([Span(10, 20), Span(30, 35), Span(12, 14), Span(34, 40), Span(50, 50)])
    meeting = [at for at in range(60) if places.meet(Span(at, at + 1))]
    assert meeting == [*range(10, 20), *range(30, 40)]
    assert places.meet(Span(0, 60)) and not places.meet(Span(20, 30)) and not Places([]).meet(Span(0, 9))


LARGE = {
    "equal signs": "==" * 400_000,
    "keys": f'account_key = "{AZURE}"\n' * 8_000,
    "integrity": f"sha512-{AZURE}\n" * 9_000,
    "groups": "mail = " + "abcd " * 180_000,
    "pairs": "auth=(" * 150_000,
    "logins": "auth=[" + '("a", "letmein"), ' * 50_000,
    "curl": "curl -" * 150_000,
    "curl lines": "curl \\\n" * 120_000,
    "passwords": "password=abcdefgh1;" * 45_000,
    "connections": "server=a;password=abcdefgh1;" * 30_000,
    "types": "token " * 150_000,
    "operators": "token ::::" * 90_000,
    "braces": "${token:=" * 100_000,
    "entra": "aB3~8Q~" * 130_000,
}


@pytest.mark.parametrize("name", LARGE)
def test_a_megabyte_takes_linear_time(name: str) -> None:
    def seconds(size: int) -> float:
        source = Source("a.py", LARGE[name][:size].encode())
        begin = time.process_time()
        scan(source)
        may_hold_secret(source)
        return time.process_time() - begin

    assert seconds(900_000) < 30


def test_many_lines_of_an_environment_file_take_linear_time() -> None:
    maker = Maker("lines")
    lines = [f"A{number}_PASSWORD={maker.of(LOWER, 12)}{number}" for number in range(8000)]
    begin = time.process_time()
    found = scan(Source(".env", "\n".join(lines).encode()))
    assert len(found.env) > 7000 and time.process_time() - begin < 20


def test_a_literal_has_the_value_of_a_go_type() -> None:
    (literal,) = named_literals(f'var apiToken string = "{PASSWORD}"')
    assert literal.name == "apiToken" and literal.value == PASSWORD
    assert named_literals(f'the token is {STANDARD[0]} = "{PASSWORD}"') == []


def test_equal_files_are_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from hublint.secrets import scan as module

    searched = []
    real = module.find_tokens
    monkeypatch.setattr(module, "find_tokens", lambda text: searched.append(text) or real(text))  # type: ignore[func-returns-value]
    text = f'const a = "{MAKERS["groq"](Maker("bundle"))}";'
    repository = make("space", {f"d{number}/bundle.js": text for number in range(10)} | {"other.js": text + " "})
    found = findings(repository, "SE002")
    assert len(found) == 11
    assert len(searched) == 2


@pytest.mark.parametrize("last", ["", "import os\n"])
def test_edits_of_many_secrets_take_linear_time(last: str) -> None:
    maker = Maker("many")
    lines = [f'K{number}_API_KEY = "{MAKERS["groq"](maker)}"\n' for number in range(1500)]
    begin = time.process_time()
    found = findings(make("space", {"app.py": "x = 1\n" + "".join(lines) + last}), "SE002")
    assert len(found) > 1400 and all(each.fix for each in found)
    assert time.process_time() - begin < 20


def test_a_general_name_takes_the_dicts_name() -> None:
    from hublint_rules.secrets._found import named_variable

    assert named_variable("password", "DB_CONFIG") == "DB_PASSWORD"
    assert named_variable("password", "connect()") == "DB_PASSWORD"
    assert named_variable("password", "smtpSettings") == "SMTP_PASSWORD"
    assert named_variable("api_key", "OpenAI()") == "API_KEY"
    assert named_variable("password", "config") == "PASSWORD"
    assert named_variable("dbPassword", "settings") == "DB_PASSWORD"
    assert named_variable("secret_key", "DB_CONFIG") == "SECRET_KEY"
