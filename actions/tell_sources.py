"""Says which article and section the last answer came from, and where evidence differs."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import details, last_answer
from actions.knowledge import conditions, library
from frontdesk.domain.claim import in_reading_order

MOST = 3  # claims spelled out; the rest are listed under the message


class TellSources(Action):
    """Answers "says who?" for the last answer given."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_tell_sources"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Name the sources (see Rasa)."""
        replies = last_answer(tracker)
        entries = [details(reply)["entry"] for reply in replies if "entry" in details(reply)]
        if entries:
            sources = conditions()[entries[-1]].sources
            orgs = list(dict.fromkeys(source.org for source in sources))[:MOST]
            lines = "\n".join(f"- {org}" for org in orgs)
            dispatcher.utter_message(response="utter_sources_general", lines=lines)
            return []
        named = [claim for reply in replies for claim in details(reply).get("claims", [])]
        claims = [claim for claim in named if claim in library().claims]
        if claims:
            lines = "\n".join(source_lines(claims))
            dispatcher.utter_message(
                response="utter_sources", lines=lines, metadata={"claims": claims}
            )
        else:
            articles = library().articles
            dispatcher.utter_message(
                response="utter_sources_clinic" if replies else "utter_sources_none",
                article_a=articles["A"].title,
                article_b=articles["B"].title,
            )
        return []


def source_lines(claims: list[str]) -> list[str]:
    """One list line a claim: what it says, where, and the caution where evidence differs."""
    lines = []
    for name in in_reading_order(claims)[:MOST]:
        claim = library().claims[name]
        title = library().articles[claim.article].title
        line = f'- {claim.says} ("{title}", {claim.section})'
        lines.append(f"{line} **But note:** {claim.caution}" if claim.caution else line)
    return lines
