"""What hublint promises about what it is given: SECURITY.md."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hublint.cli.main import run
from hublint.cli.outputs import FORMATS
from hublint.reporters.door import complain, passed
from hublint.secrets.shapes import covered
from repositories import make
from tokens import MAKERS, MARKS, NAMED, Maker

README = "---\nsdk: gradio\ncolorFrom: teal\n---\n# Demo\n"
PLUGIN = (
    "from hublint.rule import Rule\n"
    'RULE = Rule("XX001", "a-rule", "error", "advice", "repository", since="1")\n'
    "def check(repository):\n"
    "    return ()\n"
)
EVERYTHING = bool(os.environ.get("HUBLINT_TEST_ALL"))


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "space").mkdir()
    (tmp_path / "space" / "README.md").write_text(README, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def hublint(*arguments: str, cwd: Path, **options: object) -> subprocess.CompletedProcess[str]:
    done: subprocess.CompletedProcess[str] = subprocess.run(  # type: ignore[call-overload]
        [sys.executable, "-m", "hublint", *arguments],
        cwd=cwd,
        timeout=60,
        check=False,
        **{"capture_output": True, "encoding": "utf-8", **options},
    )
    for stream in (done.stdout, done.stderr):
        assert not stream or ("Traceback" not in stream and "internal error" not in stream)
    return done


# Plugins


@pytest.mark.parametrize("file", ["hublint.toml", "space/.hublint.toml", "pyproject.toml", "space/base.toml"])
@pytest.mark.parametrize("command", ["check", "fix", "preflight"])
def test_plugins_of_what_is_linted_are_not_imported(space: Path, file: str, command: str) -> None:
    (space / "space" / "evil.py").write_text("open('PWNED', 'w').close()\n", "utf-8")
    head = "[tool.hublint]\n" if file == "pyproject.toml" else ""
    (space / file).write_text(f'{head}plugins = ["evil"]\n', "utf-8")
    if file.endswith("base.toml"):
        (space / "hublint.toml").write_text('extend = "space/base.toml"\n', "utf-8")
    done = hublint(command, "space", cwd=space, env={**os.environ, "PYTHONPATH": str(space / "space")})
    assert done.returncode == 2 and done.stdout == ""
    assert "--plugin" in done.stderr and f"{Path(file).name}: `plugins`" in done.stderr
    assert not list(space.rglob("PWNED"))
    if file.endswith("base.toml"):  # nor where the file that extends it was named
        assert run([command, "space", "--config", "hublint.toml"]) == 2


def test_plugins_of_the_command_line_of_config_and_of_the_user(
    space: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (space / "xx001_a_rule.py").write_text(PLUGIN, "utf-8")
    monkeypatch.syspath_prepend(str(space))
    chosen = ["check", "space", "--select", "XX001"]
    assert run(chosen) == 2
    assert run([*chosen, "--plugin", "xx001_a_rule"]) == 0
    assert run(["rule", "XX001", "--plugin", "xx001_a_rule"]) == 0
    (space / "given.toml").write_text('plugins = ["xx001_a_rule"]\n', "utf-8")
    assert run([*chosen, "--config", "given.toml"]) == 0
    own = tmp_path / "home" / "hublint" / "hublint.toml"
    own.parent.mkdir(parents=True)
    own.write_text('plugins = ["xx001_a_rule"]\n', "utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    assert run(chosen) == 0 and run([*chosen, "--isolated"]) == 2
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "person"))
    (tmp_path / "person").mkdir()
    (tmp_path / "home").rename(tmp_path / "person" / ".config")
    assert run(chosen) == 0


def test_the_users_own_file_holds_plugins_only(
    space: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = space / "home" / "hublint" / "hublint.toml"
    own.parent.mkdir(parents=True)
    own.write_text('ignore = ["SP"]\n', "utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(space / "home"))
    assert run(["check", "space"]) == 2
    assert "only `plugins` is read from this file, not `ignore`" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["", ".", ".x", "../x", "a..b", "a b", "a/b", "a\0b", "idlelib.", "no_such_module"])
def test_odd_names_of_plugins(space: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run(["check", "space", "--plugin", name]) == 2
    assert "is not the name of a module" in (said := capsys.readouterr().err) or "cannot be imported" in said


@pytest.mark.parametrize(
    "text",
    [
        "raise SystemExit(0)",
        "import sys; sys.exit('bye')",
        "raise BaseException('x')",
        "1 / 0",
        "raise type('Odd', (Exception,), {'__str__': lambda self: 'a\\n::error::b'})()",
        "syntax error",
        "RULE = 1\ndef check(): pass",
        "RULE = check = None",
    ],
)
def test_whatever_a_plugin_raises_is_a_sentence(space: Path, text: str) -> None:
    (space / "xx001_a_rule.py").write_text(text, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(space)}
    arguments = ("check", "space", "--plugin", "xx001_a_rule", "--extend-select", "XX001")
    done = hublint(*arguments, cwd=space, env=environment)
    assert done.returncode == 2
    assert done.stderr.startswith("hublint: ") and done.stderr.count("\n") == 1


def test_a_plugins_check_cannot_end_the_run(
    space: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (space / "xx002_an_end.py").write_text(
        PLUGIN.replace("XX001", "XX002").replace("a-rule", "an-end").replace("return ()", "raise SystemExit(0)"),
        "utf-8",
    )
    monkeypatch.syspath_prepend(str(space))
    assert run(["check", "space", "--plugin", "xx002_an_end"]) == 2
    streams = capsys.readouterr()
    assert "SP008" in streams.out and "rule XX002 failed" in streams.err


def test_a_package_with_files_beside_its_modules(space: Path) -> None:
    assert run(["check", "space", "--plugin", "idlelib"]) == 1


# Configuration


ODD = {
    "tool = 1 # hublint": "`tool` is a table, not 1",
    "tool = [] # hublint": "`tool` is a table, not a list",
    "[tool]\nhublint = 1": "`tool.hublint` is a table, not 1",
    "[[tool.hublint]]\nselect = []": "`tool.hublint` is a table, not a list",
    "[tool.hublint]\nextend = 'a\\u0000b'".replace("'", '"'): "`extend` is a path",
    "[tool.hublint]\nx = " + "[" * 3000: "nested too deep",
    "[tool.hublint]\nx = " + "{a=" * 3000: "nested too deep",
    "[tool.hublint]\nx = " + "1" * 5000: "too many digits",
    "[tool.hublint]\nseverity." + "a." * 5000 + "a = 1": "is one of",
    "[tool.hublint]\nselect = {" + "a." * 5000 + "a = 1}": "is a list of strings, not a table",
    "[tool.hublint]\nprofile = '" + "x" * 100_000 + "'": "`profile` is one of",
    "[tool.hublint]\n" + "x" * 100_000 + " = 1": "unknown key `xxx",
    "[tool.hublint]\nselect = ['" + "x" * 100_000 + "']": "no rule is called",
    "[tool.hublint]\n[tool.hublint.severity]\nSP008 = nan": "is one of",
    "[tool.hublint]\nselect = [1979-05-27]": "a list with datetime.date",
    "# hublint" + " " * 1_100_000: "larger than 1 MiB",
}


@pytest.mark.parametrize("text", ODD, ids=[text[:40] for text in ODD])
def test_odd_configurations_are_named(space: Path, text: str) -> None:
    (space / "pyproject.toml").write_text(text, "utf-8")
    for command in (("check", "space"), ("preflight", "space"), ("check", "--config", "pyproject.toml", "space")):
        done = hublint(*command, cwd=space)
        assert done.returncode == 2
        assert ODD[text] in done.stderr and "pyproject.toml: " in done.stderr
        assert done.stderr.count("\n") == 1 and len(done.stderr) < 2100


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
@pytest.mark.parametrize("target", ["pipe", "link", "/dev/zero", "folder", "missing"])
def test_a_configuration_is_a_regular_file(space: Path, target: str) -> None:
    os.mkfifo(space / "pipe")
    (space / "link").symlink_to("/dev/zero")
    (space / "folder").mkdir()
    (space / "hublint.toml").write_text(f'extend = "{target}"\n', "utf-8")
    assert hublint("check", "space", cwd=space).returncode == 2
    done = hublint("check", "space", "--config", target, cwd=space)
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    (space / "hublint.toml").unlink()
    os.mkfifo(space / "hublint.toml")
    (space / "pyproject.toml").symlink_to("/dev/zero")
    assert hublint("check", "space", cwd=space).returncode == 1


def test_a_broken_configuration_stops_its_own_repository_only(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("a", "x = ["), ("b", "select = ['XX999']"), ("c", "plugins = ['os']"), ("d/e", "fail-on = 1")):
        (space / name).mkdir(parents=True)
        (space / name / "README.md").write_text(README, "utf-8")
        (space / name / "hublint.toml").write_text(text, "utf-8")
    assert run(["check", "."]) == 2
    streams = capsys.readouterr()
    assert "space/README.md:3" in streams.out and "in 1 Space" in streams.out
    for name in ("a", "b", "c", "d/e"):
        assert streams.err.count(f"{name}/hublint.toml: ") == 1
    assert streams.err.count("\n") == 4
    assert run(["check", "a", "space"]) == 2
    streams = capsys.readouterr()
    assert "space/README.md:3" in streams.out and "no Hub repository" not in streams.out + streams.err
    assert run(["check", ".", "--show-files"]) == 2
    assert run(["check", ".", "--isolated"]) == 1
    capsys.readouterr()
    assert run(["check", ".", "--select", "XX999"]) == 2
    assert capsys.readouterr().err.count("no rule is called `XX999`") == 1


# Standard streams


@pytest.mark.skipif(os.name != "posix", reason="a shell of POSIX")
@pytest.mark.parametrize(
    "command",
    [
        "check space",
        "check -q space",
        "check --show-files space",
        "check --diff --unsafe-fixes space",
        "check --output-format json space",
        "check --no-such-option",
        "check missing",
        "fix --stdin-filename space/README.md -",
        "preflight space",
        "rule",
        "rule SP008",
        "schema space",
        "--version",
    ],
)
@pytest.mark.parametrize(
    "streams", [">&-", "> /dev/full", "2>&-", "2> /dev/full", "<&-", "< /", ">&- 2>&-", "| head -c 1"]
)
def test_closed_and_full_streams(space: Path, command: str, streams: str) -> None:
    done = subprocess.run(
        f"{sys.executable} -m hublint {command} {streams}",
        shell=True,
        cwd=space,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )
    said = done.stdout + done.stderr
    assert "Traceback" not in said and "internal error" not in said
    if streams.startswith(">"):
        assert done.returncode == 2 or command == "--version" or command.startswith("check -q")
        assert done.stderr.count("\n") <= 1 or command == "check --diff --unsafe-fixes space"


def test_an_encoding_without_the_characters(space: Path) -> None:
    (space / "space" / "README.md").write_text("---\nsdk: gradio\nemoji: 🐍🐍\ncolorFrom: 😀\n---\n", "utf-8")
    done = hublint("check", "space", cwd=space, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1 and "\\U0001f600" in done.stdout


# What is printed


ESCAPES = "\x1b[31m \x07 \x9b \u202e \u2066 \u2028 \u200b \r"
FORGED = "a\n::error file=README.md::pwned ##[error]pwned ##vso[task.complete]"


def commands(text: str) -> list[str]:
    """The lines that a CI runner takes for its own."""
    return [line for line in text.splitlines() if line.lstrip().startswith("::") or "##[" in line or "##vso[" in line]


def controls(text: str) -> set[str]:
    return {char for char in text if not char.isprintable() and char not in "\n\t"}


TOML = {
    "key": "{0} = 1",
    "value": "profile = {0}",
    "list": "select = [{0}]",
    "extend": "extend = {0}",
    "plugins": "plugins = [{0}]",
    "table": '[severity]\n{0} = "x"',
    "choice": "[severity]\nSP008 = {0}",
    "selector": '[severity]\n{0} = "error"',
    "pattern": "[per-file-ignores]\n{0} = 1",
    "kind": '[repo-types]\n"*" = {0}',
}


@pytest.mark.parametrize("place", TOML)
@pytest.mark.parametrize(
    "value", [ESCAPES, FORGED, "x" + MARKS["hf_[34 letters]"]], ids=["escapes", "commands", "token"]
)
def test_what_a_configuration_says_is_not_printed_raw(
    space: Path, capsys: pytest.CaptureFixture[str], place: str, value: str
) -> None:
    (space / "hublint.toml").write_text(TOML[place].format(json.dumps(value)), "utf-8")
    for command in (
        ["check", "space"],
        ["fix", "space"],
        ["preflight", "space"],
        ["check", "--config", "hublint.toml"],
    ):
        assert run(command) == 2
        printed = capsys.readouterr()
        assert not printed.out and printed.err.startswith("hublint: ") and printed.err.count("\n") == 1
        assert not controls(printed.err) and not commands(printed.err) and value[1:] not in printed.err


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "name", [ESCAPES, FORGED, "::error::pwned", "##[error]pwned", MARKS["hf_[34 letters]"]], ids=range(5)
)
def test_names_are_not_printed_raw(space: Path, capsys: pytest.CaptureFixture[str], name: str, format: str) -> None:
    name = name.replace("/", "")
    for folder in (space / name, space / "space" / name):
        folder.mkdir()
        (folder / ".DS_Store").write_bytes(b"x")
    (space / name / "README.md").write_text(README.replace("teal", f"'##[error]{name}'"), "utf-8")
    printed = ""
    for arguments in (
        ["check", name, "--output-format", format],
        ["check", ".", "--output-format", format],
        ["check", "space", "--output-format", format],
        ["check", ".", "-q"],
        ["check", ".", "--statistics"],
        ["check", ".", "--show-files"],
        ["check", ".", "--diff", "--unsafe-fixes"],
        ["check", f"space/{name}"],
        ["check", f"missing/{name}"],
        ["check", f"--{name}"],
        ["check", "space", "--select", name],
        ["check", "space", "--output-format", name],
        ["preflight", name],
        ["preflight", name, "--output-format", "json"],
        ["preflight", f"space/{name}"],
        ["rule", name],
        ["schema", name],
        [name],
    ):
        run(arguments)
        streams = capsys.readouterr()
        printed += streams.err + ("" if "github" in arguments else streams.out)
        assert not controls(streams.out)
        assert MARKS["hf_[34 letters]"] not in streams.out
        if "github" in arguments:
            *annotations, summary = streams.out.splitlines() or [""]
            assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in annotations)
            assert ":" not in summary
        if "json" in arguments and streams.out:
            json.loads(streams.out)
    assert not controls(printed) and not commands(printed) and MARKS["hf_[34 letters]"] not in printed


def test_a_diff_commands_no_runner(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (space / "space" / "README.md").write_text(
        "---\nsdk: gradio\ncolorFrom: Red\n---\n::error::pwned\n##[error]pwned\n", "utf-8"
    )
    run(["check", "space", "--diff"])
    printed = capsys.readouterr().out
    assert "pwned" in printed and "+colorFrom: red" in printed and not commands(printed)


def test_the_door(capsys: pytest.CaptureFixture[str]) -> None:
    assert passed("a\n  ::error::b\n::c") == "a\n  \\x3a:error::b\n\\x3a:c"
    assert passed("x ##[error]b ##vso[c] # # ## e") == "x \\x23#[error]b \\x23#vso[c] # # ## e"
    assert json.loads(passed(json.dumps("a##[b"), "json")) == "a##[b"
    complain("a\nb\0")
    assert capsys.readouterr().err == "hublint: a\\x0ab\\x00\n"


# Credentials


AROUND = ("{}", "_{}_", "-{}-", "\x1b[1m{}\x1b[0m", "abc{}", "{}abc", "---{}---", "/{}/", "\\x1b[1m{}", "a\n{}\n")


@pytest.mark.parametrize("id", MAKERS)
def test_every_shape_is_covered(id: str) -> None:
    seed = os.environ.get("HUBLINT_TEST_SEED", "shapes")
    maker = Maker(f"{id} {seed}")
    before = "AccountKey=" if id == "azure-storage" else "https://team." if id == "teams-webhook" else ""
    for _ in range(2000 if EVERYTHING else 50):
        token = before + MAKERS[id](maker)
        for around in AROUND:
            shown = covered(around.format(token))
            assert token not in shown and len(shown) == len(around.format(token)), (around, seed)


@pytest.mark.parametrize("id", NAMED)
def test_every_named_shape_is_covered(id: str) -> None:
    maker = Maker(f"{id} {os.environ.get('HUBLINT_TEST_SEED', 'shapes')}")
    name, token_of = NAMED[id]
    for _ in range(2000 if EVERYTHING else 50):
        token = token_of(maker)
        for form in ('{} = "{}"', "export {}={}", '"{}": "{}"'):
            assert token not in covered(form.format(name, token))


@pytest.mark.parametrize(
    "text",
    [
        "`colorFrom` is not a color of the Hub: teal",
        "https://huggingface.co/docs/hub/spaces-config-reference#a-long-anchor-with-many-small-words-in-it",
        "hf_your_token_goes_here_and_it_is_long_enough_now",
        "europa-re-search-and-other-things-that-are-long-enough-to-be-a-token",
        "sha256:" + "0123456789abcdef" * 4,
        "meta-llama/Llama-3.1-8B-Instruct, sentence-transformers/all-MiniLM-L6-v2",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    assert covered(text) == text


def test_a_token_that_is_held_for_a_placeholder_is_covered(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    token = "sh" + "pat_fa12fb4b9fa8f884040f8abc952e3004"
    (space / "space" / "README.md").write_text(f"---\nlicense: {token}\n---\n", "utf-8")
    for format in FORMATS:
        run(["check", "space", "--repo-type", "model", "--select", "MC008,SE", "--output-format", format])
    printed = capsys.readouterr().out
    assert "MC008" in printed and token not in printed and "shpa***" in printed


@pytest.mark.parametrize(
    "text",
    [
        "https://someone:{}@db.example.org/x",
        "-----BEGIN PRIVATE KEY-----\\n{}=\\n",
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----",
    ],
)
def test_passwords_in_urls_and_keys_cut_off_are_covered(text: str) -> None:
    token = MARKS["[24 characters]"]
    assert token not in covered(text.format(token)) and len(covered(text.format(token))) == len(text.format(token))
    plain = "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY----- https://user:$PASSWORD_OF_USER_1@host.org/x"
    assert covered(plain) == plain


def test_a_name_that_tells_a_token_may_be_escaped() -> None:
    token = Maker("named").of("0123456789abcdef", 32)
    for text in ('"\\"KAGGLE_KEY\\": \\"{}\\""', "file=KAGGLE_KEY%3A {}/x"):
        assert token not in covered(text.format(token))


def test_masks_know_shapes_of_the_texts() -> None:
    from hublint.engine.masking import Mask

    token = "gsk_" + "abc0DEF1" * 6 + "0abc"
    repository = make("space", {"a.txt": f"x{token}\n"})
    repository.source("a.txt")
    assert Mask(repository)(f"it begins with {token[:30]}").count("*") == 24


# Files that cannot be read


def unreadable(path: Path, how: str) -> str:
    """Put something in a file's place that is not read; the reason that is given."""
    text = path.read_bytes() if path.exists() else b""
    path.unlink(missing_ok=True)
    if how == "link":
        other = path.parent.parent / "elsewhere.txt"
        other.write_bytes(text)
        path.symlink_to(other)
        return "links are not followed"
    if how == "pipe":
        os.mkfifo(path)
        return "not a regular file"
    if how == "large":
        with path.open("wb") as file:
            file.truncate(128 * 1024 * 1024 + 1)
        return "larger than 128 MiB"
    path.write_bytes(text)
    path.chmod(0)
    return "Permission denied"


@pytest.mark.skipif(os.name != "posix", reason="links, pipes and modes of POSIX")
@pytest.mark.parametrize("how", ["link", "pipe", "large", "mode"])
@pytest.mark.parametrize("name", ["README.md", "Dockerfile", "app.py"])
def test_a_file_that_cannot_be_read_is_said(
    space: Path, capsys: pytest.CaptureFixture[str], name: str, how: str
) -> None:
    if how == "mode" and os.geteuid() == 0:
        pytest.skip("root reads everything")
    sdk = "docker" if name == "Dockerfile" else "gradio"
    (space / "space" / "README.md").write_text(f"---\nsdk: {sdk}\n---\n", "utf-8")
    reason = unreadable(space / "space" / name, how)
    for arguments in (
        ["check", "space", "--repo-type", "space"],
        ["fix", "space", "--repo-type", "space"],
        ["check", "space", "--repo-type", "space", "-q", "--output-format", "json"],
        ["check", "space", "--repo-type", "space", "--select", "SP008", "--fail-on", "never"],
        ["preflight", "space", "--repo-type", "space"],
        *([["check", "space"], ["check", "."]] if name != "README.md" else []),
    ):
        assert run(arguments) == 2, arguments
        said = capsys.readouterr().err
        assert f"hublint: space/{name} cannot be read: " in said and reason in said and said.count("\n") == 1
    if name == "README.md":  # and nothing else says what the folder is
        assert run(["check", "space"]) == 2
        assert "space/README.md cannot be read: " in capsys.readouterr().err


def test_a_file_without_permission(
    space: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (space / "space" / "notes.txt").write_text("x", "utf-8")
    opened = os.open

    def refusing(path: str, flags: int, *more: int, **others: int) -> int:
        if str(path).endswith("notes.txt"):
            raise PermissionError(13, "Permission denied")
        return opened(path, flags, *more, **others)

    monkeypatch.setattr(os, "open", refusing)
    assert run(["check", "space"]) == 2
    assert capsys.readouterr().err == "hublint: space/notes.txt cannot be read: Permission denied\n"


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
def test_links_of_other_files(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (space / "space" / "AGENTS.md").write_text("x", "utf-8")
    (space / "space" / "CLAUDE.md").symlink_to("AGENTS.md")
    (space / "space" / "data").symlink_to("/tmp")
    (space / "space" / "gone").symlink_to("nowhere")
    assert run(["check", "space", "--fail-on", "never"]) == 0
    assert capsys.readouterr().err == ""
    (space / "LICENSE").write_text("x", "utf-8")
    (space / "space" / "LICENSE").symlink_to("../LICENSE")
    assert run(["check", "space", "--fail-on", "never"]) == 0
    assert (
        capsys.readouterr().err == "hublint: space/LICENSE cannot be read: it is a link, and links are not followed\n"
    )


def test_the_sentence_does_not_look_outside(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in ("../../../../../../dev/zero", "/dev/zero", "../hublint.toml", "a//b", "a\0b"):
        card = f"---\nsdk: gradio\napp_file: {json.dumps(path)}\n---\n"
        (space / "space" / "README.md").write_text(card, "utf-8")
        assert run(["check", "space", "--fail-on", "never"]) == 0
        assert capsys.readouterr().err == ""


def test_a_missing_readme_walks_no_tree(space: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hublint.repository.sources import Sources
    from hublint.repository.tree import FolderTree

    monkeypatch.setattr(FolderTree, "sizes", lambda self: pytest.fail("the whole folder was listed"))
    assert Sources(FolderTree(str(space))).card is None


def test_what_could_not_be_read_is_counted_in_the_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "README.md").symlink_to("/etc/hostname")
    assert run(["check", "--isolated", "--repo-type", "space", str(tmp_path)]) == 2
    assert "no findings in 1 Space; 1 file could not be read" in capsys.readouterr().out
