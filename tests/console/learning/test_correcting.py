"""One message in detail: words, findings, and what may never be learned."""

import pytest
from django.urls import reverse

from frontdesk.console.learning.cases import Case
from frontdesk.console.learning.models import Correction
from frontdesk.console.staff.models import Look

SCOLIOSIS = {
    "entity": "condition",
    "value": "scoliosis",
    "assertion": "present",
    "subject": "client",
    "start": 0,
    "end": 5,
}


def address(message):
    return reverse("correct", args=[message.event])


def filled(**more):
    return {"phrase": "my calfs are killing me", "intent": "describe_pain"} | more


@pytest.fixture
def message(conversations, receptionist):
    return conversations.heard("my calfs are killing me", entities=[SCOLIOSIS])


def test_all_that_was_filled_in_is_kept(client, message, receptionist):
    answer = client.post(
        address(message),
        filled(
            entity=["pain_area:legs", ""],
            words=["Calfs", ""],
            missed=["rf_dvt_signs", ""],
            missed_words=["killing me", ""],
            assertion=["possible", "present"],
            subject=["other", "client"],
            wrong=["scoliosis"],
            note="spelled wrong",
        ),
    )
    assert answer["Location"] == "/staff/learn/"
    kept = Correction.objects.get()
    assert (kept.status, kept.intent, kept.note) == ("corrected", "describe_pain", "spelled wrong")
    assert kept.entities == [{"entity": "pain_area", "value": "legs", "words": "calfs"}]
    missed = {
        "id": "rf_dvt_signs",
        "words": "killing me",
        "assertion": "possible",
        "subject": "other",
    }
    assert kept.findings == {"missed": [missed], "wrong": ["scoliosis"], "kept": []}
    message.refresh_from_db()
    assert not message.is_open
    told = client.get(address(message)).content.decode()
    assert "calfs" in told and "spelled wrong" in told and f"Corrected by {receptionist}" in told


def test_nothing_changed_is_accepted(client, message):
    message.intent = "ask_price"
    client.post(address(message), filled(intent="ask_price"))
    kept = Correction.objects.get()
    assert kept.status == "accepted"
    assert [one["id"] for one in kept.findings["kept"]] == ["scoliosis"]


@pytest.mark.parametrize(
    "wrong, told",
    [
        ({"phrase": "ask [name] about it"}, "[name]"),
        ({"phrase": "ask [Date Of Birth] about it"}, "nothing personal is learned"),
        ({"phrase": "call me on 212-555-0143"}, "[phone]"),
        ({"phrase": "write to maya@example.com"}, "[email]"),
        ({"phrase": " .?! "}, "give the words"),
        ({"phrase": "word " * 101}, "shorten the phrase"),
        ({"intent": "report_red_flag"}, "choose what the message meant"),
        ({"intent": "no_such"}, "choose what the message meant"),
        ({"entity": ["pain_area:moon"], "words": ["calfs"]}, "what the marked words stand for"),
        ({"entity": ["pain_area:legs"], "words": ["knees"]}, "must stand in the phrase"),
        ({"entity": ["pain_area:legs"], "words": ["alf"]}, "must stand in the phrase"),
        ({"entity": ["pain_area:legs"], "words": [""]}, "must stand in the phrase"),
        ({"missed": ["no_such"], "assertion": ["present"], "subject": ["client"]}, "was missed"),
        ({"missed": ["fever"], "assertion": ["perhaps"], "subject": ["client"]}, "was stated"),
        (
            {"missed": ["fever"] * 2, "assertion": ["present"] * 2, "subject": ["client"] * 2},
            "each missed finding once",
        ),
    ],
)
def test_what_cannot_be_learned_is_refused_with_what_was_typed(client, message, wrong, told):
    answer = client.post(address(message), filled(note="my own words", **wrong))
    shown = answer.content.decode()
    assert answer.status_code == 422 and told in shown and "my own words" in shown
    assert not Correction.objects.exists()


def test_personal_words_in_a_note_are_masked(client, message):
    client.post(address(message), filled(note="she said to call 212-555-0143"))
    assert Correction.objects.get().note == "she said to call [phone]"


def test_page_shows_masked_words_until_they_are_revealed(conversations, client, receptionist):
    message = conversations.heard("my number is 212-555-0143, what is it then")
    told = client.get(address(message)).content.decode()
    assert "[phone]" in told and "0143" not in told
    talk = message.conversation_id
    client.post(reverse("reveal", args=[talk]), {"reason": "to understand what they meant"})
    assert Look.objects.filter(deed="revealed", conversation=talk).count() == 1
    told = client.get(address(message)).content.decode()
    assert "As it was written" in told and "212-555-0143" in told
    assert "212-555-0143" not in told.partition("<textarea")[2].partition("</textarea")[0]


def test_message_in_a_conversation_leads_here_and_back(client, message):
    talk = reverse("conversation", args=[message.conversation_id])
    assert f'href="{address(message)}"' in client.get(talk).content.decode()
    page = client.get(address(message), headers={"Referer": f"http://testserver{talk}"})
    assert 'name="from_talk"' in page.content.decode()
    answer = client.post(address(message), filled(from_talk="yes"))
    assert answer["Location"] == f"{talk}#m{message.event}"


def test_message_by_staff_or_by_nobody_is_not_there(conversations, client, receptionist):
    data = {"event": "bot", "text": "hello, Maya here", "metadata": {"from": "staff"}}
    event = conversations.add("talk", "bot", data)
    conversations.heard("hi", key="talk")
    for number in (event, 4711):
        assert client.get(reverse("correct", args=[number])).status_code == 404


def test_message_that_the_store_has_forgotten_can_be_corrected(conversations, client, message):
    with conversations.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM events")
    assert "my calfs are killing me" in client.get(address(message)).content.decode()
    client.post(address(message), filled())
    assert Correction.objects.get().intent == "describe_pain"


def test_red_flag_that_was_rightly_raised_is_accepted(conversations, client, receptionist):
    flag = {**SCOLIOSIS, "entity": "red_flag", "value": "rf_stroke_signs"}
    message = conversations.heard("face slid off", intent="report_red_flag", entities=[flag])
    client.post(address(message), {"phrase": "face slid off", "intent": ""})
    kept = Correction.objects.get()
    assert (kept.status, kept.intent, kept.took_for) == ("accepted", "", "report_red_flag")
    assert Case.of(kept).intent == "report_red_flag"
