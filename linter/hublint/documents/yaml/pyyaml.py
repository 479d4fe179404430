"""PyYAML, without the patterns of its own reader, a tenth of a clean run: libyaml needs none of them."""

import re

from hublint.regexes import lazy

_compile = re.compile
re.compile = lazy  # type: ignore[assignment]
try:
    import yaml as yaml
finally:
    re.compile = _compile
