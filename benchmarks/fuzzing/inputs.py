"""Input number K of a seed: a repository, mutated; the same each time."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from fuzzing.changing import Input as Input
from fuzzing.changing import bytes_of, done, rewritten, text_of
from fuzzing.planting import plant
from fuzzing.seeds import Seeds, sort_of
from fuzzing.texts import BY_SORT, EVERY, added

_CODES = "ALL SE SE001 FM008 SP001 SP DK005 AC003 MC008 HL HL001 color no-such XX999 invalid-color".split()
_TOML = (
    'select = ["ALL"]',
    'ignore = ["SE"]',
    'extend-select = ["SP"]',
    'profile = "strict"',
    'profile = "push"',
    'fail-on = "never"',
    'exclude = ["**/*a*a*X", "README.md"]',
    "unsafe-fixes = true",
    '[severity]\nSP008 = "info"',
    '[severity]\nSE = "off"',
    '[per-file-ignores]\n"*.md" = ["FM", "ALL"]',
    '[per-file-ignores]\n"[a" = ["x"]',
    '[repo-types]\n"." = "model"',
    'exclude = ["["]',
    'select = "SP"',
    "select = [1]",
    "x = 1",
    "[",
    'select = ["',
    "profile = 1",
    "exclude = [[]]",
    '"a\\u001b" = 1',
    "\0",
)
_STARS = 'exclude = ["*a*a*a*a*a*a*a*a*a*aX"]'
_NAMES = (
    "a\nb",
    "a\x1b[1m",
    "a\u202eb",
    " a",
    "a ",
    "-a",
    "a\tb",
    "é",
    "a\x7f",
    "::error::x",
    "##[error]x",
    "a%0Ab",
    "a" * 250,
    "\udcff",
    "CON",
    "a:b",
    "a\\b",
    "[x]",
    "*",
    "{a}",
    "~",
    "$A",
    "a'b",
    'a"b',
)
_PLACES = (
    "README.md",
    "Dockerfile",
    "app.py",
    "requirements.txt",
    ".gitignore",
    ".gitattributes",
    ".env",
    "config.json",
    "start.sh",
    "data/train.csv",
    "packages.txt",
    "pre-requirements.txt",
    "eval.yaml",
)


def make(seeds: Seeds, seed: int, number: int) -> Input:
    """Input `number` of a seed."""
    random = Random(f"{seed} {number}")
    base = seeds.choose(random)
    kind = random.choice(("space", "model", "dataset")) if random.random() < 0.05 else base.kind
    made = Input(number, base.name, kind, dict(base.files), dict(base.listing), unsafe=random.random() < 0.7)
    for _ in range(random.choice((1, 1, 2, 2, 3, 5))):
        name = random.choices(list(_STEPS), [weight for _, weight in _STEPS.values()])[0]
        made = _STEPS[name][0](random, made, seeds)
    return made


def _any_text(random: Random, made: Input, seeds: Seeds) -> Input:
    """What may happen to any text."""
    path = random.choice(sorted(made.files) or ["README.md"])
    name = random.choice(sorted(EVERY))
    return rewritten(made, name, path, lambda text: EVERY[name](random, text))


def _of_its_sort(random: Random, made: Input, seeds: Seeds) -> Input:
    """What happens to a text of a sort; in one of four the file comes from another repository."""
    files = dict(made.files)
    sort = random.choice(sorted(BY_SORT)) if random.random() < 0.25 else ""
    if sort and sort not in map(sort_of, files):
        path, data = seeds.file(random, sort)
        files[path] = data
    paths = [path for path in sorted(files) if (sort_of(path) == sort if sort else sort_of(path) in BY_SORT)]
    path = random.choice(paths or ["README.md"])
    choices = BY_SORT[sort_of(path)]
    name = random.choice(sorted(choices))
    return rewritten(made._replace(files=files), name, path, lambda text: choices[name](random, text))


def _encoding(random: Random, made: Input, seeds: Seeds) -> Input:
    path = random.choice(sorted(made.files) or ["README.md"])
    text, _ = text_of(made.files.get(path, b""))
    encoding, mark = random.choice(
        (("utf-8", "\ufeff"), ("utf-16-le", "\ufeff"), ("utf-16-be", "\ufeff"), ("utf-16-le", ""), ("latin-1", "é"))
    )
    data = (mark + text).encode(encoding, "replace") + random.choice((b"", b"", b"x", b"\xff", b"\0"))
    return done(made, "encoding", files={**made.files, path: data})


def _cross(random: Random, made: Input, seeds: Seeds) -> Input:
    """The heads or tails of two cards, or a file of another repository."""
    other = seeds.choose(random)
    files = dict(made.files)
    if random.random() < 0.4 and other.files:
        path = random.choice(sorted(other.files))
        files[path] = other.files[path]
        return done(made, "file of another", files=files, listing={**made.listing, **other.listing})
    mine, yours = (text_of(each.get("README.md", b""))[0].splitlines(keepends=True) for each in (files, other.files))
    if random.random() < 0.5:
        text = "".join(mine[: random.randint(0, len(mine))] + yours[random.randint(0, len(yours)) :])
    else:
        text = "".join(random.choice(pair) for pair in zip(mine, yours, strict=False))
    return done(made, "cross", files={**files, "README.md": bytes_of(text, "utf-8")})


def _suppress(random: Random, made: Input, seeds: Seeds) -> Input:
    """hublint's own comments, right and wrong."""
    path = random.choice(sorted(made.files) or ["README.md"])
    codes = ", ".join(random.choices(_CODES, k=random.choice((1, 1, 2, 4))))
    word = random.choice(("ignore", "ignore", "ignore-file", "ignore-next-line", "disable", "ignroe"))
    form = random.choice(
        ("{}[{}] why", "{}[{}]", "{}", "{}[", "{}[{}] until=2020-01-01", "{}[{}] until=x why", "{}: {}", "{}[{},] é")
    )
    comment = "hublint: " + form.format(word, codes)
    line = random.choice(("# {}", "<!-- {} -->", "// {}", "  # {}", "#{}", "# {0} # {0}")).format(comment)
    if random.random() < 0.5:
        return rewritten(made, "suppress", path, lambda text: added(random, text, line))

    def behind(text: str) -> str:
        ends = [found.start() for found in re.finditer(r"\n", text)] or [len(text)]
        at = random.choice(ends)
        return f"{text[:at]} {line}{text[at:]}"

    return rewritten(made, "suppress", path, behind)


def _configure(random: Random, made: Input, seeds: Seeds) -> Input:
    """A configuration, right or wrong, or a pattern of stars with a name to try it on."""
    if random.random() < 0.15:
        return done(made, "configure stars", config=_STARS, files={**made.files, "a" * 60: b"x"})
    return done(made, "configure", config="\n".join(random.choices(_TOML, k=random.choice((1, 1, 2, 3)))))


def _tree(random: Random, made: Input, seeds: Seeds) -> Input:
    """Odd names, links, empty files, deep folders, many files."""
    files, listing, links = dict(made.files), dict(made.listing), dict(made.links)
    form = random.choice(("name", "move", "empty", "deep", "link", "many", "gone", "place", "case"))
    paths = sorted(files) or ["README.md"]
    path = random.choice(paths)
    if form == "name":
        folder, ending = random.choice(("", "a/", "data/")), random.choice(("", ".py", ".md", "/.DS_Store", ".csv"))
        files[f"{folder}{random.choice(_NAMES)}{ending}"] = files.get(path, b"x")
    elif form == "move":
        files[f"{random.choice(('sub/', 'a/b/', '.github/workflows/', '.eval_results/'))}{path}"] = files.pop(path, b"")
    elif form == "empty":
        files[random.choice((path, *_PLACES))] = random.choice((b"", b"\n", b"#\n", b"\xef\xbb\xbf", b"\0"))
    elif form == "deep":
        files["d/" * random.choice((20, 120)) + path] = files.get(path, b"")
    elif form == "link":
        target = random.choice((path, ".", "..", "/dev/zero", "/etc/hostname", "nowhere", "README.md", "/dev/stdin"))
        links[random.choice((path, *_PLACES, "sub", "a/link"))] = target
    elif form == "many":
        names = random.choice(
            (
                "data/{}.csv",
                "{}.bin",
                "{}/.gitignore",
                "train-{:05}-of-00300.parquet",
                "model-{}.safetensors",
                "a/{}.jpg",
            )
        )
        listing |= {
            names.format(number): random.choice((0, 1, 10**7, 10**11)) for number in range(random.choice((3, 300)))
        }
    elif form == "gone":
        files.pop(path, None)
    elif form == "place":
        other = random.choice(_PLACES)
        files[other] = seeds.file(random, sort_of(other))[1]
    else:
        files[path.swapcase()] = files.get(path, b"")
    return done(made, f"tree {form}", files=files, listing=listing, links=links)


_STEPS: dict[str, tuple[Callable[[Random, Input, Seeds], Input], float]] = {
    "text": (_any_text, 4),
    "sort": (_of_its_sort, 8),
    "encoding": (_encoding, 1),
    "cross": (_cross, 2),
    "suppress": (_suppress, 1.5),
    "configure": (_configure, 1),
    "tree": (_tree, 2),
    "plant": (plant, 3),
}
