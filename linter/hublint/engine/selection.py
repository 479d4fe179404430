"""Which rules run, and how severe their findings are."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from hublint.engine import registry
from hublint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hublint.engine.config import Config
    from hublint.rule import Finding, Rule, Severity

PROFILES = ("push", "recommended", "strict")


class Selection(NamedTuple):
    """The codes that may run; `named` are those that a user asked for by their own code or name."""

    codes: frozenset[str]
    named: frozenset[str]
    profile: str
    severities: Mapping[str, Severity]

    def wants(self, rule: Rule) -> bool:
        """Whether a rule runs: explicitly selected, or part of the profile."""
        if rule.code not in self.codes:
            return False
        if rule.code in self.named or self.profile == "strict":
            return True
        return rule.effect == "refused" if self.profile == "push" else rule.default

    def keeps(self, rule: Rule, severity: Severity) -> bool:
        """Whether a finding is shown: the profile `push` has nothing but errors, unless a rule is named."""
        return self.profile != "push" or rule.code in self.named or severity == "error"

    def severity(self, rule: Rule, finding: Finding) -> Severity:
        """The user's severity for the rule, else the finding's own, else the rule's."""
        return self.severities.get(rule.code) or finding.severity or rule.severity


@cache
def expand(selector: str, plugins: tuple[str, ...] = ()) -> frozenset[str]:
    """Codes that a code, a prefix of codes, a name or `ALL` stands for.

    Raises:
        UsageError: no rule is called that; names the closest.
    """
    rules = registry.listed(plugins)
    if selector == "ALL":
        return frozenset(rules)
    if found := frozenset(code for code in rules if code.startswith(selector.upper())):
        return found
    if found := frozenset(code for code, rule in rules.items() if rule.name == selector):
        return found
    from difflib import get_close_matches

    close = get_close_matches(
        selector.lower(), [name for code, rule in rules.items() for name in (code.lower(), rule.name)], 1
    )
    hint = (
        f"; did you mean `{close[0].upper() if close[0].upper() in rules else close[0]}`?"
        if close
        else "; see `hublint rule`"
    )
    raise UsageError(f"no rule is called `{selector}`{hint}")


def _codes(selectors: Iterable[str], plugins: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(expand(selector, plugins) for selector in selectors))


def select(config: Config) -> Selection:
    """The selection of a configuration.

    Without `select` every rule of the profile may run. `select` replaces the profile, `extend-select` adds to it,
    `ignore` takes away; where both name a rule, the longer selector wins, and `ignore` a tie.
    """
    plugins = tuple(config.plugins)
    everything = frozenset(registry.listed(plugins))
    selectors: Sequence[str] = [*config.select, *config.extend_select]
    named = _codes(selectors, plugins) if "ALL" not in selectors else everything
    wanted = _codes(config.select, plugins) if config.select else everything
    wanted |= _codes(config.extend_select, plugins)
    for ignored in config.ignore:
        stronger = [choice for choice in selectors if len(choice) > len(ignored)]
        wanted -= expand(ignored, plugins) - _codes(stronger, plugins)
    severities = {
        code: severity for selector, severity in config.severity.items() for code in expand(selector, plugins)
    }
    return Selection(wanted, named & wanted, config.profile, severities)
