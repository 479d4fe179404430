"""The names of Python's own modules, the same whichever Python reads them."""

from __future__ import annotations

import sys

# Modules that came or went between Python 3.8 and 3.15.
# Source: https://docs.python.org/3/whatsnew/, sections New and Removed (2026-11-29).
_COME_OR_GONE = frozenset(
    """
    aifc annotationlib asynchat asyncore audioop binhex cgi cgitb chunk compression crypt distutils formatter graphlib
    imghdr imp lib2to3 mailcap msilib nis nntplib ossaudiodev parser pipes profiling smtpd sndhdr spwd sre_compile
    sre_constants sre_parse sunau symbol telnetlib tomllib uu xdrlib zoneinfo
    """.split()
)
STANDARD = _COME_OR_GONE | sys.stdlib_module_names
