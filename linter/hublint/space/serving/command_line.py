"""What a command line says of the server that it starts: its options, then its variables, then the defaults."""

from __future__ import annotations

from hublint.documents.source import Span
from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.space.serving.environment import named_variables
from hublint.space.serving.server import EVERYWHERE, UNKNOWN, Evidence, Server, common, port_number, written
from hublint.space.serving.server_commands import TOOLS, find

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hublint.documents.shell import ShellWord
    from hublint.space.serving.server_commands import Tool
    from hublint.space.serving.start import Start

# What a shell makes any number of words of: `$@`, `"${OPTIONS[@]}"`.
_SEVERAL = lazy(r"\$[@*]|\$\{[@*]|\[[@*]\]")


class Option(NamedTuple):
    """A flag on a command line, the word that has its value, and the value.

    `value` is None where it has none or is unknown; `default` is then what `${NAME:-default}` in it would give.
    """

    flag: str
    word: ShellWord
    value: str | None
    default: str | None = None


class Options:
    """Those options of a command line that a tool takes its address and port from.

    Attributes:
        certain: whether no word of unknown value can hide one more of them.
    """

    def __init__(self, tool: Tool, argv: Sequence[ShellWord]) -> None:
        self.certain = True
        self._tool = tool
        self._names = frozenset((*tool.host, *tool.port, *tool.joint, *tool.hiding, *tool.config, *tool.everywhere))
        self._argv = argv
        self._given: list[Option] = []
        self._positional = 0
        self._is_unknown_first = False
        position = 1
        while position < len(argv):
            value = argv[position].value
            position = self._unknown(position) if value is None else self._known(position, value)

    def of(self, flags: Sequence[str]) -> list[Option]:
        """The options of these names: by name, then as they stand."""
        return [option for flag in flags for option in self._given if option.flag == flag]

    def has(self, flags: Sequence[str]) -> bool:
        """Whether one of these is given."""
        return any(option.flag in flags for option in self._given)

    def _unknown(self, position: int) -> int:
        """Take over a word of unknown value; where the next one stands."""
        word = self._argv[position]
        name, equals, _ = word.text.partition("=")
        if equals and name in self._names:
            default = (word.default or "").partition("=")[2]
            self._given.append(Option(name, word, None, default or None))
        elif not word.text.startswith("-"):
            self._positional += 1
            self._is_unknown_first = True
            self.certain = self.certain and self._positional == 1 and not _SEVERAL.search(word.text)
        return position + 1

    def _known(self, position: int, value: str) -> int:
        """Take over a word; where the next one stands."""
        word = self._argv[position]
        name, equals, attached = value.partition("=")
        if value in self._names:
            return self._flag(position, value)
        if equals and name in self._names:
            self._given.append(Option(name, word, attached))
        elif value[:2] in self._names:
            self._given.append(Option(value[:2], word, value[2:].removeprefix("=")))
        elif value.startswith("-"):
            following = self._following(position)
            return position + (2 if following is not None and following.value is None and not equals else 1)
        else:
            self._positional += 1
            if self._is_unknown_first and not (self._argv[position - 1].value or "").startswith("-"):
                self.certain = False  # what came before it is not an app, but options
        return position + 1

    def _flag(self, position: int, flag: str) -> int:
        tool, word = self._tool, self._argv[position]
        following = self._following(position) if flag not in tool.everywhere else None
        if following is None or (following.value or "").startswith("-"):
            self._given.append(Option(flag, word, EVERYWHERE if tool.bare_host and flag in tool.host else None))
            return position + 1
        self._given.append(Option(flag, following, following.value, following.default))
        return position + 2

    def _following(self, position: int) -> ShellWord | None:
        return self._argv[position + 1] if position + 1 < len(self._argv) else None


def tool_server(start: Start) -> Server | None:
    """The server of a command in `TOOLS`, None for any other command."""
    tool = find(TOOLS, start)
    return server_of(tool, start) if tool else None


def server_of(tool: Tool, start: Start) -> Server:
    """The server that a tool's command starts."""
    host, port = _Reader(tool, start).address()
    if not isinstance(host.value, str):
        host = host._replace(value=None)
    port = port._replace(value=port_number(port.value))
    joint_only = tool.joint[:1] if not tool.host else ()
    return Server(
        tool.name, port, host, start.source, start.span, start.form, start.argv[-1].span.end,
        (joint_only or tool.host or ("",))[0], (tool.port or joint_only or ("",))[0], bool(joint_only),
    )  # fmt: skip


class _Reader:
    """Reads the address and the port of one command."""

    def __init__(self, tool: Tool, start: Start) -> None:
        self.tool = tool
        self.start = start
        self.options = Options(tool, start.argv)

    def address(self) -> tuple[Evidence, Evidence]:
        """The address and the port."""
        tool, start = self.tool, self.start
        if self.options.has(tool.hiding):
            return UNKNOWN, UNKNOWN
        joint = self.options.of(tool.joint)
        if joint:
            return self._joint(joint[0]) if len(joint) == 1 else (UNKNOWN, UNKNOWN)
        certain = self.options.certain and self._has_own_defaults()
        base = start.env.base
        host_default = None if base is not None and base.configures == tool.name else tool.host_default
        host = self._setting(tool.host, tool.host_env, host_default, certain)
        port = self._setting(tool.port, tool.port_env, tool.port_default, certain)
        if tool.has_file:
            from hublint.space.serving.streamlit_config import with_streamlit_file

            host, port = with_streamlit_file(start, host, port)
        if self.options.has(tool.everywhere):
            host = host._replace(value=EVERYWHERE, how="flag") if host.how in ("default", "") else UNKNOWN
        if tool.joint_env and host.how == port.how == "default":
            variable = start.env.get(tool.joint_env)
            if variable is not None:
                return UNKNOWN._replace(value=EVERYWHERE), variable
            return host._replace(variable=tool.joint_env), port._replace(variable=tool.joint_env)
        return host, port

    def _has_own_defaults(self) -> bool:
        """Whether nothing but options and variables can change the tool's defaults."""
        tool, start = self.tool, self.start
        if self.options.has(tool.config) or any(mark in start.marks for mark in tool.marks):
            return False
        if tool.marks and not start.env.is_plain():
            return False
        if not tool.since:
            return True
        from hublint.space.app.versions import is_since

        files = start.files
        return is_since(files.repository, files.dockerfile, start.source.text, tool.name, tool.since)

    def _setting(self, flags: tuple[str, ...], variable: str, default: str | int | None, certain: bool) -> Evidence:
        flags, start = flags or self.tool.joint, self.start
        given = self.options.of(flags)
        if len(given) > 1:
            return UNKNOWN
        if given:
            [option] = given
            return flag_evidence(option.flag, option.word, option.value, start, option.default)
        evidence = start.env.get(variable) if variable else None
        if evidence is not None:
            return evidence
        if not certain or default is None or (variable and not start.env.is_plain()):
            return UNKNOWN
        name = flags[0] if flags else ""
        return Evidence(default, "default", name, start.source, start.span, variable=common(variable))

    def _joint(self, option: Option) -> tuple[Evidence, Evidence]:
        """Address and port of `HOST:PORT`, `HOST`, `:PORT`, `tcp://HOST:PORT` or (serve, waitress) `PORT`."""
        whole = option.value if option.value is not None else option.default
        if whole is None:
            return UNKNOWN, UNKNOWN
        text = whole.removeprefix("tcp://")
        if text.startswith(("unix:", "fd://", "pipe:")) or "," in text or "://" in text:
            return UNKNOWN, UNKNOWN
        host, colon, port = text.rpartition(":")
        if not colon or text.endswith("]"):
            is_host = not text.isdigit() or self.tool.name == "gunicorn"
            host, port = (text, str(self.tool.port_default)) if is_host else ("", text)
        address, number = joint_evidence(
            self.tool.joint[0], option.word, (host, port), option.value is None, self.start
        )
        if not number.how:
            return UNKNOWN, UNKNOWN
        return address._replace(value=host or EVERYWHERE), number._replace(value=port_number(port))


def joint_evidence(
    flag: str, word: ShellWord, parts: tuple[str, str], is_default: bool, start: Start
) -> tuple[Evidence, Evidence]:
    """Address and port of one word that holds both, where `is_default` only unless a variable says otherwise."""
    if not is_default:
        host, port = (flag_evidence(flag, word, part, start) for part in parts)
        return host, port
    text = start.source.text[word.span.start : word.span.end]
    colon = _outer_colon(text)
    places = (word.span, word.span)
    if colon >= 0:
        middle = word.span.start + colon
        places = (Span(word.span.start, middle), Span(middle + 1, word.span.end))
    host, port = (_default(flag, word, part, start, place) for part, place in zip(parts, places, strict=True))
    return host, port


def flag_evidence(flag: str, word: ShellWord, value: str | None, start: Start, default: str | None = None) -> Evidence:
    """A flag's value; where it only repeats a variable of the image, that variable.

    Args:
        flag: its name.
        word: where it stands.
        value: None where it is unknown.
        start: the command.
        default: what it is unless a variable that nothing here sets says otherwise.
    """
    if value is None and default is not None:
        return _default(flag, word, default, start, word.span)
    text = start.source.text[word.span.start : word.span.end]
    if not value or "$" not in text:
        return Evidence(value, "flag", flag, start.source, word.span, written(start.source, word.span, value or ""))
    for name in named_variables(text):
        variable = start.env.get(name)
        if variable is not None and variable.value == value:
            return variable
    return Evidence(value, "flag", flag, start.source, word.span)


def _default(flag: str, word: ShellWord, value: str, start: Start, place: Span) -> Evidence:
    """What a word, or a part of it, is unless the Space's settings say otherwise: `--port ${PORT:-8000}`."""
    found = start.env.of_text(start.source, place, value)
    if found is None:
        return Evidence(value, "flag", flag, start.source, word.span, written(start.source, place, value))
    return found if found.how != "flag" else found._replace(name=flag, span=word.span)


def _outer_colon(text: str) -> int:
    """Where the last colon of a word as written stands that is in no braces; -1 where there is none."""
    depth = 0
    for position in range(len(text) - 1, -1, -1):
        depth += (text[position] == "}") - (text[position] == "{")
        if text[position] == ":" and not depth:
            return position
    return -1
