"""Somebody is erased while their chat is open: nothing old comes back, and they can go on."""

import sqlite3
import subprocess
import sys
import time

import pytest

from frontdesk.settings import ROOT
from tests.visitor import Visitor, call, texts

NAME, PHONE, WORD = "Zorblatt Quuxley", "212-555-0166", "quibblesome"
# The digits whole: seven of them alone turn up by chance among the thousands of stored likelihoods.
DIGITS = "2125550166"


def rows(stack, file, query, *values):
    with sqlite3.connect(stack.folder / file) as database:
        return database.execute(query, values).fetchall()


def conversation_of(stack, word):
    like = f"%{word}%"
    query = "SELECT DISTINCT conversation FROM website_message WHERE text LIKE ?"
    ((key,),) = rows(stack, "website.db", query, like)
    return key


def manage(stack, *words):
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        env=stack.env,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def files_with(stack, word):
    return [
        path.name
        for path in stack.folder.rglob("*")
        if path.is_file() and word.lower().encode() in path.read_bytes().lower()
    ]


def seen_by_staff(stack, key):
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        if rows(stack, "console.db", "SELECT 1 FROM conversations_conversation WHERE key = ?", key):
            return True
        time.sleep(0.2)
    return False


def tracker(stack, key):
    address = f"{stack.api}/conversations/{key}/tracker?token={stack.token}"
    return call(address, method="GET").body


@pytest.mark.parametrize("way", ["--contact", "--conversation"])
def test_erased_while_the_chat_is_open(stack, way):
    visitor, other = Visitor(stack.chat), Visitor(stack.chat)
    other.say("my lower back hurts, says the other one")
    visitor.say(f"my name is {NAME} and my lower back hurts, {WORD}")
    visitor.say(f"you can reach me at {PHONE}")
    key = conversation_of(stack, WORD)
    assert seen_by_staff(stack, key)
    events = tracker(stack, key)["events"]
    said = [event["parse_data"] for event in events if event["event"] == "user"]
    assert any(place[2] == "name" for place in said[0]["private"]), "names are stored with it"

    done = manage(stack, "erase", way, PHONE if way == "--contact" else key)
    assert done.returncode == 0, done.stdout + done.stderr
    for word in ("zorblatt", "quuxley", WORD, DIGITS, "555-0166", key):
        assert files_with(stack, word) == [], word

    heard = visitor.say("hello, do you offer hot stone massage?")
    assert heard and "hot stone" in texts(heard).lower()
    now = tracker(stack, key)
    assert now["slots"]["pain_area"] in (None, [])
    assert [e["text"] for e in now["events"] if e["event"] == "user"][1:] == []
    for word in ("zorblatt", "quuxley", WORD, DIGITS):
        assert files_with(stack, word) == [], word
    history = visitor.history().body["messages"]
    assert WORD not in texts(history) and len(history) >= 2
    assert texts(other.say("thanks"))
