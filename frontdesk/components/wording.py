"""Fills the clinic's own facts into replies, so that data/clinic/ is their only home."""

from __future__ import annotations

import re
from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

from frontdesk.clinical.clinic import load_clinic
from frontdesk.settings import data_folder

DIGITS = re.compile(r"\+?\d[\d ]*")


class ClinicWording(TemplatedNaturalLanguageGenerator):
    """Rasa's replies from ``data/responses/`` with ``{clinic_phone}`` and the like filled in."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)
        self._facts = load_clinic(data_folder()).words()

    def generate_from_slots(
        self,
        utter_action: str,
        filled_slots: dict[str, Any],
        output_channel: str,
        **kwargs: Any,
    ) -> dict[str, Any] | None:
        """A reply with slots, the action's own values and the clinic's facts (see Rasa)."""
        values = self._facts | kwargs
        reply: dict[str, Any] | None = super().generate_from_slots(
            utter_action, filled_slots, output_channel, **values
        )
        card = (reply or {}).get("metadata", {}).get("card")
        if reply and card:
            # a copy: the reply itself is used again for the next person
            reply["metadata"] = reply["metadata"] | {"card": _filled(card, values)}
        return reply


def _filled(part: Any, values: dict[str, Any]) -> Any:
    """A card with its placeholders filled in; Rasa fills texts and buttons only."""
    if isinstance(part, str):
        return part.format_map(values)
    if isinstance(part, list):
        return [_filled(one, values) for one in part]
    if isinstance(part, dict):
        whole = {key: _filled(one, values) for key, one in part.items()}
        if str(whole.get("url", "")).startswith("tel:"):
            whole["url"] = _dialed(whole["url"])
        return whole
    return part


def _dialed(link: str) -> str:
    """A number that dials, out of "999 or 112" and "Samaritans on 116 123"."""
    number = DIGITS.search(link)
    return "tel:" + re.sub(r"\s", "", number.group(0)) if number else link
