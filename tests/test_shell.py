"""The reader of shell command lines: which commands a text starts, with which words, standing where."""

from __future__ import annotations

import os
import shutil
import subprocess
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hublint.documents.shell import Command, commands


def words(text: str, env: dict[str, str | None] | None = None) -> list[list[str | None]]:
    return [[word.value for word in command.argv] for command in commands(text, env=env)]


def first(text: str, env: dict[str, str | None] | None = None) -> Command:
    return commands(text, env=env)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b && c || d; e | f & g\nh", [["a", "b"], ["c"], ["d"], ["e"], ["f"], ["g"], ["h"]]),
        ("a 'b c' \"d e\" f\\ g h\"i\"'j'", [["a", "b c", "d e", "f g", "hij"]]),
        ("a \\\n  b \\\r\n c", [["a", "b", "c"]]),
        ("a # b; c\nd#e", [["a"], ["d#e"]]),
        ("a \"# b\" '; c'", [["a", "# b", "; c"]]),
        ("if [ -f x ]; then a; elif b; then c; else d; fi", [["[", "-f", "x", "]"], ["a"], ["b"], ["c"], ["d"]]),
        ("for i in 1 2; do a; done; while b; do c; done; until d; do e; done", [["a"], ["b"], ["c"], ["d"], ["e"]]),
        ("for ((i=0; i<3; i++)); do a; done", [["a"]]),
        ('case "$1" in\n  x|y) a ;;\n  (z) b; c ;;\n  *) ;;\nesac\nd', [["a"], ["b"], ["c"], ["d"]]),
        ("f() { a; }; function g { b; }\ng() (\n c\n)", [["a"], ["b"], ["c"]]),
        ("(cd x; a) && { b; }", [["cd", "x"], ["a"], ["b"]]),
        ("! a; time b", [["a"], ["b"]]),
        ("[[ a == b && -f c ]] && d; ((i++)) || e", [["d"], ["e"]]),
        ("a >x 2>&1 </dev/null &>>y >|z 3<&- b", [["a", "b"]]),
        ("cat <<EOF >x\na && b\nEOF\nc", [["cat"], ["c"]]),
        ("cat <<-'E' <<F\n1\n\tE\n2\nF\nc", [["cat"], ["c"]]),
        ("cat <<< 'x y'\nb", [["cat"], ["b"]]),
        ("a=(1 2 'x y')\nb", [[], ["b"]]),
        ("echo $((1 + (2))) b", [["echo", None, "b"]]),
        ("echo a;;", [["echo", "a"]]),
        ("echo if then", [["echo", "if", "then"]]),
        ("", []),
        ("  # only\n\n", []),
        (";;&&||", []),
    ],
)
def test_commands(text: str, expected: list[list[str | None]]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("exec a b", ["a", "b"]),
        ("env -i -u X A=1 a", ["a"]),
        ("env A=b", ["env", "A=b"]),
        ("sudo -E -u me a", ["a"]),
        ("tini -g -- a", ["a"]),
        ("nohup nice -n 5 a &", ["a"]),
        ("gosu app a", ["a"]),
        ("/usr/bin/env python x", ["python", "x"]),
        ("dumb-init a", ["a"]),
        ("exec", ["exec"]),
        ("exec -a name a", ["a"]),
        ("command -v a", ["a"]),
    ],
)
def test_what_only_starts_another_command_is_set_apart(text: str, expected: list[str]) -> None:
    assert [word.value for word in first(text).argv] == expected


def test_assignments_before_a_command_and_after_env() -> None:
    command = first("A=1 B='x y' env C=$A D= run $A", {"A": "0"})
    assert [(name, word.value) for name, word in command.assignments] == [
        ("A", "1"),
        ("B", "x y"),
        ("C", "0"),
        ("D", ""),
    ]
    assert [word.value for word in command.argv] == ["run", "0"]


@pytest.mark.parametrize(
    ("word", "value", "default"),
    [
        ("${PORT:-7860}", None, "7860"),
        ("${PORT-7860}", None, "7860"),
        ("0.0.0.0:${PORT:-7860}", None, "0.0.0.0:7860"),
        ("$PORT", None, None),
        ('"${PORT:-7860}"', None, "7860"),
        ("${PORT:-$SET}", None, "1"),
        ("${PORT:-${OTHER:-2}}", None, "2"),
        ("${PORT:-$OTHER}", None, None),
        ("${SET:-2}", "1", "1"),
        ("${EMPTY:-2}", "2", "2"),
        ('"${EMPTY-2}"', "", ""),
        ("${SET:+x}", "x", "x"),
        ("${PORT:+x}", None, None),
        ("$PORT${SET}", None, None),
        ("'$SET'", "$SET", "$SET"),
        ("\\$SET", "$SET", "$SET"),
        ("${SET%x}", None, None),
        ("$1", None, None),
        ('"$@"', None, None),
        ("$(a)", None, None),
        ("`a`", None, None),
        ("a$", "a$", "a$"),
        ("${#SET}", None, None),
        ("$'a\\n'", None, None),
        ("${PORT:?no}", None, None),
        ('"a\\"b\\c"', 'a"b\\c', 'a"b\\c'),
        ("$SETX", None, None),
        ("${SET}X", "1X", "1X"),
    ],
)
def test_values_and_defaults(word: str, value: str | None, default: str | None) -> None:
    found = first(f"x {word}", {"SET": "1", "EMPTY": "", "PORT": None}).argv[1]
    assert (found.text, found.value, found.default) == (word, value, default)


def test_variables_follow_the_script() -> None:
    script = "PORT=${PORT:-7860}\nexport HOST=0.0.0.0 OTHER=$PORT\nrun $HOST:$PORT $OTHER\n"
    last = commands(script)[-1]
    assert [(word.value, word.default) for word in last.argv[1:]] == [(None, "0.0.0.0:7860"), (None, "7860")]
    assert words("A=1; run $A")[-1] == ["run", "1"]
    assert words("if x; then A=1; fi; run $A")[-1] == ["run", None]
    assert words("x || A=1; run $A")[-1] == ["run", None]
    assert words("A=1; (A=2); run $A")[-1] == ["run", None]
    assert words("A=1; . ./env; run $A", {"B": "1"})[-1] == ["run", None]
    assert words("A=1; for A in x; do run $A; done")[-1] == ["run", None]
    assert words("A=1; read A; run $A")[-1] == ["run", None]
    assert words("A=1 x; run $A", {"A": "0"})[-1] == ["run", "0"]


def test_an_unquoted_variable_is_split_into_words() -> None:
    assert words("$RUN app", {"RUN": "uvicorn --port 1"}) == [["uvicorn", "--port", "1", "app"]]
    assert words('"$RUN" app', {"RUN": "uvicorn --port 1"}) == [["uvicorn --port 1", "app"]]
    assert words("x$RUN app", {"RUN": "a b"}) == [[None, "app"]]
    assert words("x $EMPTY y", {"EMPTY": ""}) == [["x", "y"]]
    assert words("x ${EMPTY:-'a b'} y", {"EMPTY": ""}) == [["x", None, "y"]]


@pytest.mark.parametrize(
    "text",
    [
        "bash -lc 'cd /x && exec run --port $P a'",
        'sh -c "cd /x && exec run --port $P a"',
        "sh -e -o pipefail -c 'cd /x; run --port $P a'",
        "bash -euxo pipefail -c 'cd /x; run --port $P a'",
        "/bin/sh -c \"cd /x; sh -c 'run --port $P a'\"",
    ],
)
def test_inline_scripts_are_read_with_their_places(text: str) -> None:
    found = commands(text, base=100, env={"P": "7860"})
    (run,) = [command for command in found if command.name == "run"]
    assert [word.value for word in run.argv] == ["run", "--port", "7860", "a"]
    assert [text[word.span.start - 100 : word.span.end - 100] for word in run.argv] == ["run", "--port", "$P", "a"]


def test_scripts_that_are_no_inline_scripts() -> None:
    assert words("sh start.sh -c x") == [["sh", "start.sh", "-c", "x"]]
    assert words("python -c 'import a; b'") == [["python", "-c", "import a; b"]]


def test_inside_background_and_pipes() -> None:
    found = {command.name: command for command in commands('a "$(b | c)" `d` <(e) & f | g; h')}
    assert {name for name, command in found.items() if command.inside} == {"b", "c", "d", "e"}
    assert [name for name, command in found.items() if command.background] == ["a"]
    assert {name for name, command in found.items() if command.piped} == {"b", "c", "f", "g"}


def test_a_client_url_with_a_default_port_is_seen_as_an_argument() -> None:
    text = 'npm start & until curl -sf "http://127.0.0.1:${PORT:-3000}/" >/dev/null; do sleep 1; done; wait'
    curl = next(command for command in commands(text) if command.name == "curl")
    assert curl.argv[2].default == "http://127.0.0.1:3000/"


def test_places_through_a_map() -> None:
    found = commands("a b", to_source=lambda index: 10 * index)
    assert [tuple(word.span) for word in found[0].argv] == [(0, 1), (20, 21)]


PIECES = [
    "a",
    "b ",
    " ",
    "\n",
    ";",
    "&&",
    "||",
    "|",
    "&",
    "(",
    ")",
    "{ ",
    "}",
    "'",
    '"',
    "\\",
    "`",
    "$",
    "$(",
    "$((",
    "${A",
    ":-",
    "${A:-b}",
    "<<E\n",
    "E\n",
    "<",
    ">",
    "if ",
    "then ",
    "fi",
    "case x in ",
    "esac",
    ";;",
    "for i in ",
    "do ",
    "done",
    "sh -c ",
    "A=",
    "#",
    "[[ ",
    "]]",
    "env ",
    "2>&1",
    "\r\n",
    "é",
    "\0",
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=50).map("".join))


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_any_text_is_read_with_places_inside_it(text: str) -> None:
    for command in commands(text, env={"A": "x y"}):
        for word in command.argv:
            assert 0 <= word.span.start <= word.span.end <= len(text)
        assert command.argv or command.assignments


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(st.text("ab \"'\\$;|&#(){}<>*~=!", min_size=1), min_size=1, max_size=3), min_size=1, max_size=3)
)
def test_quoted_words_come_back(lines: list[list[str]]) -> None:
    import shlex

    text = " && ".join(" ".join(["run", *map(shlex.quote, line)]) for line in lines)
    assert words(text) == [["run", *line] for line in lines]


@pytest.mark.skipif(shutil.which("sh") is None or os.name == "nt", reason="no POSIX shell to compare with")
@pytest.mark.parametrize(
    "line",
    [
        "x 'a b'\"c d\"e\\ f",
        'x "$A" $A "${A}b" ${B:-c} "${B:-c d}"',
        'x ${E:-d} "${E-d}" ${A:+y}',
        "x a#b \"#\" '#' # c",
        'x "a\\"b\\\\c\\d\\$A"',
        "x \\\n a",
        'x "a\\\nb"',
        "x '$A' \\$A",
        "A=2; x $A",
        "A=2 x $A",
        "x $E a",
        "x $W",
        'x "$W"',
        "x ${A-b}c",
        "x a > /dev/null b 2>&1",
        "if true; then x 1; fi",
        "case a in b) x 1;; a) x 2;; esac >&2",
        "x a\\;b",
        "x \"'\" '\"'",
        "x $ a$ $%",
        'x "${E:-a}"',
        "{ x 1; }",
        "(x 1)",
        "x 1 && x 2 || x 3",
        "f() { x 1; }; f",
        'x "${A:-${B:-c}}"',
        "x a\\\\b",
        "eval x 1",
    ],
)
def test_a_real_shell_starts_one_of_the_commands_that_are_listed(line: str) -> None:
    env: dict[str, str | None] = {"A": "1", "E": "", "W": " p  q "}
    script = "x() { for w in \"$@\"; do printf '%s\\0' \"$w\" >&9; done; printf '\\1\\0' >&9; }\n" + line
    reading, writing = os.pipe()
    shell = f"exec 9>&{writing}\n{script}" if writing < 10 else f"exec 9>/dev/fd/{writing}\n{script}"
    known = {name: value for name, value in env.items() if value is not None}
    subprocess.run(
        ["sh", "-c", shell],
        env={"PATH": os.environ["PATH"], **known},
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        check=False,
    )
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        calls = [call.split("\0")[:-1] for call in pipe.read().decode().split("\1\0")[:-1]]
    listed = [[word.default for word in command.argv[1:]] for command in commands(line, env=env) if command.name == "x"]
    if line.startswith("eval"):  # what eval runs is not read
        assert calls and not listed
        return
    assert calls
    for call in calls:
        assert call in listed


@pytest.mark.parametrize(
    "unit",
    [
        "a && ",
        "$(",
        "`a ",
        "((a) ",
        "case x in a) ",
        "env ",
        "A=$(b);",
        "sh -c 'a';",
        "'\"",
        "<<E ",
        "{ ",
        "for i in a; do ",
    ],
)
def test_long_text_does_not_hang(unit: str) -> None:
    begin = time.process_time()
    commands(unit * (250_000 // len(unit)))
    assert time.process_time() - begin < 90


@pytest.mark.parametrize("unit", ["$(", "${A:-", '"$(', "`", "(", "{ ", "sh -c '", '"', "$(("])
def test_deep_nesting_does_not_exhaust_the_stack(unit: str) -> None:
    found = commands("x; " + unit * 20_000)
    assert found[0].name == "x"
