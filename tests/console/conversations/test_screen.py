"""One conversation: what is shown, what is hidden, and how far back it goes."""

import re

import pytest
from ruamel.yaml import YAML

from frontdesk.console.conversations import page, services
from frontdesk.console.conversations.errors import CannotDo
from frontdesk.console.conversations.models import Conversation
from frontdesk.console.staff.models import Look
from tests.console.conversations.conftest import flag

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"


@pytest.fixture
def one(assistant, read):
    """A conversation with a name, a red flag and a booking form's slots."""
    text = "it is numb between my legs, I am Priya Ramanathan"
    place = [[33, 49, "name"]]
    assistant.hear("one", text, "report_red_flag", 1.0, [flag(6, 26)], private=place)
    assistant.write("one", "action", name="action_report_red_flag", policy="0_SafetyPolicy")
    assistant.say("one", "Please call **911** now.", utter_action="utter_red_flag_emergency")
    assistant.slot("one", "contact_name", "Priya Ramanathan")
    assistant.slot("one", "contact_phone", "+12125550177")
    assistant.say("one", "For Priya, [(212) 555-0177](tel:+12125550177)?")
    finding = {"id": "rf_saddle_numbness", "kind": "red_flag", "assertion": "present"}
    assistant.slot("one", "findings", [finding])
    assistant.slot(
        "one", "suitability", {"swedish": {"verdict": "avoid", "reasons": ["rf_saddle_numbness"]}}
    )
    read()
    return Conversation.objects.get()


@pytest.fixture
def opened(client, maya, one):
    def look(path=""):
        answer = client.get(f"/staff/conversations/{one.pk}/{path}")
        assert answer.status_code == 200
        return answer.content.decode()

    return look


def test_words_are_marked_and_reasons_told(opened):
    text = opened()
    assert re.search(r'<mark class="red_flag"[^>]*>\s*numb between my legs\s*</mark>', text)
    assert "action_report_red_flag (SafetyPolicy)" in text
    assert "utter_red_flag_emergency" in text
    assert "Please call 911 now." in text
    assert "Not now" in text


def test_details_are_hidden_everywhere(opened):
    for path in ("", "text/", "story/", "lines/?after=0"):
        text = opened(path)
        for word in ("Ramanathan", "Priya", "0177"):
            assert word not in text, path


def test_reason_opens_them_for_this_conversation_only(client, opened, one, assistant, read):
    client.post(f"/staff/conversations/{one.pk}/reveal/", {"reason": "to call her back"})
    assert "Ramanathan" in opened()
    look = Look.objects.get(deed="revealed")
    assert (look.who, look.conversation, look.reason) == ("maya", one.pk, "to call her back")
    assistant.hear("two", "call (212) 555-0199")
    read()
    other = Conversation.objects.get(key="two")
    assert "0199" not in client.get(f"/staff/conversations/{other.pk}/").content.decode()
    client.post(f"/staff/conversations/{one.pk}/reveal/", {"hide": "yes"})
    assert "Ramanathan" not in opened()


@pytest.mark.parametrize("reason", ["", "    ", "hm", "x" * 201])
def test_no_reason_no_look(client, opened, one, reason):
    client.post(f"/staff/conversations/{one.pk}/reveal/", {"reason": reason})
    assert "Ramanathan" not in opened()
    assert not Look.objects.exists()


def test_look_ends_by_itself(client, opened, one, monkeypatch):
    from frontdesk.console.conversations import revealing

    monkeypatch.setattr(revealing, "LASTS", -1)
    client.post(f"/staff/conversations/{one.pk}/reveal/", {"reason": "to call her back"})
    assert "Ramanathan" not in opened()


def test_hostile_text_stays_text(client, maya, assistant, read):
    assistant.hear("one", HOSTILE, HOSTILE[:40], 0.2, [flag(0, 9, value=HOSTILE[:50])])
    assistant.say("one", HOSTILE, **{"from": "staff", "by": HOSTILE})
    assistant.slot("one", "findings", [{"id": HOSTILE, "kind": "condition", "assertion": HOSTILE}])
    assistant.slot("one", "treatment", HOSTILE[:50])
    read()
    one = Conversation.objects.get()
    services.tag(one, "<b>tag</b>")
    services.note(one, maya, HOSTILE)
    maya.first_name = "<i>M</i>"
    maya.save()
    for path in ("", f"conversations/{one.pk}/", f"conversations/{one.pk}/lines/?after=0"):
        text = client.get(f"/staff/{path}").content.decode()
        for hostile in ("<script>alert", "<img src=x", "<b>tag", "<i>M"):
            assert hostile not in text, path


def test_long_conversation_opens_at_its_end_and_pages_back(client, maya, assistant, read):
    for number in range(400):
        assistant.hear("one", f"message number {number}.", "greet")
        assistant.say("one", f"answer number {number}.")
    read()
    one = Conversation.objects.get()
    address, seen = f"/staff/conversations/{one.pk}/", []
    while address:
        text = client.get(address).content.decode()
        found = [int(number) for number in re.findall(r"message number (\d+)\.", text)]
        seen = found + seen
        older = re.search(r'hx-get="([^"]*before=\d+)"', text)
        address = older[1] if older else ""
    assert seen == list(range(400))


def test_link_leads_to_a_moment_long_ago(client, maya, assistant, read):
    for number in range(300):
        assistant.hear("one", f"message number {number}.", "greet")
        assistant.hear("two", f"message number {number}.", "greet")
    read()
    one = Conversation.objects.get(key="one")
    text = client.get(f"/staff/conversations/{one.pk}/?around=101").content.decode()
    assert 'id="m101"' in text
    assert 'id="m103"' in text  # and how it went on
    assert 'id="m599"' not in text


def test_story_is_yaml_that_rasa_can_read(opened, client, one):
    told = YAML(typ="safe").load(opened("story/"))
    steps = told["stories"][0]["steps"]
    assert steps[0]["intent"] == "report_red_flag"
    assert steps[0]["user"].startswith("it is numb between my legs")
    assert {"action": "action_report_red_flag"} in steps
    assert Look.objects.filter(deed="exported").exists()


def test_page_does_not_read_what_is_not_there(client, maya, one):
    assert client.get("/staff/conversations/999999/").status_code == 404
    assert client.get(f"/staff/conversations/{one.pk}/lines/?before=x").status_code == 404


def test_pieces_cover_the_text_whatever_overlaps():
    writer = page.Writer(["Tom"], is_revealed=False)
    text = "Tom has a numb leg, call 212-555-0177 (Tom)"
    assert "Tom" not in writer.text(text)
    assert "0177" not in writer.text(text)
    shown = page.Writer(["Tom"], is_revealed=True)
    assert shown.text(text) == text


@pytest.mark.parametrize("name", ["", "   ", "x" * 41])
def test_tags_have_a_name(one, name):
    with pytest.raises(CannotDo):
        services.tag(one, name)
