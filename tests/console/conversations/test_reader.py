"""Reading the assistant's stores: each event once, late ones too, and never a second copy."""

import pytest

from frontdesk.console.conversations import reader
from frontdesk.console.conversations.models import Conversation, Mark, Message, Notice, Reading
from frontdesk.console.conversations.watch import read_new
from frontdesk.domain.handoff import Reason
from tests.console.conversations.conftest import flag


def test_conversation_is_summed_up(assistant, read):
    assistant.hear("one", "how much is it?", confidence=0.9)
    assistant.slot("one", "treatment", "swedish")
    assistant.say("one", "It is $105.", utter_action="utter_price")
    assistant.hear("one", "hm what", intent="nlu_fallback", confidence=0.3)
    assistant.slot("one", "booking_reference", "HM-7KQ4T")
    read()
    one = Conversation.objects.get()
    assert (one.key, one.channel, one.turns) == ("one", "website", 2)
    assert one.lowest_confidence == pytest.approx(0.3)
    assert one.reference == "HM-7KQ4T"
    assert set(one.marks.values_list("kind", "value")) == {
        ("channel", "website"),
        ("intent", "ask_price"),
        ("intent", "nlu_fallback"),
        ("treatment", "swedish"),
        ("trait", "fallback"),
        ("trait", "low_confidence"),
        ("trait", "booked"),
    }
    assert {mark.last_at for mark in Mark.objects.all()} == {one.last_at}


def test_reading_again_changes_nothing(assistant, read):
    assistant.hear("one", "how much is it?")
    read()
    before = list(Conversation.objects.values())
    assert read_new() == 0
    assert list(Conversation.objects.values()) == before
    assert Message.objects.count() == 1


def test_batch_ending_in_the_middle_of_a_conversation(assistant, read, monkeypatch):
    monkeypatch.setattr(reader, "AT_ONCE", 3)
    for number in range(10):
        assistant.hear("one", f"message {number}")
        assistant.hear("two", f"message {number}")
    read()
    assert set(Conversation.objects.values_list("key", "turns")) == {("one", 10), ("two", 10)}
    assert Message.objects.count() == 20


def test_failure_in_a_batch_loses_and_doubles_nothing(assistant, read, monkeypatch):
    assistant.hear("one", "how much is it?")
    with monkeypatch.context() as broken:
        broken.setattr(reader.Message.objects, "bulk_create", lambda *a, **k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            read()
    assert not Conversation.objects.exists()
    read()
    assert Conversation.objects.get().turns == 1


def test_number_that_arrives_late_is_read(assistant, read):
    assistant.hear("one", "first", number=1)
    assistant.hear("one", "third", number=3)
    read()
    assert [number for number, _ in Reading.objects.get(feed="events").gaps] == [2]
    assistant.hear("one", "second", number=2)
    read()
    assert Conversation.objects.get().turns == 3
    assert Reading.objects.get(feed="events").gaps == []


def test_number_that_never_arrives_is_given_up(assistant, read, monkeypatch):
    assistant.hear("one", "first", number=1)
    assistant.hear("one", "third", number=3)
    read()
    monkeypatch.setattr(reader, "LATE", -1.0)
    read()
    assert Reading.objects.get(feed="events").gaps == []


def test_personal_words_are_not_copied(assistant, read):
    said = "I'm Priya Ramanathan, call (212) 555-0177 or p.r@example.com"
    assistant.hear("one", said, private=[[4, 20, "name"]])
    read()
    kept = Message.objects.get().masked
    assert "Ramanathan" not in kept
    assert "0177" not in kept
    assert "example.com" not in kept


def test_red_flag_needs_a_person_and_staff_are_told(assistant, read, settings):
    settings.NOTIFY_EMAILS = ["desk@example.com"]
    settings.NOTIFY_WEBHOOKS = ["https://hooks.example.com/1"]
    assistant.hear("one", "it is numb", entities=[flag()])
    assistant.hand_over("one")
    read()
    one = Conversation.objects.get()
    assert one.need == "red_flag"
    assert {notice.way for notice in Notice.objects.all()} == {"email", "webhook"}
    assistant.hand_over("one")  # the same once more is no news
    assistant.hand_over("one", Reason.PERSON)  # nor is something lesser
    read()
    assert Conversation.objects.get().need == "red_flag"
    assert Notice.objects.count() == 2


def test_graver_need_replaces_a_lesser_one(assistant, read):
    assistant.hear("one", "let me talk to someone", intent="talk_to_human")
    assistant.hand_over("one", Reason.PERSON)
    read()
    assert Conversation.objects.get().need == "person"
    assistant.hand_over("one", Reason.RED_FLAG)
    read()
    assert Conversation.objects.get().need == "red_flag"


def test_red_flag_while_a_person_answers_is_noticed_here(assistant, read):
    assistant.hear("one", "hello")
    assistant.write("one", "pause")
    assistant.hear("one", "it is numb", entities=[flag()])
    read()
    assert Conversation.objects.get().need == "red_flag"


@pytest.mark.parametrize("given", [{"assertion": "absent"}, {"subject": "other"}])
def test_what_is_no_alarm_is_none(assistant, read, given):
    assistant.hear("one", "hello")
    assistant.write("one", "pause")
    assistant.hear("one", "it is numb", entities=[flag(**given)])
    read()
    assert Conversation.objects.get().need == ""


def test_visitor_waits_from_the_first_unanswered_message(assistant, read):
    assistant.hear("one", "hello")
    assistant.write("one", "pause")
    assistant.hear("one", "anybody there?")
    assistant.hear("one", "hello??")
    read()
    waiting = Conversation.objects.get().waiting_since
    assert waiting == Message.objects.get(masked="anybody there?").at
    assistant.say("one", "Here I am.", **{"from": "staff", "by": "Maya"})
    read()
    assert Conversation.objects.get().waiting_since is None


def test_odd_events_are_passed_over(assistant, read):
    assistant.write("one", "user", text=None, parse_data=None)
    assistant.write("one", "bot", text=None)
    assistant.write("one", "slot")
    assistant.write("one", "something_new", what=[1, 2])
    assistant.hear("one", "hello", entities=[{"entity": "treatment", "value": ["swedish", "thai"]}])
    read()
    assert Conversation.objects.get().turns == 1
    assert set(Mark.objects.filter(kind="treatment").values_list("value", flat=True)) == {
        "swedish",
        "thai",
    }


def test_store_that_is_not_there_yet_is_empty(assistant, read):
    assistant.path.unlink()
    read()
    assert not Conversation.objects.exists()
