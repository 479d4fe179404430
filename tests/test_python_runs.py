"""Which code of a Python file is run: as the main program, and as a module that is loaded."""

from __future__ import annotations

import pytest

from hublint.documents.python import PythonSource
from hublint.documents.source import Source

A, P, N = "always", "perhaps", "never"
# The code, and what becomes of `mark()` in it: as a program, as a module, and the errors that are caught.
CODE = [
    # Statements of the module
    ("mark()", A, A, ""),
    ("x = [f(mark(), 1)]", A, A, ""),
    ("if debug:\n    mark()", P, P, ""),
    ("if debug:\n    pass\nelse:\n    mark()", P, P, ""),
    ("if debug:\n    pass\nelif mark():\n    pass", P, P, ""),
    ("if mark():\n    pass", A, A, ""),
    ("if True:\n    mark()", A, A, ""),
    ("if False:\n    mark()", N, N, ""),
    ("if False:\n    pass\nelse:\n    mark()", A, A, ""),
    ("if not False:\n    mark()", A, A, ""),
    ("if TYPE_CHECKING:\n    mark()", N, N, ""),
    ("if not typing.TYPE_CHECKING:\n    mark()", A, A, ""),
    ("with open('a') as f:\n    mark()", A, A, ""),
    ("with suppress(OSError):\n    mark()", A, A, "OSError"),
    ("match x:\n    case 1:\n        mark()", P, P, ""),
    ("match mark():\n    case 1:\n        pass", A, A, ""),
    ("assert mark()", A, A, ""),
    ("assert x, mark()", P, P, ""),
    # The main program
    ("if __name__ == '__main__':\n    mark()", A, N, ""),
    ("if '__main__' == __name__:\n    mark()", A, N, ""),
    ("if __name__ in {'__main__', '__mp_main__'}:\n    mark()", A, N, ""),
    ("if __name__ == '__main__':\n    pass\nelse:\n    mark()", N, A, ""),
    ("if __name__ != '__main__':\n    mark()", N, A, ""),
    ("if __name__ == 'main':\n    mark()", N, P, ""),
    ("if 'app' == __name__:\n    pass\nelse:\n    mark()", P, P, ""),
    ("if __name__ == '__mp_main__':\n    mark()", P, P, ""),
    ("if not __name__ == '__main__':\n    mark()", N, A, ""),
    ("if __name__ == '__main__' and debug:\n    mark()", P, N, ""),
    ("if __name__ == '__main__' or debug:\n    mark()", P, P, ""),
    ("if __name__ == '__main__':\n    if debug:\n        mark()", P, N, ""),
    ("def main():\n    mark()\nif __name__ == '__main__':\n    main()", A, P, ""),
    # Loops
    ("for x in y:\n    mark()", P, P, ""),
    ("for x in mark():\n    pass", A, A, ""),
    ("for x in (1, 2):\n    mark()", A, A, ""),
    ("for x in ():\n    mark()", P, P, ""),
    ("for x in range(3):\n    mark()", A, A, ""),
    ("for x in range(n):\n    mark()", P, P, ""),
    ("for x in [1]:\n    if x:\n        continue\n    mark()", P, P, ""),
    ("for x in y:\n    pass\nelse:\n    mark()", A, A, ""),
    ("for x in y:\n    if x:\n        break\nelse:\n    mark()", P, P, ""),
    ("while x:\n    mark()", P, P, ""),
    ("while mark():\n    pass", A, A, ""),
    ("while True:\n    mark()", A, A, ""),
    ("while True:\n    pass\nmark()", N, N, ""),
    ("while True:\n    if x:\n        break\nmark()", A, A, ""),
    ("while True:\n    if x:\n        break\n    mark()", P, P, ""),
    ("while True:\n    break\nmark()", A, A, ""),
    # What stands behind an end
    ("raise X\nmark()", N, N, ""),
    ("import sys\nsys.exit(0)\nmark()", N, N, ""),
    ("import sys\nsys.exit(mark())", A, A, ""),
    ("if x:\n    raise X\nmark()", A, A, ""),
    ("if x:\n    raise X\nelse:\n    exit()\nmark()", N, N, ""),
    ("def f():\n    return\n    mark()\nf()", N, N, ""),
    ("def f():\n    if x:\n        return\n    mark()\nf()", P, P, ""),
    ("def f():\n    if not token:\n        raise X\n    mark()\nf()", A, A, ""),
    ("def f():\n    with lock:\n        return 1\n    mark()\nf()", N, N, ""),
    # Errors
    ("try:\n    mark()\nexcept OSError:\n    pass", A, A, "OSError"),
    ("try:\n    mark()\nexcept (OSError, a.KeyError):\n    pass", A, A, "KeyError OSError"),
    ("try:\n    mark()\nexcept:\n    pass", A, A, "BaseException"),
    ("try:\n    mark()\nexcept OSError:\n    raise", A, A, ""),
    ("try:\n    mark()\nexcept OSError:\n    sys.exit(1)", A, A, ""),
    ("try:\n    mark()\nfinally:\n    pass", A, A, ""),
    ("try:\n    pass\nexcept OSError:\n    mark()", P, P, ""),
    ("try:\n    x()\nexcept OSError:\n    pass\nelse:\n    mark()", P, P, ""),
    ("try:\n    x()\nexcept OSError:\n    raise\nelse:\n    mark()", A, A, ""),
    ("try:\n    x()\nexcept OSError:\n    pass\nfinally:\n    mark()", A, A, ""),
    ("try:\n    x()\nexcept OSError:\n    pass\nmark()", A, A, ""),
    ("def f():\n    try:\n        x()\n    except OSError:\n        return\n    mark()\nf()", P, P, ""),
    ("def f():\n    try:\n        return x()\n    except OSError:\n        pass\n    mark()\nf()", P, P, ""),
    ("def f():\n    mark()\ntry:\n    f()\nexcept OSError:\n    pass", A, A, "OSError"),
    # Parts of expressions
    ("x or mark()", P, P, ""),
    ("mark() or x", A, A, ""),
    ("mark() if x else 1", P, P, ""),
    ("1 if mark() else 2", A, A, ""),
    ("[mark() for x in y]", P, P, ""),
    ("[x for x in mark()]", A, A, ""),
    ("[x for x in y if mark()]", P, P, ""),
    ("{x: z for x in y for z in mark()}", P, P, ""),
    ("(mark() for x in y)", P, P, ""),
    ("button.click(lambda: mark())", P, P, ""),
    ("x = lambda a=mark(): a", A, A, ""),
    ("f'{mark()}'", A, A, ""),
    # Functions
    ("def f():\n    mark()", N, P, ""),
    ("def f():\n    mark()\nf()", A, A, ""),
    ("def f():\n    mark()\nif x:\n    f()", P, P, ""),
    ("def f():\n    if x:\n        mark()\nf()", P, P, ""),
    ("def f():\n    mark()\nbutton.click(f)", P, P, ""),
    ("def f():\n    mark()\ndef g():\n    f()\ng()", A, A, ""),
    ("def f():\n    mark()\ndef g():\n    f()", N, P, ""),
    ("def f():\n    mark()\n    f()", N, P, ""),
    ("def f():\n    def g():\n        mark()\n    g()\nf()", A, A, ""),
    ("def f():\n    def g():\n        mark()\nf()", N, N, ""),
    ("def f():\n    mark()\ndef f():\n    pass\nf()", P, P, ""),
    ("def f(x=mark()):\n    pass", A, A, ""),
    ("@mark()\ndef f():\n    pass", A, A, ""),
    ("@app.route('/')\ndef f():\n    mark()", P, P, ""),
    ("@unknown\ndef f():\n    mark()\nf()", P, P, ""),
    ("@click.command()\n@click.option('--port')\ndef f():\n    mark()\nf()", A, A, ""),
    ("def f():\n    mark()\n    yield 1\nf()", P, P, ""),
    ("def f():\n    mark()\nglobals()['f']()", P, P, ""),
    ("import threading\ndef f():\n    mark()\nthreading.Thread(target=f).start()", A, A, "BaseException"),
    ("import typer\ndef f():\n    mark()\ntyper.run(f)", A, A, ""),
    ("import asyncio\nasync def f():\n    mark()\nasyncio.run(f())", A, A, ""),
    ("async def f():\n    mark()\nloop.run_until_complete(f())", A, A, ""),
    ("async def f():\n    mark()\nasync def g():\n    await f()\nasyncio.run(g())", A, A, ""),
    ("async def f():\n    mark()\nf()", P, P, ""),
    # Classes
    ("class C:\n    x = mark()", A, A, ""),
    ("class C(mark()):\n    pass", A, A, ""),
    ("class C:\n    def run(self):\n        mark()", N, P, ""),
    ("class C:\n    def run(self):\n        mark()\nC().run()", A, A, ""),
    ("class C:\n    def run(self):\n        mark()\nc = C()\nc.run()", A, A, ""),
    ("class C:\n    def run(self):\n        mark()\n    def go(self):\n        self.run()\nC().go()", A, A, ""),
    ("class C:\n    def __init__(self):\n        mark()\nC()", A, A, ""),
    ("class C:\n    def __init__(self):\n        self.run()\n    def run(self):\n        mark()\nC()", A, A, ""),
    ("class C(Thread):\n    def run(self):\n        mark()\nC().start()", P, P, ""),
    ("class C:\n    def run(self):\n        mark()\nstart(C)", P, P, ""),
    ("class C:\n    def run(self):\n        mark()\nthing().run()", P, P, ""),
    ("class C:\n    @staticmethod\n    def run():\n        mark()\nC().run()", A, A, ""),
    ("class C:\n    @staticmethod\n    def run():\n        mark()\nC.run()", A, A, ""),
]


def read(code: str) -> PythonSource:
    return PythonSource(Source("app.py", code.encode()))


@pytest.mark.parametrize(("code", "program", "module", "caught"), CODE, ids=[case[0] for case in CODE])
def test_what_runs(code: str, program: str, module: str, caught: str) -> None:
    python = read(code)
    assert python.error is None
    [call] = [call for call in python.calls if call.method == "mark"]
    assert (call.moment.runs(), call.moment.runs(main=False)) == (program, module)
    assert " ".join(sorted(call.moment.caught())) == caught
    assert (call.runs, call.caught) == (program, bool(caught))


@pytest.mark.parametrize(
    ("code", "runs", "caught"),
    [
        ("import a", A, False),
        ("if x:\n    import a", P, False),
        ("try:\n    import a\nexcept ImportError:\n    pass", A, True),
        ("def f():\n    import a", N, False),
        ("def f():\n    from a import b\nf()", A, False),
        ("if TYPE_CHECKING:\n    import a", N, False),
    ],
)
def test_when_an_import_runs(code: str, runs: str, caught: bool) -> None:
    [imported] = read(code).imports
    assert (imported.runs, imported.caught) == (runs, caught)


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("if not os.path.exists('a'):\n    mark()", True),
        ("def f():\n    mark()\nif not Path('a').is_dir():\n    f()", True),
        ("if not os.path.exists('a'):\n    if x:\n        mark()", False),
        ("if os.path.exists('a'):\n    mark()", False),
        ("if not os.path.exists('a'):\n    pass\nelse:\n    mark()", False),
    ],
)
def test_only_while_a_path_is_absent(code: str, absent: bool) -> None:
    [call] = [call for call in read(code).calls if call.method == "mark"]
    assert call.runs == "perhaps"
    assert call.moment.only_while_absent() is absent


def test_long_chains_take_no_long_time() -> None:
    chain = "".join(f"def f{n}():\n    f{n + 1}()\n" for n in range(5000)) + "def f5000():\n    mark()\nf0()\n"
    branches = "if x == 0:\n    pass\n" + "".join(f"elif x == {n}:\n    pass\n" for n in range(1, 900))
    [call] = [call for call in read(chain + branches).calls if call.method == "mark"]
    assert call.runs == "always"
