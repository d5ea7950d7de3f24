"""Shows what the assistant understands of one message."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import urllib.request
from typing import Any

from frontdesk import log, settings
from frontdesk.channels.boundary import plain_text

GUESSES = 3


def understood(text: str) -> dict[str, Any]:
    """What the running assistant understands, or the model when none runs."""
    port = settings.port(settings.ASSISTANT_PORT)
    address = f"http://127.0.0.1:{port}/model/parse?token={settings.api_token()}"
    request = urllib.request.Request(address, json.dumps({"text": text}).encode())
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            told: dict[str, Any] = json.load(answer)
            return told
    except OSError:
        return asyncio.run(_from_model(text))


async def _from_model(text: str) -> dict[str, Any]:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    log.set_up()
    from rasa.core.agent import Agent

    agent = Agent.load(str(settings.models_folder()))
    told: dict[str, Any] = await agent.parse_message(text)
    return told


def main() -> None:
    """Print intent, next guesses and entities."""
    text = plain_text(" ".join(sys.argv[1:]))
    if not text:
        sys.exit('Say something: make say TEXT="my lower back hurts"')
    told = understood(text)
    print(f"\n{'intent':12} {told['intent']['name']}  ({told['intent']['confidence']:.0%})")
    for guess in told.get("intent_ranking", [])[1 : 1 + GUESSES]:
        print(f"{'or':12} {guess['name']}  ({guess['confidence']:.0%})")
    for entity in told.get("entities", []):
        words = text[entity["start"] : entity["end"]]
        more = [f"{key} {entity[key]}" for key in ("assertion", "subject") if key in entity]
        print(f"{entity['entity']:12} {entity['value']}  “{words}”  {', '.join(more)}")


if __name__ == "__main__":
    main()
