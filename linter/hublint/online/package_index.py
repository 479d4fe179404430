"""Which versions of a package the index has.

Source: https://packaging.python.org/en/latest/specifications/simple-repository-api/ (JSON, `versions` of PEP 700).
"""

from __future__ import annotations

import json
import os
from time import monotonic
from urllib.parse import urlsplit

from hublint import __version__
from hublint.audit.hub.errors import HubError

PUBLIC = "https://pypi.org"
VARIABLE = "HUBLINT_PACKAGE_INDEX"
_JSON = "application/vnd.pypi.simple.v1+json"
_LARGEST = 32 * 1024 * 1024
_SECONDS = 10.0
_WHOLE = 30.0


class PackageIndex:
    """The index that the environment names, else PyPI, from which the Hub builds Spaces. It is sent no credential.

    Attributes:
        host: what it is called.
    """

    def __init__(self) -> None:
        self._address = (os.environ.get(VARIABLE) or PUBLIC).rstrip("/")
        self.host = urlsplit(self._address).hostname or self._address

    def releases(self, package: str) -> tuple[str, ...]:
        """The versions of a package.

        Raises:
            HubError: the index does not say.
        """
        data = self._asked(f"{self._address}/simple/{package}/")
        try:
            found = json.loads(data)["versions"]
        except (ValueError, TypeError, KeyError, RecursionError):
            found = None
        if not isinstance(found, list) or not found or not all(isinstance(each, str) for each in found):
            raise HubError(f"{self.host} does not list versions as an index of packages does")
        return tuple(found)

    def _asked(self, url: str) -> bytes:
        from huggingface_hub import get_session

        headers = {"accept": _JSON, "user-agent": f"hublint/{__version__}"}
        ends = monotonic() + _WHOLE
        try:
            with get_session().stream("GET", url, headers=headers, timeout=_SECONDS) as response:
                if response.status_code != 200:
                    raise HubError(f"{self.host} answers {response.status_code}")
                data = bytearray()
                for chunk in response.iter_bytes():
                    data += chunk
                    if len(data) > _LARGEST or monotonic() > ends:
                        raise HubError(f"{self.host} does not give all of its list in time, or it is too long")
        except HubError:
            raise
        except Exception as error:  # httpx, by whichever name huggingface_hub has it
            raise HubError(f"{self.host} cannot be reached ({type(error).__name__})") from None
        return bytes(data)
