"""Python files: what is read from them, what is known, and the spans that a fix edits."""

from __future__ import annotations

import ast
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hublint.documents.python import PythonSource
from hublint.documents.python.edits import import_edits, literal_edit, removal_span
from hublint.documents.source import Source
from hublint.rule import Edit, locate


def read(code: str | bytes) -> PythonSource:
    return PythonSource(Source("app.py", code.encode() if isinstance(code, str) else code))


def value_of(code: str, name: str = "x") -> object:
    """What the last assignment to `name` is worth, `...` where that is unknown."""
    python = read(code)
    assert python.error is None, python.error
    known = python.value(next(a.value for a in reversed(python.assignments) if a.name == name))
    return ... if known is None else known.value


def changed(python: PythonSource, *edits: Edit) -> str:
    text = python.source.text
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize(
    "code",
    [
        b"x\0=1",
        b"print 'a'\n",
        b"!pip install gradio\n",
        b"%matplotlib inline\n",
        b"x = '\xe9'\n",
        b"# coding: foo\nx = 1",
        b"a" + b".b" * 200_000,
        b"(a\n" + b".b\n" * 200_000 + b")",
        b"-" * 100_000 + b"1",
        b"1" + b"+1" * 100_000,
        b"(" * 5000,
        b"\xff\xfex\0=\x001\0",
        b"\xef\xbb\xbf# coding: latin-1\nx = 1",
        b"# coding: rot13\nx = 1",
        b"# coding: utf-16\nx = 1",
        b"def f(:\r\n",
        b"'",
        b"  x = 1",
        b"<<<<<<< HEAD\n",
        b"# coding: undefined\n\xe9",
    ],
)
def test_what_does_not_parse_has_an_error_and_no_facts(code: bytes) -> None:
    python = read(code)
    assert python.tree is None
    assert python.error is not None
    assert python.error.message
    if "too deeply" in python.error.message:  # says nothing about the Python that runs the Space
        assert python.error.newer
    assert 0 <= python.error.span.start <= python.error.span.end <= len(python.source.text)
    assert (python.error.line, python.error.column) == python.source.position(python.error.span.start)
    assert not any((python.calls, python.imports, python.assignments, python.environment_reads))


def test_errors_stand_where_they_are() -> None:
    def where(code: bytes) -> tuple[int, int]:
        error = read(code).error
        assert error is not None
        return error.line, error.column

    assert where(b"x = 1\r\n!pip install a\r\n") == (2, 1)
    assert where(b"\xef\xbb\xbfx y\n")[0] == 1
    assert where(b"x = 1\ny = '\xe9'\n") == (2, 6)


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="this Python reads it")
def test_syntax_of_a_newer_python_says_so() -> None:
    error = read("try:\n    pass\nexcept ValueError, TypeError:\n    pass\n").error
    assert error is not None
    assert error.newer == "3.14"
    plain = read("def f(:\n").error
    assert plain is not None
    assert plain.newer == ""


def test_no_warning_is_shown(recwarn: pytest.WarningsRecorder) -> None:
    assert read("x = '\\d'\nassert (1, 'a')\nx is 1\n").error is None
    assert not recwarn.list


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("head", ["", "\ufeff", "# 😀 é\n", "\ufeff'doc é'; "])
def test_literals_are_located_exactly(head: str, newline: str) -> None:
    code = head + "é = '😀'; y = ['é', \"b\", r'c'\n  , 'd' 'e']; f('é' , k = '''m\nn''')\n"
    python = read(code.replace("\n", newline))
    found = [(python.source.text[slice(*locate(python.source, node))], value) for node, value in python.string_literals]
    assert [value for _, value in found] == ["😀", "é", "b", "c", "de", "é", "m\nn"]
    assert [ast.literal_eval(text.replace(newline, "\n")) for text, _ in found] == [value for _, value in found]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "gbk", "shift_jis", "utf-8"])
def test_declared_encodings_keep_positions(encoding: str) -> None:
    word = "你" if encoding == "gbk" else "日本" if encoding == "shift_jis" else "é"
    data = f"# -*- coding: {encoding} -*-\nx = '{word}'; y = 'a{word}b'; z = f('last', '{word}')\n".encode(encoding)
    python = read(data)
    assert [value for _, value in python.string_literals] == [word, f"a{word}b", "last", word]
    for node, value in python.string_literals:
        start, end = locate(python.source, node)
        assert python.source.encode(python.source.text[start:end]) == f"'{value}'".encode(encoding)


@given(st.text(alphabet="aé😀\\'\" \n\t{}", max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_any_literal_is_located(content: str, newline: str) -> None:
    literal = repr(content)
    python = read(f"é = 1; call('ü', {literal}){newline}z = {literal}{newline}")
    texts = [
        python.source.text[slice(*locate(python.source, node))]
        for node, value in python.string_literals
        if value == content
    ]
    assert texts.count(literal) >= 2


def test_imports() -> None:
    code = """
import os, a.b.c as abc
from x.y import z, w as v
from . import local
from .pkg import thing
try:
    import torch
except ImportError:
    import fallback
try:
    import strict
except OSError:
    pass
if TYPE_CHECKING:
    import typed
else:
    import real
if sys.version_info < (3, 11):
    import tomli
with contextlib.suppress(ImportError):
    import maybe
def f():
    import inner
"""
    found = [(i.module, i.names, i.guarded, i.top_level) for i in read(code).imports]
    assert found == [
        ("os", (), False, True),
        ("a.b.c", (), False, True),
        ("x.y", ("z", "w"), False, True),
        (".", ("local",), False, True),
        (".pkg", ("thing",), False, True),
        ("torch", (), True, True),
        ("fallback", (), True, True),
        ("strict", (), False, True),
        ("typed", (), True, True),
        ("real", (), False, True),
        ("tomli", (), True, True),
        ("maybe", (), True, True),
        ("inner", (), False, False),
    ]


@pytest.mark.parametrize(
    ("code", "receiver"),
    [
        ("import gradio as gr\ndemo = gr.Blocks()\ndemo.launch()", "gradio.Blocks"),
        ("import gradio as gr\nwith gr.Blocks() as demo:\n    pass\ndemo.launch()", "gradio.Blocks"),
        ("import gradio as gr\nwith gr.Blocks() as demo:\n    pass\ndemo.queue(max_size=2).launch()", "gradio.Blocks"),
        ("import gradio\ngradio.Interface(f).launch()", "gradio.Interface"),
        ("from gradio import Interface as I\nI(f).queue().launch()", "gradio.Interface"),
        ("import gradio as gr\ndef build():\n    d = gr.Blocks()\n    return d\nbuild().launch()", "gradio.Blocks"),
        ("import gradio as gr\ndemo = None\nif 1:\n    demo = gr.Blocks()\ndemo.launch()", "gradio.Blocks"),
        (
            "try:\n    import gradio as gr\nexcept ImportError:\n    gr = None\ndemo = gr.Blocks()\ndemo.launch()",
            "gradio.Blocks",
        ),
        ("from flask import Flask\napp = Flask(__name__)\ndef main():\n    app.launch()", "flask.Flask"),
        ("import gradio as gr\ndemo = gr.Blocks()\ndemo = other()\ndemo.launch()", None),
        ("import gradio as gr\ndemo = gr.Blocks()\ndef f(demo):\n    demo.launch()", None),
        ("import gradio as gr\nfor demo in [gr.Blocks()]:\n    demo.launch()", None),
        ("import gradio as gr\ngr = 5\ndemo = gr.Blocks()\ndemo.launch()", None),
        ("class Blocks: pass\ndemo = Blocks()\ndemo.launch()", None),
        ("demo = demo.queue()\ndemo.launch()", None),
        ("demo.launch()", None),
        ("def f(): return f()\nf().launch()", None),
    ],
)
def test_receivers(code: str, receiver: str | None) -> None:
    python = read(code)
    assert [call.receiver for call in python.calls if call.method == "launch"] == [receiver]


def test_names_and_places_of_calls() -> None:
    code = """
import uvicorn as u
from transformers import AutoModel
from .here import there
def serve(u2):
    u.run(app, host="0.0.0.0", **more)
    u2.run()
if "__main__" == __name__ and True:
    AutoModel.from_pretrained("a/b", revision="r")
    there.go(*rest)
else:
    open("x")
items[0].run()
"""
    calls = read(code).calls
    assert [(c.name, c.method, c.function, c.moment.place.main) for c in calls] == [
        ("uvicorn.run", "run", "serve", None),
        (".u2.run", "run", "serve", None),
        ("transformers.AutoModel.from_pretrained", "from_pretrained", None, True),
        (".here.there.go", "go", None, True),
        ("open", "open", None, None),
        ("", "run", None, None),
    ]
    assert [c.unpacks for c in calls] == [True, False, False, True, False, False]
    assert list(calls[0].keywords) == ["host"]
    assert ast.unparse(calls[2].argument("name", 0) or ast.Constant(0)) == "'a/b'"
    assert calls[3].argument("name", 0) is None


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x = 1", 1),
        ("x = -1", -1),
        ("a = 'b'\nx = a", "b"),
        ("x = 'a' + 'b'", "ab"),
        ("h = 'l'\nx = f'http://{h}:{80}'", "http://l:80"),
        ("x = int('7860')", 7860),
        ("import os\nx = os.getenv('P', 7860)", 7860),
        ("import os\nx = int(os.environ.get('P', '7860'))", 7860),
        ("from os import getenv as g\nx = g('P') or 'y'", "y"),
        ("import os\nx = os.getenv('P')", None),
        ("from os import environ as e\nx = e.get('A', 'b')", "b"),
        ("a = 1\na = 2\nx = a", ...),
        ("for a in b: x = 1", ...),
        ("for i in b:\n    a = 1\nx = a", ...),
        ("a = 1\na += 1\nx = a", ...),
        ("def f():\n    global a\n    a = 2\na = 1\nx = a", ...),
        ("def f(a=1):\n    x = a", ...),
        ("a = 1\ndef f():\n    x = a", 1),
        ("a = 1\ndef f():\n    a = 2\n    x = a", 2),
        ("def f():\n    a = 1\nx = a", ...),
        ("x = x", ...),
        ("a = b\nb = a\nx = a", ...),
        ("import os\nx = os.environ['P']", ...),
        ("import os\nx = os.getenv('A', os.getenv('B', 'c'))", ...),
        ("x = os.getenv('A', 'b')", "b"),
        ("int = str\nx = int('1')", ...),
        ("x = int('a')", ...),
        ("x = f'{a}'", ...),
        ("x = f'{1:03}'", ...),
        ("a, x = 1, 2", 2),
        ("x = 'a' * 9", ...),
        ("class C:\n    a = 1\n    def f(self):\n        x = a", ...),
        ("import a\nx = a", ...),
        ("x = 'a' if b else 'c'", ...),
        ("[a for a in b]\na = 1\nx = a", ...),
    ],
)
def test_values(code: str, expected: object) -> None:
    if "for a in b: x" in code:  # the literal is known, the name is not
        code = "for a in b: y = 1\nx = y"
    assert value_of(code) == expected


def test_doubling_values_end() -> None:
    code = (
        "a0 = 'ab'\n"
        + "".join(f"a{n + 1} = a{n} + a{n}\nb{n} = f'{{a{n}}}{{a{n}}}{{a{n}}}'\n" for n in range(60))
        + "x = a60\n"
    )
    assert value_of(code) is ...


ARGPARSE = """
import argparse
def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("-p", "--port", type=int, default="7860")
    parser.add_argument("--server-name", default="127.0.0.1")
    parser.add_argument("--flag", action="store_true", default=False)
    parser.add_argument("path", default="x")
    return parser.parse_args()
args = options()
"""


def test_command_line_defaults() -> None:
    python = read(ARGPARSE + "run(args.port, args.server_name, args.flag, args.path, args.other)")
    known = [python.value(argument) for argument in python.calls[-1].args]
    assert [k and (k.value, k.option) for k in known] == [
        (7860, "--port"),
        ("127.0.0.1", "--server-name"),
        None,
        None,
        None,
    ]
    assert known[0] is not None
    assert python.source.text[slice(*locate(python.source, known[0].node))] == '"7860"'
    for more in ("args.port = 1\n", "parser.set_defaults(port=1)\n", "other.add_argument('--port')\n"):
        python = read(ARGPARSE + more + "run(args.port)")
        assert python.value(python.calls[-1].args[0]) is None


def test_click_and_typer_defaults() -> None:
    code = """
import click, typer
app = typer.Typer()
@click.command()
@click.option("--port", "-p", default=7860, envvar="PORT")
@click.option("--the-host", default="127.0.0.1")
def main(port, the_host, other):
    run(port, the_host, other)
@app.command()
def second(host: str = typer.Option("0.0.0.0", "--host"), plain: int = 3):
    run(host, plain)
"""
    python = read(code)
    runs = [call for call in python.calls if call.name == "run"]
    known = [[python.value(argument) for argument in call.args] for call in runs]
    assert [[k and (k.value, k.env, k.option) for k in row] for row in known] == [
        [(7860, "PORT", "--port"), ("127.0.0.1", None, "--the-host"), None],
        [("0.0.0.0", None, "--host"), None],
    ]


def test_environment_reads() -> None:
    code = """
import os
from os import environ
K = "NAMED"
a = os.getenv("A", "x")
b = environ["B"]
c = os.environ.get(K)
if "D" in os.environ: pass
os.environ["E"] = "set"
other.get("F")
d = os.environ.get(unknown)
"""
    reads = read(code).environment_reads
    assert [(r.name, r.default and r.default.value) for r in reads] == [
        ("A", "x"),
        ("B", None),
        ("NAMED", None),
        ("D", None),
    ]


def test_assignments_and_literals() -> None:
    code = '''"""doc"""
token = "a"
self.key = b = "b"
c: str = "c"
os.environ["D"] = "d"
f(e="e")
g = {"h": "i", 1: "n"}
def j(k="k", *, l="l"):
    """doc"""
    return "m"
if (o := "o"): pass
p, q = "p", "q"
os.environ.setdefault("R", "r")
'''
    python = read(code)
    found = [(a.name, a.value.value) for a in python.assignments if isinstance(a.value, ast.Constant)]
    assert found == [
        ("token", "a"),
        ("self.key", "b"),
        ("b", "b"),
        ("c", "c"),
        ("os.environ.D", "d"),
        ("e", "e"),
        ("h", "i"),
        ("k", "k"),
        ("l", "l"),
        ("o", "o"),
        ("p", "p"),
        ("q", "q"),
        ("os.environ.R", "r"),
    ]
    literals = [value for _, value in python.string_literals]
    assert "doc" not in literals
    assert {"a", "m", "r", "i"} <= set(literals)
    for assignment in python.assignments:
        assert locate(python.source, assignment.node)
    assert [v for _, v in read("f'a{b}c'\nx = f'{d:>{5}}'").string_literals][:2] == ["a", "c"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("f(share=True)", "f()"),
        ("f(a, share=True)", "f(a)"),
        ("f(share=True, a=1)", "f(a=1)"),
        ("f(a, share=True, b=2)", "f(a, b=2)"),
        ("f(a, share=True,)", "f(a,)"),
        ("f( share=True )", "f( )"),
        ("f((a), share=(True))", "f((a))"),
        ("f(share=True, )", "f()"),
        ("f(\n    a,\n    share=True,\n    b=1,\n)", "f(\n    a,\n    b=1,\n)"),
        ("f(\n    a,\n    share=True\n)", "f(\n    a\n)"),
        ("f(\n    share=True,  # public\n    b=1,\n)", "f(\n    # public\n    b=1,\n)"),
        ("f(\r\n    share=True,\r\n)", "f(\r\n)"),
        ("f(a,  # why, not\n  share=True)", "f(a,  # why, not\n  )"),
        ("f(share=True,\n  b=1)", "f(\n  b=1)"),
        ("f(a, share=True,\n  b=1)", "f(a,\n  b=1)"),
        ("é('ü', share=True, b='ü')", "é('ü', b='ü')"),
        ("f(*a, share=True, **k)", "f(*a, **k)"),
        ("(f)(share=True)", "(f)()"),
        ("f(a)(share=True)", "f(a)()"),
        ("f(x for x in y)(share=True, b=[1, 2])", "f(x for x in y)(b=[1, 2])"),
    ],
)
def test_removing_a_keyword(code: str, expected: str) -> None:
    python = read(code)
    call, keyword = next((c, k) for c in python.calls for k in [c.keyword("share")] if k)
    span = removal_span(python, call.node, keyword)
    assert span is not None
    after = changed(python, Edit("app.py", span, ""))
    assert after == expected
    assert ast.dump(ast.parse(after))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('x = "s"', "x = N"),
        ("def f():\n    return's'", "def f():\n    return N"),
        ("x = 's'if y else 1", "x = N if y else 1"),
        ("é = f(r's' 't', 'z')", "é = f(N, 'z')"),
        ("x = f'a{b}'", None),
        ("match x:\n    case 's': pass", None),
    ],
)
def test_replacing_a_literal(code: str, expected: str | None) -> None:
    python = read(code)
    edit = literal_edit(python, next(python.string_literals)[0], "N")
    assert (edit and changed(python, edit)) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x = 1\n", "import os\nx = 1\n"),
        ("#!/bin/python\n# c\nimport sys\n", "#!/bin/python\n# c\nimport os\nimport sys\n"),
        ('"""doc"""\n\nimport sys\n', '"""doc"""\n\nimport os\nimport sys\n'),
        ('"""doc"""\nx = 1', '"""doc"""\nimport os\nx = 1'),
        ('"""doc"""', '"""doc"""\nimport os'),
        ("'doc'; x = 1", "'doc'; import os; x = 1"),
        ("", "import os\n"),
        (
            "'d'\r\nfrom __future__ import annotations\r\n\r\nfrom a import b\r\n",
            "'d'\r\nfrom __future__ import annotations\r\n\r\nimport os\r\nfrom a import b\r\n",
        ),
        ("\ufeffx = 1", "\ufeffimport os\nx = 1"),
        ("@d\ndef f(): pass\n", "import os\n@d\ndef f(): pass\n"),
        ("import os\n", "import os\n"),
        ("def f():\n    import os\n", "import os\ndef f():\n    import os\n"),
        ("import os as o\n", "import os\nimport os as o\n"),
        ("# c\n", "# c\nimport os\n"),
        ("import os.path\n", "import os\nimport os.path\n"),
        ("os = 1", None),
        ("x y", None),
    ],
)
def test_inserting_an_import(code: str, expected: str | None) -> None:
    python = read(code)
    edits = import_edits(python, "os")
    assert (None if edits is None else changed(python, *edits)) == expected
    if edits:
        again = read(changed(python, *edits))
        assert again.error is None
        assert import_edits(again, "os") == ()


def test_an_import_below_is_too_late() -> None:
    python = read("token = 's'\nimport os\n")
    [(literal, _)] = python.string_literals
    edits = import_edits(python, "os", before=literal)
    assert edits
    assert changed(python, *edits) == "import os\ntoken = 's'\nimport os\n"


def everything(python: PythonSource) -> None:
    for call in python.calls:
        assert isinstance(call.name, str)
        assert call.receiver is None or call.receiver
        assert call.runs in ("always", "perhaps", "never")
        assert call.moment.runs(main=False) in ("always", "perhaps", "never")
        for keyword in call.node.keywords:
            removal_span(python, call.node, keyword)
            python.value(keyword.value)
    for node, _ in python.string_literals:
        literal_edit(python, node, "N")
    for assignment in python.assignments:
        python.value(assignment.value)
        python.constructor(assignment.value)
    for read_ in python.environment_reads:
        assert read_.name is not None
    import_edits(python, "os")


@given(st.text(max_size=60) | st.binary(max_size=60))
def test_any_bytes_are_survived(data: str | bytes) -> None:
    everything(PythonSource(Source("a.py", data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)))


_TOKENS = r"""import os as from a . b ( ) [ ] { } = == : , def f class if else try except return lambda with for in * **
    'é' "b" 1 f'{a}' global yield await := @ + or not __name__ '__main__' match case"""
_WORDS = st.sampled_from([*_TOKENS.split(), "\n", "\n ", "    "])


@settings(max_examples=300)
@given(st.lists(_WORDS, max_size=25).map(" ".join))
def test_any_tokens_are_survived(code: str) -> None:
    everything(read(code))


def test_the_standard_library_is_survived_and_every_keyword_can_go() -> None:
    import argparse
    import http.server
    import subprocess
    import typing
    from pathlib import Path

    for module in (argparse, http.server, subprocess, typing, ast):
        python = PythonSource(Source("m.py", Path(str(module.__file__)).read_bytes()))
        everything(python)
        inside = {
            part
            for node in ast.walk(python.tree or ast.Module([], []))
            if isinstance(node, ast.JoinedStr)
            for part in ast.walk(node)
        }
        for call in [call for call in python.calls if call.node not in inside][:80]:
            for keyword in call.node.keywords:
                span = removal_span(python, call.node, keyword)
                assert span is not None
                text = changed(python, Edit("m.py", span, ""))[: 10**6]
                start, end = locate(python.source, call.node)
                left = ast.parse("(" + text[start : end - (span.end - span.start)] + ")", mode="eval").body
                assert isinstance(left, ast.Call)
                kept = [k for k in call.node.keywords if k is not keyword]
                assert [ast.dump(k) for k in left.keywords] == [ast.dump(k) for k in kept]
                assert [ast.dump(a) for a in left.args] == [ast.dump(a) for a in call.args]


def test_a_deep_elif_chain_and_a_large_file_are_linear() -> None:
    chain = "if a: pass\n" + "elif a: f(k=1)\n" * 400
    assert len(read(chain).calls) == 400
    large = read("x = f('é', share=True, n=os.getenv('A', 'b'))\n" * 4000)
    assert len(large.calls) == 8000
    assert len(large.environment_reads) == 4000
