"""Every figure against what was counted by hand."""

import datetime

import pytest

from frontdesk.console.bookings.models import Appointment, Room, Therapist
from frontdesk.console.conversations import reader
from frontdesk.console.conversations.models import Conversation, HandOver, Need, Tally
from frontdesk.console.conversations.needs import note_settled, note_taken
from frontdesk.console.figures import gallery
from frontdesk.console.figures.period import Period
from frontdesk.domain.handoff import Reason

UTC = datetime.timezone.utc


def rows(figure):
    """The rows that are not all nothing, by their first cell."""
    return {row[0]: row[1:] for row in figure.rows if any(row[1:])}


def test_conversations_are_counted_on_the_clinics_days(assistant, read, on, period):
    today, before = on(0), on(1, hour=23, minute=59)
    assistant.hear("late-one", "hello")  # 23:59:01, and after midnight
    assistant.now += 120
    assistant.hear("late-one", "still there")
    on(0, minute=1, hour=0)
    assistant.hear("early-one", "hello")
    assistant.hear("flagged", "numb")
    assistant.hand_over("flagged", Reason.RED_FLAG)
    on(29)
    assistant.hear("first-day", "hello")
    on(30)
    assistant.hear("too-old", "hello")
    read()
    figure = gallery.conversations(period)
    first = period.days[0]
    assert rows(figure) == {first: (1, 1, 1.0), before: (1, 1, 1.0), today: (2, 1, 0.5)}
    assert len(figure.rows) == 30
    assert figure.told == "4 conversations, 75.0 % answered without a person."


def test_taking_over_unasked_counts_as_a_person(assistant, read, on, period, known):
    today = on(0)
    assistant.hear("quiet", "hello")
    read()
    note_taken(known("quiet"), datetime.datetime.now(UTC))
    assert rows(gallery.conversations(period)) == {today: (1, 0, 0.0)}
    assert gallery.handovers(period).rows == []  # nobody had to wait


def test_waits_are_those_of_the_rows(assistant, read, on, period, known):
    on(2)
    for number in range(10):
        assistant.hear(f"waits-{number}", "a person please")
        assistant.hand_over(f"waits-{number}", Reason.PERSON)
    assistant.hear("phones", "a person please")
    assistant.hand_over("phones", Reason.PERSON)
    assistant.hear("hurts", "numb")
    assistant.hand_over("hurts", Reason.RED_FLAG)
    read()
    for number in range(10):
        one = known(f"waits-{number}")
        note_taken(one, one.need_at + datetime.timedelta(seconds=60 * (number + 1)))
    note_settled(known("phones"), datetime.datetime.now(UTC))
    figure = gallery.handovers(period)
    assert figure.rows == [
        ("Red flag", 1, 0, None, None),
        ("Asked for a person", 11, 10, 330.0, 540.0),
    ]
    assert figure.shown[1] == ["Asked for a person", "11", "10", "5 min 30 s", "9 min 0 s"]


def test_graver_need_is_a_hand_over_of_its_own_and_the_same_again_is_none(
    assistant, read, on, known
):
    on(0)
    assistant.hear("worse", "a person please")
    for reason in (Reason.PERSON, Reason.PERSON, Reason.RED_FLAG, Reason.PERSON):
        assistant.hand_over("worse", reason)
    read()
    needs = HandOver.objects.order_by("pk").values_list("need", flat=True)
    assert list(needs) == [Need.PERSON, Need.RED_FLAG]
    now = datetime.datetime.now(UTC)
    note_taken(known("worse"), now)
    note_settled(known("worse"), now)
    assert set(HandOver.objects.values_list("taken_at", "settled_at")) == {(now, now)}


@pytest.mark.parametrize("at_once", [1, 2000])
def test_messages_fallbacks_and_answers_are_counted_once(
    assistant, read, on, period, monkeypatch, at_once
):
    monkeypatch.setattr(reader, "AT_ONCE", at_once)  # a turn may be read in two halves
    today = on(0)
    for number in range(3):
        assistant.hear("asks", f"question {number}")
        assistant.say("asks", "an answer")  # a second later
        assistant.say("asks", "and more of it")
    assistant.hear("asks", "mumble", "nlu_fallback", 0.3)
    assistant.now += 3
    assistant.say("asks", "pardon?")
    assistant.write("asks", "pause")
    assistant.hear("asks", "is anybody there")
    assistant.say("asks", "yes, me", **{"from": "staff", "by": "Maya"})
    read()
    assert rows(gallery.fallbacks(period)) == {today: (5, 1, 0.2)}
    counted = {row[0]: row[1] for row in gallery.answers(period).rows if row[1]}
    assert counted == {"up to 1 s": 3, "up to 5 s": 1}
    told = "4 answers: half took up to 1 s, 19 of 20 up to 5 s."
    assert gallery.answers(period).told == told


def test_reading_again_counts_nothing_twice(assistant, read, on):
    on(0)
    assistant.hear("asks", "question")
    assistant.say("asks", "an answer")
    read()
    kept = set(Tally.objects.values_list("day", "what", "step", "count"))
    read()
    assert set(Tally.objects.values_list("day", "what", "step", "count")) == kept
    assert {what: count for _, what, _, count in kept} == {"message": 1, "answer": 1}


def test_verdicts_are_the_last_ones_of_each_conversation(assistant, read, on, period):
    on(3)
    for key in ("one", "two"):
        assistant.hear(key, "I take warfarin")
        assistant.slot(key, "suitability", {"deep_tissue": {"verdict": "adapt", "reasons": []}})
    last = {"deep_tissue": {"verdict": "avoid"}, "swedish": {"verdict": "clear_first"}}
    assistant.slot("two", "suitability", last)
    assistant.hear("none", "hello")
    read()
    assert gallery.verdicts(period).rows == [
        ("Deep tissue massage", 0, 1, 0, 1),
        ("Swedish massage", 0, 0, 1, 0),
    ]


def test_bookings_are_counted_by_massage(period):
    therapist = Therapist.objects.create(name="Maya", skills=["swedish"])
    room = Room.objects.create(name="Garden room")
    now = datetime.datetime.now(UTC)
    for number, (status, days) in enumerate(
        [("booked", 0), ("requested", 5), ("cancelled", 5), ("booked", 40)]
    ):
        is_held = status != "cancelled"
        made = Appointment.objects.create(
            reference=f"HM-{number}",
            kind="appointment",
            status=status,
            treatment="swedish",
            minutes=60,
            starts_at=now,
            ends_at=now + datetime.timedelta(hours=1),
            therapist=therapist,
            room=room,
            first_cell=number * 10 if is_held else None,
            end_cell=number * 10 + 5 if is_held else None,
            for_whom="self",
            contact_name="Robin",
            phone="+12125550177",
            verdict="ok",
            conversation="one",
        )
        day = now - datetime.timedelta(days=days)
        Appointment.objects.filter(pk=made.pk).update(created_at=day)
    assert gallery.bookings(period).rows == [("Swedish massage", 3, 1)]


def test_nothing_at_all_is_told_as_nothing(period):
    for make in gallery.SHOWN:
        figure = make(period)
        assert figure.plot is None
        assert not rows(figure)
    assert gallery.answers(period).told == "No answers yet."
    assert not Conversation.objects.exists()


def test_drawing_holds_every_day_and_stays_within_its_frame(assistant, read, on, period):
    on(0)
    assistant.hear("one", "hello")
    on(7)
    for key in ("two", "three"):
        assistant.hear(key, "hello")
    assistant.hand_over("two")
    read()
    plot = gallery.conversations(period).plot
    assert plot.top == "2"
    heights = {(round(bar.x), bar.part): bar.height for bar in plot.bars}
    assert heights == {(74, "alone"): 50, (74, "person"): 50, (97, "alone"): 50}
    for bar in plot.bars:
        assert bar.x >= 0 and bar.x + bar.width <= 100
        assert bar.y >= 0 and bar.y + bar.height <= 100.001


def test_unknown_length_is_the_usual_one(db):
    assert Period.read("10000000000").length == Period.read("").length == 30
    assert len(Period.read("7").days) == 7
