"""A conversation with the assistant in the terminal; buttons are numbers."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from typing import Any

from frontdesk import settings
from frontdesk.commands.run import is_ready


def _address(path: str) -> str:
    return f"http://127.0.0.1:{settings.port(settings.ASSISTANT_PORT)}/webhooks/website/{path}"


def post(path: str, body: dict[str, Any], token: str = "") -> dict[str, Any]:
    """Send to the website channel and return what it says, an error's words included."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    request = urllib.request.Request(_address(path), json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            told: dict[str, Any] = json.load(answer)
    except urllib.error.HTTPError as error:
        told = json.load(error)
    return told


def show(told: dict[str, Any]) -> list[dict[str, str]]:
    """Print the assistant's messages and return the buttons under the last."""
    if "error" in told:
        print(f"\n{told['message']}")
        return []
    buttons: list[dict[str, str]] = []
    for message in told["messages"]:
        if message["from"] == "visitor":
            continue
        print(f"\n{message['text']}")
        if message["sources"]:
            print(f"  ({', '.join(source['claim'] for source in message['sources'])})")
        buttons = message["buttons"]
    for number, button in enumerate(buttons, start=1):
        print(f"  {number}  {button['title']}")
    return buttons


def talk() -> None:
    """One conversation, until the end of input."""
    opened = post("session", {})
    buttons = show(opened)
    while True:
        try:
            typed = input("\n> ").strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return
        if not typed:
            continue
        sent: dict[str, Any] = {"id": str(uuid.uuid4()), "text": typed}
        if typed.isdigit() and 0 < int(typed) <= len(buttons):
            sent = {"id": sent["id"], "button": buttons[int(typed) - 1]["id"]}
        buttons = show(post("messages", sent, opened["session"]))


def main() -> None:
    """Talk to what is running, or start it for as long as the talk lasts."""
    started = None
    if not is_ready():
        print("Starting (about 20 seconds) ...", flush=True)
        started = subprocess.Popen(
            [sys.executable, "-m", "frontdesk.commands.run"],
            cwd=settings.ROOT,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        while not is_ready():
            if started.poll() is not None:
                sys.exit(1)
            time.sleep(0.2)
    print("Ctrl-D ends the talk; a number presses a button.")
    try:
        talk()
    finally:
        if started is not None:
            started.terminate()
            started.wait()


if __name__ == "__main__":
    main()
