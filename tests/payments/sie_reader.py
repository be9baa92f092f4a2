"""Reads SIE by itself, knowing nothing of how ours is written: for comparing."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

# A quoted text, where \" is a quotation mark, or a word without spaces.
_FIELD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\{[^}]*\})|(\S+)')


@dataclass
class Read:
    facts: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    vouchers: list[tuple[int, str, str, list[tuple[str, Decimal]]]] = field(default_factory=list)


def fields(line: str) -> list[str]:
    return [
        found[1].replace('\\"', '"') if found[1] is not None else found[2] or found[3]
        for found in _FIELD.finditer(line)
    ]


def read(content: bytes) -> Read:
    text = content.decode("cp437")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    found, inside = Read(), False
    for line in text.split("\r\n")[:-1]:
        words = fields(line)
        if words[0] == "#VER":
            found.vouchers.append((int(words[2]), words[3], words[4], []))
        elif words[0] in "{}":
            assert inside == (words[0] == "}")
            inside = words[0] == "{"
        elif words[0] == "#TRANS":
            assert inside
            found.vouchers[-1][3].append((words[1], Decimal(words[3])))
        elif words[0] == "#KONTO":
            found.accounts[words[1]] = words[2]
        else:
            found.facts[words[0]] = " ".join(words[1:])
    assert not inside
    return found
