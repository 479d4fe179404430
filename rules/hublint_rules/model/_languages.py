"""Which language codes there are, and which code a word means."""

from __future__ import annotations

from hublint.regexes import lazy

_TAG = lazy(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?")
_SHAPE = lazy(r"[a-z]{2,3}")
# The Hub has `fw_` in cards of 2026-08, so it does not look at every character of so short a text.
_SHORT = lazy(r"[^\sA-Z]{2,3}")
# ISO 3166-1 (2026), without which `hi-en`, Hindi mixed with English, would be Hindi of a country EN.
_COUNTRIES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA "
    "CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA "
    "GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP "
    "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS "
    "MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS "
    "RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW "
    "TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
# ISO 639-1's own changes: https://www.loc.gov/standards/iso639-2/php/code_changes.php
_WITHDRAWN = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro"}
# Withdrawn from ISO 639-3 in 2009 and still the code of a Wikipedia, which datasets are named by.
_SPLIT = {"eml": ("egl", "rgn")}
# A group of languages in ISO 639-2: https://www.loc.gov/standards/iso639-2/php/code_list.php
_GROUPS = frozenset(("bih",))


def is_shaped(text: str) -> bool:
    """Whether a text is as short as a code and not in upper case, or a word that the Hub takes besides."""
    return _SHORT.fullmatch(text) is not None or text in _languages()["special"]


def is_code(text: str) -> bool:
    """Whether a text is a code of ISO 639-1, 639-2 or 639-3, or a word that the Hub takes besides.

    Source: table `languages`, from npm @huggingface/languages and PyPI datasets.
    """
    known = _languages()
    if text in known["two_letter"] or text in known["special"] or text in known["other"] or text in _GROUPS:
        return True
    return len(text) == 3 and _SHAPE.fullmatch(text) is not None and text in _three_letter()


def terminologic(text: str) -> str:
    """The code that ISO 639-3 has for a bibliographic one of ISO 639-2, such as `deu` for `ger`; else empty."""
    found: str = _languages()["bibliographic"].get(text, "")
    return found


def successor(text: str) -> str:
    """The code that replaced a withdrawn one, such as `he` for `iw`; else empty."""
    return _WITHDRAWN.get(text, "")


def parts_of(text: str) -> tuple[str, ...]:
    """The codes that a withdrawn one was split into, such as `egl` and `rgn` for `eml`; else none."""
    return _SPLIT.get(text, ())


def code_of(word: str) -> str:
    """The code that a word surely means: another case, a language's English name, a known slip; else empty."""
    lower = word.strip().lower()
    if is_code(lower):
        return lower
    known = _languages()
    meant = known["suggestions"].get(lower)
    if meant:
        return str(meant)
    if not lower.isalpha() or len(lower) < 4:
        return ""
    for code, name in known["two_letter"].items():
        if name.lower() == lower:
            return str(code)
    named = [code for code, name in _three_letter().items() if name.lower() == lower]
    return named[0] if len(named) == 1 else ""


def region_of(word: str) -> tuple[str, str] | None:
    """The code and the BCP 47 tag of a code with a script or a region: `zh` and `zh-Hant-TW` of `zh_hant_tw`."""
    found = _TAG.fullmatch(word.strip())
    if found is None or not (found[2] or found[3]):
        return None
    code, region = found[1].lower(), found[3] or ""
    if not is_code(code) or (region.isalpha() and not _is_country(code, region, bool(found[2]))):
        return None
    parts = [code, (found[2] or "").capitalize(), region.upper()]
    return code, "-".join(part for part in parts if part)


def _is_country(code: str, region: str, after_script: bool) -> bool:
    """Whether two letters behind a code are a country's: `en-fr` may as well be a pair of languages."""
    if region.upper() not in _COUNTRIES.split():
        return False
    certain = region.isupper() or after_script or region == code or not is_code(region)
    return certain or f"{code}-{region}" in _languages()["suggestions"]


def _languages() -> dict[str, dict[str, str]]:
    import hublint_schemas

    return hublint_schemas.table("languages")


def _three_letter() -> dict[str, str]:
    import hublint_schemas

    return hublint_schemas.table("languages_iso639_3")
