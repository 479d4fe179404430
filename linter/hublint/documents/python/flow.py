"""How the statements of a file may end: whether what stands behind one is reached."""

from __future__ import annotations

import ast

from hublint.documents.python.syntax import ends_program, suppressed, truth

FALLS = 1  # what stands behind it is reached
RETURNS = 2
BREAKS = 4
CONTINUES = 8
ENDS = 16  # the program stops: an error, `sys.exit()`, a loop without end
LEAVES = RETURNS | BREAKS | CONTINUES  # the program goes on elsewhere

_SIMPLE = {ast.Return: RETURNS, ast.Raise: ENDS, ast.Break: BREAKS, ast.Continue: CONTINUES}
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


def endings(tree: ast.Module) -> dict[ast.AST, int]:
    """Every way in which a statement may end, of those that may do anything but fall through to the next."""
    found: list[ast.AST] = []
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        found.append(node)
        for name in _BLOCKS:
            pending += getattr(node, name, ())
    known: dict[ast.AST, int] = {}
    for node in reversed(found):
        ending = _ending(node, known)
        if ending != FALLS:
            known[node] = ending
    return known


def ending_of(block: list[ast.stmt], known: dict[ast.AST, int]) -> int:
    """Every way in which a block may end, given what `endings` found."""
    result = FALLS
    for statement in block:
        ending = known.get(statement, FALLS)
        result = (result & ~FALLS) | ending
        if not ending & FALLS:
            break
    return result


def _ending(node: ast.AST, known: dict[ast.AST, int]) -> int:
    simple = _SIMPLE.get(type(node))
    if simple is not None:
        return simple
    if isinstance(node, ast.Expr):
        return ENDS if ends_program(node.value) else FALLS
    if isinstance(node, ast.If):
        known_test = truth(node.test)
        taken = [node.body] if known_test else [node.orelse] if known_test is False else [node.body, node.orelse]
        return _any_of(taken, known)
    if isinstance(node, (ast.With, ast.AsyncWith)):
        return ending_of(node.body, known) | (FALLS if suppressed(node) else 0)
    if isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
        return _of_loop(node, known)
    if type(node).__name__ in ("Try", "TryStar"):
        return _of_try(node, known)  # type: ignore[arg-type]
    return FALLS | _any_of([case.body for case in node.cases], known) if isinstance(node, ast.Match) else FALLS


def _any_of(blocks: list[list[ast.stmt]], known: dict[ast.AST, int]) -> int:
    result = 0
    for block in blocks:
        result |= ending_of(block, known)
    return result


def _of_loop(node: ast.For | ast.AsyncFor | ast.While, known: dict[ast.AST, int]) -> int:
    inner = ending_of(node.body, known)
    outward = inner & (RETURNS | ENDS)
    if isinstance(node, ast.While) and truth(node.test):
        return outward | (FALLS if inner & BREAKS else 0) or ENDS
    return outward | ending_of(node.orelse, known) | FALLS


def _of_try(node: ast.Try, known: dict[ast.AST, int]) -> int:
    tried = ending_of([*node.body, *node.orelse], known)
    result = tried | _any_of([handler.body for handler in node.handlers], known)
    last = ending_of(node.finalbody, known)
    return (result if last & FALLS else 0) | (last & ~FALLS)
