"""Says which article and section the last answer came from, and where evidence differs."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import details, replies_before
from actions.knowledge import library
from frontdesk.domain.claim import in_reading_order

MOST = 4  # claims spelled out; the chat window lists them all
LOOK_BACK = 3  # replies looked through, so that a side question does not hide the answer


class TellSources(Action):
    """Answers "says who?"."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_tell_sources"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Name the sources (see Rasa)."""
        claims: list[str] = []
        for reply in replies_before(tracker)[:LOOK_BACK]:
            claims = [c for c in details(reply).get("claims", []) if c in library().claims]
            if claims:
                break
        articles = library().articles
        if not claims:
            dispatcher.utter_message(
                response="utter_sources_clinic",
                article_a=articles["A"].title,
                article_b=articles["B"].title,
            )
            return []
        dispatcher.utter_message(
            response="utter_sources",
            lines="\n".join(source_lines(claims)),
            metadata={"claims": claims},
        )
        return []


def source_lines(claims: list[str]) -> list[str]:
    """One list line a claim: what it says, where, and the caution where evidence differs."""
    lines = []
    for name in in_reading_order(claims)[:MOST]:
        claim = library().claims[name]
        title = library().articles[claim.article].title
        line = f'- {claim.says} ("{title}", {claim.section})'
        lines.append(f"{line} **Please note:** {claim.caution}" if claim.caution else line)
    return lines
