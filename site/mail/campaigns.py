"""A short word in a letter or on paper that says what led somebody here. Never who they are."""

import re
from urllib.parse import urlencode

# In the query of our own addresses: /bli-medlem/?kod=HT26.
PARAMETER = "kod"
# As people write it by hand, when the case and the spaces are gone.
_CODE = re.compile(r"[A-ZÅÄÖ0-9][A-ZÅÄÖ0-9-]{1,19}")


def tidy(typed: object) -> str:
    """The code as we know it; nothing when it is none. A code that is wrong hinders nobody."""
    code = "".join(str(typed or "").upper().split())
    return code if _CODE.fullmatch(code) else ""


def with_code(address: str, code: str) -> str:
    """The address with the code in its query."""
    if not code:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode({PARAMETER: code})}"
