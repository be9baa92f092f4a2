"""What a benchmark found: a ratio against its own floor, measured in the same run."""

from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass
class Result:
    """`ratio` is the median over the rounds; `spread` the lowest and the highest of them."""

    name: str
    # Such as ">= 1.0" or "<= 4.0".
    aim: str
    ratios: list[float]
    figures: dict[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    @property
    def met(self) -> bool:
        sign, limit = self.aim.split()
        return self.ratio >= float(limit) if sign == ">=" else self.ratio <= float(limit)

    def as_json(self) -> dict[str, Any]:
        return {
            "ratio": round(self.ratio, 3),
            "aim": self.aim,
            "met": self.met,
            "spread": [round(min(self.ratios), 3), round(max(self.ratios), 3)],
            "rounds": len(self.ratios),
            "figures": self.figures,
        }

    def line(self) -> str:
        low, high = min(self.ratios), max(self.ratios)
        told = ", ".join(f"{name} {value}" for name, value in self.figures.items())
        mark = "ok  " if self.met else "MISS"
        return (
            f"{mark} {self.name:<22} {self.ratio:6.2f}x  (aim {self.aim}, "
            f"rounds {low:.2f}–{high:.2f})  {told}"
        )
