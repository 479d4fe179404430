"""Passwords that everybody knows: of tutorials, of default installations."""

from __future__ import annotations

from re import IGNORECASE

from hublint.regexes import lazy

_COMMON = lazy(
    r"(?:my|the|your|super|very|top|strong|new|old|default|db|root|admin|user|pg|sql)*"
    r"(?:pass|passwd|password|passwort|pwd|pw|secret|secure|admin|administrator|root|user|username|guest|test|testing|"
    r"demo|dev|changeme|change|letmein|welcome|qwerty|postgres|postgresql|mysql|mariadb|mongo|redis|rabbitmq|"
    r"rabbit|minio|neoj|neo4j|elastic|elasticsearch|kibana|airflow|celery|django|flask|app|api|web|site|"
    r"docker|kafka|oracle|sa|hunter|default|temp|example|sample|foo|bar|token|key|login|local|master|"
    r"manager|service|system|anonymous|ftp|proxy|hello|world|database|db|jupyter|notebook|mlflow|grafana|prefect)+",
    IGNORECASE,
)
_LEET = str.maketrans("013457$@!", "oieastsai")
_EDGE = lazy(r"[^a-z]+")


def is_common(password: str) -> bool:
    """Whether a password is a stock word, digits, or plain letters; `p4ssw0rd`, `admin123!` and `Password_1` too."""
    if password.isdigit() or (password.isalpha() and len(password) < 12):
        return True
    lower = password.lower()
    plain = _EDGE.sub("", lower)
    leet = _EDGE.sub("", lower.rstrip("0123456789!@#$").translate(_LEET))
    return any(_COMMON.fullmatch(word[:64]) for word in (plain, leet) if word)
