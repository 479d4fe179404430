"""Which rules run, and how severe their findings are."""

from __future__ import annotations

from functools import cache

from hublint.engine import registry
from hublint.engine.config import origin, shown_file
from hublint.engine.profiles import PURPOSES
from hublint.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, Literal

    from hublint.engine.config import Config
    from hublint.engine.registry import Listed
    from hublint.rule import Finding, Rule, Severity, Subject
    from hublint_schemas import Kind


class Selection:
    """The codes that may run.

    Attributes:
        named: those that a user asked for by their own code or name.
        plugins: where rules come from beside hublint's own.
    """

    def __init__(
        self,
        codes: frozenset[str],
        named: frozenset[str],
        profile: str,
        severities: Mapping[str, Severity],
        plugins: tuple[str, ...] = (),
    ) -> None:
        self.codes = codes
        self.named = named
        self.profile = profile
        self.severities = severities
        self.plugins = plugins
        self._rules: dict[Kind, dict[Listed, Rule]] = {}
        self._narrower: dict[tuple[Subject, ...], Selection] = {}

    def __getstate__(self) -> dict[str, Any]:
        # More than all the rest, and soon worked out where it is wanted.
        return {**self.__dict__, "_rules": {}, "_narrower": {}}

    def without(self, *subjects: Subject) -> Selection:
        """The same without the rules about some subjects; worked out once."""
        if subjects not in self._narrower:
            listed = registry.listed(self.plugins)
            codes = frozenset(code for code in self.codes if registry.metadata(listed[code]).subject not in subjects)
            named = self.named & codes
            self._narrower[subjects] = Selection(codes, named, self.profile, self.severities, self.plugins)
        return self._narrower[subjects]

    def rules(self, kind: Kind) -> Mapping[Listed, Rule]:
        """The rules for a kind of repository that run; worked out once, since a run may have many of a kind."""
        if kind not in self._rules:
            listed = registry.listed(self.plugins)
            known = {each: registry.metadata(each) for code, each in listed.items() if code in self.codes}
            self._rules[kind] = {each: rule for each, rule in known.items() if self.wants(rule) and kind in rule.kinds}
        return self._rules[kind]

    def wants(self, rule: Rule) -> bool:
        """Whether a rule runs: explicitly selected, or part of the profile."""
        if rule.code not in self.codes:
            return False
        if rule.code in self.named or self.profile == "strict":
            return True
        if self.profile == "push":
            return rule.effect == "refused"
        return rule.default or rule.code in PURPOSES.get(self.profile, ())

    def keeps(self, rule: Rule, severity: Severity) -> bool:
        """Whether a finding is shown: the profile `push` has nothing but errors, unless a rule is named."""
        return self.profile != "push" or rule.code in self.named or severity == "error"

    def severity(self, rule: Rule, finding: Finding) -> Severity:
        """The user's severity for the rule, else the finding's own, else the rule's, which a purpose may raise."""
        raised = rule.severity == "info" and rule.code in PURPOSES.get(self.profile, ())
        return self.severities.get(rule.code) or finding.severity or ("warning" if raised else rule.severity)


def offline_only(selectors: Iterable[str], plugins: tuple[str, ...]) -> None:
    """Make sure that rules can be run without a network.

    Raises:
        UsageError: a selector stands for no others than those that ask one.
    """
    for selector in selectors:
        try:
            codes = expand(selector, plugins)
        except UsageError:  # it may be a rule of a plugin that a configuration names
            continue
        rules = registry.listed(plugins)
        if all(registry.metadata(rules[code]).online for code in codes):
            raise UsageError(f"`{selector}` asks the Hub and PyPI over the network: `hublint check --online`")


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
    raise UsageError(f"no rule is called `{selector}`{meant(selector, plugins)}")


def meant(selector: str, plugins: tuple[str, ...] = ()) -> str:
    """What to say of a selector that stands for no rule: the one that is nearest to it, else where they are listed."""
    from hublint.repository.comments import nearest_rule

    rules = registry.listed(plugins)
    near = nearest_rule(selector, [(code, rule.name) for code, rule in rules.items()])
    return f"; did you mean `{near}`?" if near else "; see `hublint rule`"


def _codes(selectors: Iterable[str], plugins: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(expand(selector, plugins) for selector in selectors))


def _strength(selector: str) -> int:
    """How much a selector counts beside others: the longer it is, the fewer rules it stands for."""
    return 0 if selector == "ALL" else len(selector)


def select(config: Config) -> Selection:
    """The selection of a configuration.

    Without `select` every rule of the profile may run. `select` replaces the profile, `extend-select` adds to it,
    `ignore` and the severity `off` take away; where both name a rule, the longer selector wins, and `ignore` a tie.

    Raises:
        UsageError: a selector stands for no rule, or a plugin cannot be imported.
    """
    plugins = tuple(config.plugins)
    everything = frozenset(registry.listed(plugins))
    selectors: Sequence[str] = [*config.select, *config.extend_select]
    named = _codes(selectors, plugins) if "ALL" not in selectors else everything
    wanted = _codes(config.select, plugins) if config.select else everything
    wanted |= _codes(config.extend_select, plugins)
    severities: dict[str, Severity | Literal["off"]] = {}
    for selector in sorted(config.severity, key=_strength):
        severities.update(dict.fromkeys(expand(selector, plugins), config.severity[selector]))
    for codes in (*config.per_file_ignores.values(), *(codes for _, codes in _overriding(config))):
        _codes(codes, plugins)
    for ignored in config.ignore:
        stronger = [choice for choice in selectors if _strength(choice) > _strength(ignored)]
        wanted -= expand(ignored, plugins) - _codes(stronger, plugins)
    wanted -= {code for code, severity in severities.items() if severity == "off"}
    shown = {code: severity for code, severity in severities.items() if severity != "off"}
    return Selection(wanted, named & wanted, config.profile, shown, plugins)


def _overriding(config: Config) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The selectors in the `overrides` of a configuration, each with its key."""
    for override in config.overrides:
        for key in ("select", "extend_select", "ignore"):
            yield key.replace("_", "-"), override.get(key, ())
        yield "severity", tuple(override.get("severity", ()))


def mistake(config: Config, plugins: tuple[str, ...]) -> str:
    """The first selector in a configuration file that stands for no rule, with its file and key; empty without one."""
    tables = {
        "severity": {selector: (selector,) for selector in config.severity},
        "per-file-ignores": config.per_file_ignores,
    }
    keys = {"select": config.select, "extend-select": config.extend_select, "ignore": config.ignore}
    places = [(key, key, selectors) for key, selectors in keys.items()]
    places += [(key, f"{key}.{name}", selectors) for key, table in tables.items() for name, selectors in table.items()]
    places += [("overrides", f"overrides.{name}", selectors) for name, selectors in _overriding(config)]
    for key, place, selectors in places:
        for selector in selectors:
            try:
                expand(selector, plugins)
            except UsageError:
                what = "unknown rule" if key == "severity" else f"no rule is called `{selector}`"
                return f"{shown_file(origin(config, key))}: `{place}`: {what}{meant(selector, plugins)}"
    return ""
