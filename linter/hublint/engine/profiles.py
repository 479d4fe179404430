"""The profiles: which rules run where nobody names any."""

from __future__ import annotations

# Beside the recommended rules, those that a purpose asks for: they are on, and no mere notes.
PURPOSES: dict[str, frozenset[str]] = {
    # What leaderboards look for in a submission: a text, and evaluation results that they can place.
    "leaderboard": frozenset(("CT011", "EV006", "EV007", "EV011")),
    # What people should know before they ask for access.
    "gated": frozenset(("CT010", "CT011", "MC010")),
    # What a model, dataset or Space needs to be found, counted, loaded and cited.
    "release": frozenset(
        ("CT008", "CT009", "CT010", "DC007", "DC008", "DF013", "MC010", "MC026", "RP006", "SP028", "SP029")
    ),
}
PROFILES = ("push", "recommended", "strict", *PURPOSES)
