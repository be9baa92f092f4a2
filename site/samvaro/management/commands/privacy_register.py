from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from privacy.registry import exemptions, rules

BEGIN = "<!-- register: written by `manage.py privacy_register` -->"
END = "<!-- end of register -->"


def table() -> str:
    """The tables that hold something about people, by the rules that the code follows."""
    lines = ["| Tabell | Uppgifter | Hur länge |", "|---|---|---|"]
    for rule in rules():
        fields = ", ".join(f"`{field}`" for field in rule.fields)
        lines.append(f"| `{rule.model._meta.label}` | {fields} | {rule.kept} |")
    lines += ["", "| Tabell utan egen regel | Varför |", "|---|---|"]
    lines += [f"| `{entry.model._meta.label}` | {entry.reason} |" for entry in exemptions()]
    return "\n".join(lines)


class Command(BaseCommand):
    help = "Writes the register of processing into docs/privacy.md, from the rules in the code."

    def handle(self, *args: Any, **options: Any) -> None:
        file = Path(settings.ROOT) / "docs" / "privacy.md"
        before, _, rest = file.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        file.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}", encoding="utf-8")
        self.stdout.write(f"{file.relative_to(settings.ROOT)} is up to date")
