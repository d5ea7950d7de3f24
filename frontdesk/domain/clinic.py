"""The clinic's own facts: who it is, where, when and for how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Emergency:
    """The numbers to call where the clinic is."""

    emergency: str
    crisis: str
    advice: str


@dataclass(frozen=True, slots=True)
class Clinic:
    """Everything about one clinic that replies and pages may name.

    ``facts`` are short sentences a reply can quote whole; ``hours`` runs from Monday to
    Sunday with opening and closing time as ``HH:MM`` in ``time_zone``, empty when closed.
    ``prices`` are in ``currency`` by length in minutes.
    """

    name: str
    tagline: str
    phone: str
    phone_link: str
    email: str
    address: str
    time_zone: str
    currency: str
    emergency: Emergency
    hours: Mapping[str, tuple[str, ...]]
    prices: Mapping[int, int]
    facts: Mapping[str, str]

    def words(self) -> dict[str, str]:
        """The placeholders replies may use, such as ``{clinic_phone}``."""
        named = {
            "clinic_name": self.name,
            "clinic_phone": f"[{self.phone}]({self.phone_link})",
            "clinic_email": self.email,
            "clinic_address": self.address,
            "clinic_hours": self.hours_in_words(),
            "clinic_prices": self.prices_in_words(),
            "emergency_number": self.emergency.emergency,
            "crisis_number": self.emergency.crisis,
            "advice_number": self.emergency.advice,
        }
        return named | {f"clinic_{name}": fact for name, fact in self.facts.items()}

    def hours_in_words(self) -> str:
        """The week as lines, neighboring days with equal hours taken together."""
        lines: list[str] = []
        days = list(self.hours.items())
        start = 0
        while start < len(days):
            end = start
            while end + 1 < len(days) and days[end + 1][1] == days[start][1]:
                end += 1
            name = days[start][0] if end == start else f"{days[start][0]} to {days[end][0]}"
            times = days[start][1]
            lines.append(f"- {name}: " + (" to ".join(map(_spoken_time, times)) or "closed"))
            start = end + 1
        return "\n".join(lines)

    def prices_in_words(self) -> str:
        """The price list as lines, shortest session first."""
        return "\n".join(
            f"- {minutes} minutes: {self.currency}{price}"
            for minutes, price in sorted(self.prices.items())
        )


def _spoken_time(clock: str) -> str:
    hour, minute = (int(part) for part in clock.split(":"))
    spoken = f"{(hour - 1) % 12 + 1}" + (f":{minute:02}" if minute else "")
    return f"{spoken} {'am' if hour < 12 else 'pm'}"
