"""Who may create a Space?

Source: https://huggingface.co/docs/hub/spaces-overview and spaces-zerogpu (2026-08-22); since 2026-07-16 the Hub
answers 402 where a plan is missing (github.com/ed-donner/agents/issues/1469). `hf repos create --flavor`:
huggingface_hub 2.4.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hublint.repository.repository import Repository

_SDKS = {"gradio": "a Gradio", "docker": "a Docker", "streamlit": "a Streamlit"}
_PLAN = "whether your plan lets you create such a Space: https://huggingface.co/pricing"


def who_may_create(repository: Repository) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is to be known of the accounts that may create the repository, and what only the Hub can tell."""
    if repository.kind != "space":
        return (), ()
    if repository.sdk == "static":
        return ("every account may create a static Space",), ()
    what = _SDKS.get(repository.sdk, "such a")
    lines = [f"since July 2026 creating {what} Space needs a PRO, Team or Enterprise plan"]
    if repository.sdk == "gradio":
        lines.append("or, of a free account that is verified and older than 30 days, one of its 2 places on ZeroGPU:")
        lines.append("`hf repos create --flavor zero-a10g`, and a function under `@spaces.GPU`")
    else:
        lines.append("a free account may create static Spaces, and 2 Gradio Spaces on ZeroGPU once it is 30 days old")
    return tuple(lines), (_PLAN,)
