"""Detection of credentials."""

from __future__ import annotations

import base64
import json
import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hublint.secrets import named_tokens
from hublint.secrets.assignments import is_secret_name, looks_like_credential
from hublint.secrets.detector import find_tokens
from hublint.secrets.dummies import is_dummy
from hublint.secrets.env_files import env_values, is_env_file
from hublint.secrets.private_keys import private_keys
from hublint.secrets.redaction import redact
from hublint.secrets.tokens import HUB_TOKENS, KINDS
from hublint.secrets.urls import urls_with_credentials
from repositories import findings, make
from tokens import HEX, LETTERS, LOWER, MAKERS, NAMED, STANDARD, URLSAFE, WORD, Maker

# Base 64 has no boundary of its own: it is found behind the word of a connection string.
BEFORE = {"azure-storage": "AccountName=store;AccountKey="}


def _kinds(text: str) -> list[str]:
    return [secret.kind.id for secret in find_tokens(text)]


def test_every_kind_has_a_maker() -> None:
    assert {kind.id for kind in KINDS} == set(MAKERS)
    assert len(KINDS) == len(MAKERS) >= 60
    assert {kind.id for kind in HUB_TOKENS} == {"hf-user", "hf-organization", "hf-oauth", "hf-trusted-publisher"}
    assert {named.kind.id for named in named_tokens._table()} == set(NAMED)
    assert all(kind.revoke and kind.name and kind.provider for kind in KINDS)


@pytest.mark.parametrize("id", MAKERS)
def test_token_is_found_in_every_surrounding(id: str) -> None:
    maker = Maker(id)
    before = BEFORE.get(id, "")
    missed = 0
    for around in (
        'key = "{}"',
        "{}",
        "KEY={}\n",
        "`{}`,",
        "https://host/?k={}&b=1",
        "(令牌：{}）",
        '"a\\n{}\\n"',
        "- {}  # x",
    ):
        if id == "teams-webhook":
            around = around.replace("{}", "https://team.{}")
        for _ in range(8):
            token = MAKERS[id](maker)
            text = around.format(before + token)
            found = find_tokens(text)
            if not found:
                missed += 1
                continue
            assert [(secret.kind.id, secret.value) for secret in found] == [(id, token)]
            assert text[found[0].span.start : found[0].span.end] == token
    assert missed <= 2, f"{missed} of 64 missed"  # a random string may spell a word or lack variety


@pytest.mark.parametrize("id", MAKERS)
def test_near_misses_are_silent(id: str) -> None:
    maker = Maker(id)
    for _ in range(5):
        token = MAKERS[id](maker)
        before = BEFORE.get(id, "")
        for wrong in (token[: len(token) // 4], token[:4] + "…", token[:6] + "x" * (len(token) - 6)):
            assert id not in _kinds(f'"{before}{wrong}"'), wrong
        # A letter in front makes it the tail of another word, an open end makes it another string.
        if id not in BEFORE and "." not in token[:24] and id != "azure-ad":
            assert id not in _kinds(f'"a{token}"') and id not in _kinds(f'"-{token}"')
        if id in {"hf-user", "groq", "openrouter", "databricks", "github", "google-api", "elevenlabs"}:
            assert id not in _kinds(f'"{token}Z"')


@pytest.mark.parametrize("id", NAMED)
def test_named_token_needs_its_name(id: str) -> None:
    maker = Maker(id)
    name, make = NAMED[id]
    found = 0
    for _ in range(20):
        token = make(maker)
        forms = (
            f'{name} = "{token}"',
            f"export {name}={token}",
            f'os.environ["{name}"] = "{token}"',
            f'"{name}": "{token}"',
        )
        found += all(_kinds(form) == [id] for form in forms)
        for other in (
            f'"{token}"',
            f'revision = "{token}"',
            f"commit {token}",
            f"sha256:{token}",
            f'{name}_HASH = "{token}"',
        ):
            assert _kinds(other) == [], other
    assert found >= 18


def test_wandb_login_call() -> None:
    token = Maker(1).of(HEX, 40)
    assert _kinds(f'wandb.login(key="{token}")') == ["wandb-legacy"]
    assert _kinds(f"wandb login {token}") == ["wandb-legacy"]


def test_aws_secret_needs_its_id_or_name() -> None:
    maker = Maker(2)
    found = 0
    for _ in range(50):
        id = "AKIA" + maker.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)
        secret = maker.of(STANDARD, 40)
        pair = f'aws_access_key_id = "{id}"\naws_key = "{secret}"'
        named = f"AWS_SECRET_ACCESS_KEY={secret}\n"
        found += _kinds(pair) == ["aws"] and [each.value for each in find_tokens(named)] == [secret]
        assert _kinds(f'"{secret}"') == [] and _kinds(id) == []
    assert found >= 48
    assert _kinds("AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY") == []
    sha = Maker(3).of(HEX, 40)
    assert _kinds(f"AKIA{Maker(4).of('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 16)} {sha}") == []


def test_checksum_tells_made_up_tokens() -> None:
    maker = Maker(5)
    assert all(_kinds("ghp_" + maker.of(WORD, 36)) == [] for _ in range(50))
    assert all(_kinds("npm_" + maker.of(WORD, 36)) == [] for _ in range(50))


def test_public_keys_are_no_secrets() -> None:
    maker = Maker(6)
    key = MAKERS["google-api"](maker)
    assert _kinds(f'genai.configure(api_key="{key}")') == ["google-api"]
    assert _kinds(f'{{apiKey: "{key}", authDomain: "a.firebaseapp.com"}}') == []
    assert _kinds(maker.jwt({"iss": "supabase", "ref": "abc", "role": "anon"})) == []


def test_tokens_that_their_owners_published_are_no_secrets() -> None:
    sample = "ghp_" + "zQWBuTSOoRi4A9sp" + "HcVY5ncnsDkxkJ" + "0mLq17"  # GitHub's own
    sandbox = "hf_" + "94wBhPGp6KrrTH3KD" + "chhKpRxZwd6dmHWLL"  # transformers/testing_utils.py
    assert _kinds(sample) == [] and not looks_like_credential(sample)
    assert not looks_like_credential(sandbox)


@pytest.mark.parametrize(
    "value",
    [
        "hf_...", "hf_" + "x" * 34, "hf_YOUR_TOKEN_HERE", "hf_" + "a" * 34, "hf_" + string.ascii_lowercase + "ABCDEFGH",
        "hf_" + "Abc" * 11 + "A", "hf_" + "aB" * 17, "sk-1234567890abcdef", "sk-proj-your-key-here", "<token>",
        "${HF_TOKEN}",
        "{{ secrets.HF_TOKEN }}", "hf_****", "sk-ant-api03-" + "0" * 95, "gsk_" + "1234567890" * 5 + "12",
        "AIza" + "SyExampleExampleExampleExampleExampl", "hf_EXAMPLEexampleEXAMPLEexampleEXAMPLEex",
        "hf_" + "ABCDEF" * 6,
    ],
)  # fmt: skip
def test_placeholders(value: str) -> None:
    assert _kinds(f'token = "{value}"') == []
    assert is_dummy(value.removeprefix("hf_"))


TRAPS = {
    "a path with sk-": "https://hub.example.ir/datasets/task-7-named-entity-recognition-ner-for-farsi-and-more/",
    "language codes": "af-als-am-" + "-sk-eo-ta-sh-lt-ro-sl-sq-sr-sv" * 10,
    "byte-level tokens": "ĠnÃ½ju Ġsk-Ġhf_ ĠÃ©tÃ© " * 20,
    "a git sha": "commit " + "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "an LFS pointer": "oid sha256:" + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" + "\nsize 0\n",
    "yarn.lock": '  resolved "https://registry.yarnpkg.com/a/-/a-1.0.0.tgz#da39a3ee5e6b4b0d3255bfef95601890afd80709"\n',
    "identifiers": "hf_model_config_with_a_very_long_name_ok sk_learn_model_selection_cross_validation "
    "pa-rams-and-other-things-long",
    "a case of words": "hf_TransformersForSequenceClassification 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 "
    "re_compile_this_pattern",
    "a uuid": "id: 123e4567-e89b-42d3-a456-426614174000",
    "key words": "key-value-store-and-other-things-1234 fc-layers-and-dense-layers-with-dropout "
    "dapi-service-something-long",
}


@pytest.mark.parametrize("name", TRAPS)
def test_traps_stay_silent(name: str) -> None:
    assert _kinds(TRAPS[name]) == []


def test_random_data_stays_silent() -> None:
    maker = Maker(7)
    image = base64.b64encode(maker.randbytes(400_000)).decode()
    assert _kinds(f'<img src="data:image/png;base64,{image}">') == []
    lines = "\n".join(base64.b64encode(maker.randbytes(57)).decode() for _ in range(5000))
    assert _kinds(lines) == []
    lock = "\n".join(f'"integrity": "sha512-{base64.b64encode(maker.randbytes(64)).decode()}",' for _ in range(3000))
    assert _kinds(lock) == []
    hashes = "\n".join(f"    --hash=sha256:{maker.of(HEX, 64)} \\" for _ in range(3000))
    assert _kinds(hashes) == []
    vocabulary = json.dumps({maker.of(WORD + "_-", maker.randrange(2, 45)): index for index in range(20_000)})
    assert _kinds(vocabulary) == []
    minified = "".join(
        f"var {maker.of(LETTERS, 2)}=function({maker.of(LETTERS, 1)}){{return {maker.of(WORD, 30)}}};"
        for _ in range(3000)
    )
    assert _kinds(minified) == []


HUGE = {
    "letters": "a" * 1_000_000,
    "heads": "hf_" * 333_333,
    "anthropic heads": " sk-ant-api03-" * 70_000,
    "jwt heads": " hf_oauth_eyJ" * 80_000,
    "jwt parts": " hf_oauth_eyJ" + ("a" * 20 + ".") * 45_000,
    "key ids": " AKIAQ7ZXCVB2NMWERT3P" * 47_000,
    "schemes": "://" * 333_333,
    "userinfo": "http://u:" * 111_111,
    "long userinfo": ("http://" + "a" * 120 + ":" + "b" * 250) * 2_600,
    "marks": "-----BEGIN RSA PRIVATE KEY-----\n" * 31_000,
    "begin": "-----BEGIN " * 90_000,
    "segments": ("." + "A" * 20) * 47_000,
    "slashes": ("/" + "aB3" * 8) * 40_000,
    "entra marks": "Q~" * 500_000,
    "names": 'wandb_api_key = "' * 58_000,
    "colons": "1234567890:" * 90_000,
    "escapes": "\\n" * 500_000,
    "dots": "ghs_" + "a." * 500_000,
    "lines": "A=\n" * 333_333,
    "quotes": 'A="' * 333_333,
}


@pytest.mark.parametrize("name", HUGE)
def test_a_megabyte_does_not_hang(name: str) -> None:
    text = HUGE[name]

    def seconds(part: str) -> float:
        begin = time.process_time()
        find_tokens(part)
        private_keys(part)
        urls_with_credentials(part)
        env_values(part)
        return time.process_time() - begin

    assert seconds(text) < 60


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_redaction_shows_at_most_six_characters(value: str) -> None:
    shown = redact(value)
    head, dots, tail = shown.partition("...")
    assert dots == "..."
    if value.count(".") == 0:
        assert len(head) <= 4 and len(tail) <= 2 and len(head + tail) * 3 <= len(value)
        assert value.startswith(head) and value.endswith(tail)


def test_redaction_of_a_token() -> None:
    assert redact("hf_AbcDefGhiJklMnoPqrStuVwx") == "hf_A...wx"
    assert redact("hunter2") == "..."
    assert redact("") == "..."


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_detectors(text: str) -> None:
    for secret in find_tokens(text):
        assert text[secret.span.start : secret.span.end] == secret.value
    private_keys(text)
    urls_with_credentials(text)
    env_values(text)
    is_env_file(text)
    is_secret_name(text)
    looks_like_credential(text)


def test_offsets_survive_odd_characters() -> None:
    token = MAKERS["hf-user"](Maker(8))
    text = f"😀é\udc80\ud800 {token} 😀"
    (secret,) = find_tokens(text)
    assert text[secret.span.start : secret.span.end] == token


def _pem(label: str, body: str, joint: str = "\n") -> str:
    lines = [
        f"-----BEGIN {label}-----",
        *(body[at : at + 64] for at in range(0, len(body), 64)),
        f"-----END {label}-----",
    ]
    return joint.join(lines)


def _der(maker: Maker, size: int) -> str:
    return base64.b64encode(b"\x30\x82\x04" + maker.randbytes(size)).decode()


def test_private_keys() -> None:
    maker = Maker(9)
    rsa, small = _der(maker, 1190), base64.b64encode(b"\x30\x2e\x02\x01\x00" + maker.randbytes(43)).decode()
    openssh = base64.b64encode(b"openssh-key-v1\0" + maker.randbytes(300)).decode()
    for text in (
        _pem("RSA PRIVATE KEY", rsa),
        _pem("PRIVATE KEY", small),
        _pem("ENCRYPTED PRIVATE KEY", rsa),
        _pem("OPENSSH PRIVATE KEY", openssh),
        _pem("RSA PRIVATE KEY", rsa, "\r\n"),
        '{"private_key": "' + _pem("PRIVATE KEY", rsa, "\\n") + '\\n"}',
        'KEY = (\n    "' + _pem("EC PRIVATE KEY", rsa, '\\n"\n    "') + '"\n)',
        '["' + _pem("PRIVATE KEY", rsa, '\\n",\n   "') + '"]',
        _pem("RSA PRIVATE KEY", "").replace(
            "\n", "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,AB12\n\n" + rsa + "\n", 1
        ),
        _pem("PGP PRIVATE KEY BLOCK", "").replace("\n", "\nVersion: GnuPG v2\n\n" + rsa + "\n=aB3d\n", 1),
    ):
        (key,) = private_keys("x\n" + text + "\ny")
        found = ("x\n" + text + "\ny")[key.span.start : key.span.end]
        assert found.startswith("-----BEGIN ") and found.endswith(f"-----END {key.label}-----")
    for text in (
        "the header is `-----BEGIN PRIVATE KEY-----` and so on",
        'if "-----BEGIN RSA PRIVATE KEY-----" in text: pass\nmore\n"-----END RSA PRIVATE KEY-----"',
        _pem("RSA PRIVATE KEY", "MIIEpAIBAAKCAQEA..."),
        _pem("PRIVATE KEY", "YOUR_PRIVATE_KEY_HERE"),
        _pem("PRIVATE KEY", "x" * 128),
        _pem("PRIVATE KEY", "MIIE" + "A" * 200),
        _pem("PUBLIC KEY", rsa),
        _pem("CERTIFICATE", rsa),
        "-----BEGIN PRIVATE KEY-----\n" + rsa,
    ):
        assert private_keys(text) == [], text


def test_urls_with_credentials() -> None:
    maker = Maker(10)
    password = maker.of(WORD, 16)
    for url in (
        f"postgresql://app:{password}@db.acme-data.io:5432/app",
        f"mongodb+srv://jane:{password}@cluster0.ab1cd.mongodb.net/x",
        f"redis://:{password}@redis-1.c1.eu-west-1-2.ec2.cloud.redislabs.com:1234",
        f"DATABASE_URL='https://jane:{password}@git.acme-data.io/a.git'",
    ):
        (credential,) = urls_with_credentials(f"x {url} y")
        assert credential.password == password
        assert f"x {url} y"[credential.span.start : credential.span.end] == password
    for url in (
        "postgres://postgres:postgres@localhost:5432/db", "postgres://app:pass@db.acme.io/x",
        "https://user:password@acme.io",
        "https://username:password123@acme.io/", "postgres://u:${PASSWORD}@db.acme.io/x",
        "postgres://u:{password}@db.acme.io/x",
        "postgres://u:<password>@db.acme.io/x", "postgres://u:%s@db.acme.io/x", f"postgres://u:{password}@localhost/x",
        f"postgres://u:{password}@db:5432/x", f"postgres://u:{password}@127.0.0.1/x",
        f"https://u:{password}@example.com/x",
        "https://user:your-password@acme.io", "mongodb://admin:admin@mongo.acme.io", "amqp://guest:guest@mq.acme.io",
        "https://a.b/c:d@e.f",
        "https://medium.com/@someone/a:b", f"postgres://u:{password}@{{host}}/x",
        f"postgres://u:{password}@${{HOST}}/x",
        "https://user:p4ssw0rd@acme.io", "https://user:S3cret123!@acme.io", "http://user:xxxxxxxx@acme.io",
        "npm://@scope:x@1.2.3",
    ):  # fmt: skip
        assert urls_with_credentials(f'x "{url}" y') == [], url
    token = MAKERS["hf-user"](maker)
    url = f"https://jane:{token}@huggingface.co/a/b"
    assert urls_with_credentials(url) == [] and _kinds(url) == ["hf-user"]


@pytest.mark.parametrize(
    "name",
    "api_key OPENAI_API_KEY token hf_token HF_TOKEN secret password DB_PASSWORD passwd access_key "
    "aws_secret_access_key "
    "client_secret dbPassword accessToken apiKey apikey SECRET_KEY openai_api_key_2 use_auth_token bot_token "
    "private_key "
    "HFToken smtp_pass API_KEY_PROD session_token user.password x-api-key".split(),
)
def test_secret_names(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    "max_tokens maxTokens tokenizer tokenizer_name pad_token eos_token unk_token token_id secret_name num_tokens key "
    "public_key primary_key csrf_token csrf_secret token_type hf_token_env tokens password_hash api_key_name keyboard "
    "monkey "
    "next_page_token stop_token image_token token_url sort_key foreign_key cache_key author compass keys "
    "secrets_path".split(),
)
def test_other_names(name: str) -> None:
    assert not is_secret_name(name)


def test_credentials_by_their_look() -> None:
    maker = Maker(11)
    for alphabet, length, least in ((HEX, 32, 99), (WORD, 24, 97), (WORD, 40, 99), (LOWER, 32, 90), (URLSAFE, 43, 98)):
        assert sum(looks_like_credential(maker.of(alphabet, length)) for _ in range(100)) >= least
    for value in ("sk-1234567890abcdef", "hf_" + maker.of(WORD, 34), MAKERS["stripe"](maker)):
        assert looks_like_credential(value), value


@pytest.mark.parametrize(
    "value",
    [
        "", "secret", "changeme", "your-api-key-here", "YOUR_API_KEY", "hf_...", "hf_" + "x" * 34, "sk-" + "a" * 40,
        "sk-your-key-here",
        "sk-xxxxxxxxxxxxxxxx", "OPENAI_API_KEY", "secrets/openai-api-key.txt", "/run/secrets/HF_TOKEN",
        "https://api.example.com/v1/token",
        "123e4567-e89b-42d3-a456-426614174000", "{api_key}", "${HF_TOKEN}", "%(password)s", "<|endoftext|>",
        "<|reserved_special_token_0|>",
        "this is a sentence with words in it 123", "distilbert-base-uncased-finetuned-sst-2-english",
        "Enter your password",
        "meta-llama/Llama-3.1-8B-Instruct", "sentence-transformers/all-MiniLM-L6-v2", "password123456789",
        "AdminPassword123!",
        "0000000000000000000000000000000000000000", "2024-01-01T00:00:00", "application/json", "Authorization",
        "user@example.com",
        "huggingface_hub.utils.HfHubHTTPError", "sk-test-dummy-key-123456", "test-key-1234567890",
        "gsk_your_groq_api_key_1234",
        "projects/my-project/secrets/openai/versions/1", "my-super-secret-jwt-key-2024",
        "django-insecure-change-this-key-in-production",
    ],
)  # fmt: skip
def test_values_that_are_no_credentials(value: str) -> None:
    assert not looks_like_credential(value)


@pytest.mark.parametrize(
    "path",
    [".env", "app/.env", ".env.local", ".env.production", "prod.env", ".env.development.local", "config/dev.env"],
)
def test_env_files(path: str) -> None:
    assert is_env_file(path)


@pytest.mark.parametrize(
    "path",
    [".env.example", ".env.sample", ".env.template", ".env.dist", "example.env", "environment.yml", "env", "env.py",
    ".envrc", "a.env.md",
     ".env.local.example", "venv/x", ".environment", ".env-example", ""],
)  # fmt: skip
def test_no_env_files(path: str) -> None:
    assert not is_env_file(path)


def test_env_values() -> None:
    maker = Maker(12)
    token = MAKERS["hf-user"](maker)
    password = maker.of(WORD, 12)
    text = (
        f"# a comment\nPORT=7860\nexport HF_TOKEN={token}\r\nEMPTY=\nQUOTED_PASSWORD='{password}' # "
        f"note\nAPI_KEY=your-api-key\n"
        f'NAME="My '
        f'Space"\nREF=${{OTHER}}\nDB_PASSWORD=postgres\nDATABASE_URL=postgres://app:{password}@db.acme-data.io/x\n'
        "MODEL=meta-llama/Llama-3.1-8B\nAPI_KEY_FILE=/run/secrets/key\nSECRET_KEY=\n"
    )
    values = env_values(text)
    assert all(text[value.span.start : value.span.end] == value.value for value in values)
    assert [value.name for value in values if value.secret] == ["HF_TOKEN", "QUOTED_PASSWORD", "DATABASE_URL"]
    assert {"PORT", "NAME", "MODEL"} <= {value.name for value in values}
    assert not {"EMPTY", "API_KEY", "REF", "SECRET_KEY"} & {value.name for value in values}


def test_each_credential_of_a_docker_image_is_reported_once() -> None:
    maker = Maker(13)
    hub, groq, password, key = MAKERS["hf-user"](maker), MAKERS["groq"](maker), maker.of(WORD, 24), maker.of(HEX, 64)
    lines = [
        "FROM python:3.12",
        f"# {hub}",
        f"ENV HF_TOKEN={hub} API_KEY={key}",
        f"RUN pip install git+https://bot:{password}@git.acme-data.io/a.git",
        f'CMD ["app", "--key", "{groq}"]',
        "",
    ]
    readme = "---\nsdk: docker\n---\n"
    repository = make("space", {"README.md": readme, "Dockerfile": "\n".join(lines)})
    found = findings(repository, "DK009", "SE001", "SE002", "SE004", "SE005")
    assert sorted(finding.code for finding in found) == ["DK009", "DK009", "DK009", "SE002"]
    broken = make("space", {"README.md": readme, "Dockerfile": "\n".join([*lines, "NO SUCH INSTRUCTION"])})
    found = findings(broken, "DK009", "SE001", "SE002", "SE004", "SE005")
    assert sorted(finding.code for finding in found) == ["SE001", "SE002", "SE004", "SE005"]
