"""The public names, methods and parameters of one release of a Python package, read from its sources with `ast`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Decorators that hand every argument on.
_TRANSPARENT = frozenset(
    "document validate_hf_hub_args staticmethod classmethod abstractmethod contextmanager asynccontextmanager "
    "is_documented_by deprecated overload wraps lru_cache cache _deprecate_arguments _deprecate_positional_args "
    "flag_as_download_call updateable set_documentation_group experimental _deprecate_method future_compatible".split()
)
_RESULTS = frozenset(("property", "cached_property", "setter", "getter"))

_Definition = ast.FunctionDef | ast.AsyncFunctionDef


class Api(NamedTuple):
    """What a release has.

    `names` holds everything that may be there: `Blocks`, `inputs`, `inputs.Image`, `Blocks.launch`, and with a `(` the
    parameters: `Blocks(css`, `Blocks.launch(share`. A name with `(**` behind it takes any parameter, one with `.*` may
    have any attribute. `public` are those that a user is meant to know.
    """

    names: frozenset[str]
    public: frozenset[str]

    def has(self, item: str) -> bool:
        """Whether the release may have an item, or what it belongs to is not there to judge it by."""
        owner, parenthesis, _ = item.partition("(")
        if item in self.names or "*" in self.names:
            return True
        if parenthesis:
            return f"{owner}(**" in self.names
        parent = owner.rpartition(".")[0]
        return bool(parent) and f"{parent}.*" in self.names

    def judges(self, item: str) -> bool:
        """Whether what an item belongs to is there: a class for its method, a function for its parameter."""
        owner, parenthesis, _ = item.partition("(")
        parent = owner if parenthesis else owner.rpartition(".")[0]
        return not parent or parent in self.names


def read_api(package: str, files: Mapping[str, str]) -> Api:
    """Read a release.

    Args:
        package: the name by which it is imported.
        files: the text of its Python files by path, as `gradio/blocks.py`.
    """
    return _Reader(package, files).api()


class _Module:
    def __init__(self, name: str, is_package: bool, tree: ast.Module) -> None:
        self.name = name
        self.package = name if is_package else name.rpartition(".")[0]
        self.bound: dict[str, ast.stmt | tuple[str, str]] = {}
        self.stars: list[str] = []
        self.all: set[str] | None = None
        self.dynamic = False
        for node in _statements(tree.body):
            self._bind(node)

    def _bind(self, node: ast.stmt) -> None:
        if isinstance(node, ast.ClassDef | _Definition):
            self.dynamic |= node.name == "__getattr__"
            self.bound[node.name] = node
        elif isinstance(node, ast.ImportFrom):
            module = self._absolute(node)
            for alias in node.names:
                if alias.name == "*":
                    self.stars.append(module)
                else:
                    self.bound[alias.asname or alias.name] = (module, alias.name)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.asname or alias.name.partition(".")[0]
                self.bound[name] = (alias.name if alias.asname else name, "")
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    self.bound[target.id] = node
                    self._assign(target.id, node.value)

    def _assign(self, name: str, value: ast.expr | None) -> None:
        if value is None or name not in ("__all__", "_SUBMOD_ATTRS"):
            return
        try:
            given = ast.literal_eval(value)
        except ValueError:
            return
        if name == "__all__":
            self.all = set(given)
            return
        for submodule, names in given.items():
            for each in names:
                self.bound.setdefault(each, (f"{self.package}.{submodule}", each))

    def _absolute(self, node: ast.ImportFrom) -> str:
        base = self.package
        for _ in range(node.level - 1):
            base = base.rpartition(".")[0]
        return ".".join(part for part in (base if node.level else "", node.module or "") if part)


class _Reader:
    def __init__(self, package: str, files: Mapping[str, str]) -> None:
        self.package = package
        self.files = files
        self.modules: dict[str, _Module | None] = {}
        self.lazy = "_SUBMOD_ATTRS" in files.get(f"{package}/__init__.py", "")
        validators = files.get(f"{package}/utils/_validators.py", "")
        self.renames_token = "smoothly_deprecate_use_auth_token" in validators

    def api(self) -> Api:
        names: set[str] = set()
        public: set[str] = set()
        root = self.module(self.package)
        if root is None:
            raise ValueError(f"{self.package} has no __init__.py")
        if root.dynamic and not self.lazy:
            names.add("*")
        for name in self.names(root):
            names.add(name)
            found = self.resolve(self.package, name)
            if found is None or name.startswith("_"):
                continue
            public.add(name)
            names.update(self.members(name, *found))
        for name in self.submodules():
            names.add(name)
            module = self.module(f"{self.package}.{name}")
            if module is None:
                continue
            if not name.startswith("_"):
                public.add(name)
            if module.dynamic:
                names.add(f"{name}.*")
            names.update(f"{name}.{inner}" for inner in self.names(module))
        names.update(self.event_parameters())
        public |= {item for item in names if _is_public(item) and self._is_own(item)}
        return Api(frozenset(names), frozenset(public))

    def _is_own(self, item: str) -> bool:
        """Whether an item is a member, or a name that a submodule does not merely import from elsewhere."""
        written, parenthesis, _ = item.partition("(")
        owner, _, name = written.rpartition(".")
        if not owner:
            return bool(parenthesis)
        module = self.module(f"{self.package}.{owner}")
        return module is None or self.resolve(module.name, name) is not None

    def event_parameters(self) -> Iterator[str]:
        """`event(js`: what gradio's `click`, `change` and other events take, which are no functions in the sources."""
        text = self.files.get(f"{self.package}/events.py", "")
        found = [
            node
            for node in ast.walk(ast.parse(text))
            if isinstance(node, _Definition) and node.name in ("event_trigger", "__call__") and len(node.args.args) > 5
        ]
        yield "event"
        for node in found:
            yield from (item for item in self.parameters("event", node) if item not in ("event(block", "event(**"))
        if len(found) != 1 or found[0].args.kwarg:
            yield "event(**"

    def submodules(self) -> set[str]:
        paths = (path.split("/") for path in self.files if path.startswith(f"{self.package}/"))
        return {
            parts[1].removesuffix(".py")
            for parts in paths
            if (len(parts) == 2 and parts[1] != "__init__.py") or parts[2:] == ["__init__.py"]
        }

    def module(self, name: str) -> _Module | None:
        if name not in self.modules:
            path = name.replace(".", "/")
            is_package = f"{path}/__init__.py" in self.files
            text = self.files.get(f"{path}/__init__.py" if is_package else f"{path}.py")
            self.modules[name] = _Module(name, is_package, ast.parse(text)) if text is not None else None
        return self.modules[name]

    def names(self, module: _Module, depth: int = 0) -> set[str]:
        found = set(module.bound) | (module.all or set())
        for star in module.stars:
            other = self.module(star) if depth < 5 else None
            if other is not None:
                inner = other.all if other.all is not None else self.names(other, depth + 1)
                found |= {name for name in inner if not name.startswith("_")}
        return found

    def resolve(self, module_name: str, name: str, depth: int = 0) -> tuple[_Module, ast.stmt] | None:
        """The definition of a name and the module it stands in; None for a module, a value, or what is another's."""
        module = self.module(module_name)
        if module is None or depth > 10:
            return None
        bound = module.bound.get(name)
        if bound is None:
            for star in module.stars:
                found = self.resolve(star, name, depth + 1)
                if found is not None:
                    return found
            return None
        if isinstance(bound, tuple):
            target, inner = bound
            return self.resolve(target, inner, depth + 1) if inner else None
        if isinstance(bound, ast.Assign):
            return self._assigned(module, bound.value, depth) or (module, bound)
        return module, bound

    def _assigned(self, module: _Module, value: ast.expr, depth: int) -> tuple[_Module, ast.stmt] | None:
        """`Text = Textbox`, and `create_repo = api.create_repo` where `api = HfApi()`."""
        if isinstance(value, ast.Name):
            return self.resolve(module.name, value.id, depth + 1)
        if not isinstance(value, ast.Attribute) or not isinstance(value.value, ast.Name):
            return None
        made = module.bound.get(value.value.id)
        if not isinstance(made, ast.Assign) or not isinstance(made.value, ast.Call):
            return None
        function = made.value.func
        owner = self.resolve(module.name, function.id, depth + 1) if isinstance(function, ast.Name) else None
        if owner is None or not isinstance(owner[1], ast.ClassDef):
            return None
        method = next(
            (n for n in _statements(owner[1].body) if isinstance(n, _Definition) and n.name == value.attr), None
        )
        return (owner[0], method) if method is not None else None

    def members(self, name: str, module: _Module, node: ast.stmt) -> Iterator[str]:
        if isinstance(node, _Definition):
            yield from self.parameters(name, node)
        elif isinstance(node, ast.ClassDef):
            yield from self.class_members(name, module, node)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            yield f"{name}(**"
            yield f"{name}.*"

    def class_members(self, name: str, module: _Module, node: ast.ClassDef) -> Iterator[str]:
        line, complete = self.lineage(module, node)
        made = False
        if not complete or any(_adds_members(each) for each in line):
            yield f"{name}.*"
        seen: set[str] = set()
        for each in line:
            for item in _attributes(each):
                yield f"{name}.{item}"
            if _is_record(each) and not made:
                yield f"{name}(**"
            for method in _statements(each.body):
                if not isinstance(method, _Definition) or method.name in seen:
                    continue
                seen.add(method.name)
                if method.name == "__init__":
                    made = True
                    yield from self.parameters(name, method)
                elif not method.name.startswith("_"):
                    yield f"{name}.{method.name}"
                    yield from self.parameters(f"{name}.{method.name}", method)
                elif method.name == "__getattr__":
                    yield f"{name}.*"
                elif method.name == "__new__":
                    yield f"{name}(**"
        if not made:
            yield f"{name}(**"

    def lineage(self, module: _Module, node: ast.ClassDef, depth: int = 0) -> tuple[list[ast.ClassDef], bool]:
        """A class and its bases, nearest first, and whether all of them are known."""
        line, complete = [node], depth < 12
        for base in node.bases if complete else ():
            if isinstance(base, ast.Subscript):
                base = base.value
            written = ast.unparse(base)
            if written in ("object", "ABC", "Generic", "abc.ABC", "Protocol"):
                continue
            owner, _, attribute = written.rpartition(".")
            if owner:
                place = module.bound.get(owner)
                home = ".".join(part for part in place if part) if isinstance(place, tuple) else ""
                found = self.resolve(home, attribute)
            else:
                found = self.resolve(module.name, written)
            if found is None or not isinstance(found[1], ast.ClassDef):
                complete = False
                continue
            above, known = self.lineage(found[0], found[1], depth + 1)
            line += above
            complete = complete and known
        return line, complete

    def parameters(self, name: str, node: _Definition) -> Iterator[str]:
        decorators = {_decorator(each) for each in node.decorator_list}
        arguments = node.args
        listed = [arg.arg for arg in (*arguments.args, *arguments.kwonlyargs)]
        yield from (f"{name}({each}" for each in listed if each not in ("self", "cls"))
        if "validate_hf_hub_args" in decorators and self.renames_token and "token" in listed:
            yield f"{name}(use_auth_token"
        if arguments.kwarg or not decorators <= _TRANSPARENT or decorators & _RESULTS:
            yield f"{name}(**"


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a body, with those of every branch of `if`, `try` and `with`."""
    for node in body:
        if isinstance(node, _Definition) and any(_decorator(each) == "overload" for each in node.decorator_list):
            continue
        yield node
        if isinstance(node, ast.If | ast.Try | ast.With):
            for field in ("body", "orelse", "finalbody"):
                yield from _statements(getattr(node, field, []))
            for handler in getattr(node, "handlers", []):
                yield from _statements(handler.body)


def _attributes(node: ast.ClassDef) -> Iterator[str]:
    """What a class or its instances get by assignment, and gradio's events, which its metaclass makes methods of."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Assign | ast.AnnAssign):
            for target in inner.targets if isinstance(inner, ast.Assign) else [inner.target]:
                if isinstance(target, ast.Name) and inner in node.body:
                    yield target.id
                if isinstance(target, ast.Attribute):
                    yield target.attr
        elif isinstance(inner, ast.Attribute) and ast.unparse(inner.value) in ("Events", "EventListener"):
            yield inner.attr
        elif isinstance(inner, ast.Call) and ast.unparse(inner.func) == "EventListener" and inner.args:
            yield str(getattr(inner.args[0], "value", ""))


def _adds_members(node: ast.ClassDef) -> bool:
    """Whether a metaclass may give the class what its body does not show; gradio's own for components adds events."""
    known = ("ABCMeta", "ComponentMeta")
    return any(ast.unparse(each.value).rpartition(".")[2] not in known for each in node.keywords)


def _is_record(node: ast.ClassDef) -> bool:
    """Whether the constructor is made from the class's annotations."""
    return any("dataclass" in ast.unparse(each) for each in node.decorator_list) or any(
        ast.unparse(base).rpartition(".")[2] in ("NamedTuple", "TypedDict", "BaseModel", "Enum") for base in node.bases
    )


def _decorator(node: ast.expr) -> str:
    return ast.unparse(node.func if isinstance(node, ast.Call) else node).rpartition(".")[2]


def _is_public(item: str) -> bool:
    if item == "event(_js":
        return True
    return (
        not any(part.startswith("_") or part == "*" for part in item.replace("(", ".").split(".")) and "**" not in item
    )
