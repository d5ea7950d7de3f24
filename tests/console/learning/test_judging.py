"""Messages that were doubted: which come first, what one press does, who may."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from frontdesk.console.conversations.models import Conversation, Message
from frontdesk.console.learning import doubts, selectors
from frontdesk.console.learning.models import Correction

LIST = "/staff/learn/"


def judge(client, message, do, **more):
    return client.post(reverse("judge", args=[message.event]), {"do": do} | more)


def listed():
    return [one.message.masked for one in selectors.doubted().doubts]


def test_most_doubted_stands_first(conversations):
    conversations.heard("fairly sure", confidence=0.7)
    conversations.heard("lost, a little", intent="nlu_fallback", confidence=0.8)
    conversations.heard("hardly sure", confidence=0.3)
    conversations.heard("quite lost", intent="nlu_fallback", confidence=0.95)
    conversations.heard("certain", confidence=0.99)
    assert listed() == ["quite lost", "lost, a little", "hardly sure", "fairly sure"]


def test_same_words_are_listed_once_and_dealt_with_at_once(conversations, client, receptionist):
    for text, confidence in [("how much??", 0.5), ("How much", 0.4), ("how  much!", 0.45)]:
        conversations.heard(text, confidence=confidence)
    other = conversations.heard("how much for two", confidence=0.6)
    page = selectors.doubted()
    assert [(one.message.masked, one.count) for one in page.doubts] == [
        ("How much", 3),
        ("how much for two", 1),
    ]
    judge(client, page.doubts[0].message, "ask_insurance")
    assert listed() == [other.masked]
    kept = Correction.objects.get()
    assert (kept.status, kept.intent, kept.phrase) == ("corrected", "ask_insurance", "How much")
    assert (kept.took_for, kept.by, len(kept.alike)) == ("ask_price", receptionist, 3)


def test_undo_opens_all_of_them_again(conversations, client, receptionist):
    first = conversations.heard("how much??")
    conversations.heard("How much")
    judge(client, first, "aside")
    assert listed() == []
    judge(client, first, "undo")
    assert not Correction.objects.exists()
    assert Message.objects.filter(is_open=True).count() == 2


@pytest.mark.parametrize(
    "do, status, intent, phrase",
    [
        ("accept", "accepted", "ask_price", "what is it then"),
        ("ask_insurance", "corrected", "ask_insurance", "what is it then"),
        ("aside", "aside", "", ""),
    ],
)
def test_each_press_is_kept(conversations, client, receptionist, do, status, intent, phrase):
    judge(client, conversations.heard("what is it then"), do)
    kept = Correction.objects.get()
    assert (kept.status, kept.intent, kept.phrase) == (status, intent, phrase)
    assert listed() == []


@pytest.mark.parametrize("do", ["", "no_such_intent", "nlu_fallback", "report_red_flag"])
def test_what_cannot_be_taught_is_refused(conversations, client, receptionist, do):
    judge(client, conversations.heard("what is it then"), do)
    assert not Correction.objects.exists()


def test_what_was_not_understood_cannot_be_accepted(conversations, client, receptionist):
    message = conversations.heard("qwerty", intent="nlu_fallback", confidence=0.9)
    assert (
        b"There is no intent to accept" in judge(client, message, "accept").client.get(LIST).content
    )
    assert not Correction.objects.exists()


def test_masked_words_are_never_learned(conversations, client, receptionist):
    message = conversations.heard("call me on 212-555-0143 about the price")
    assert "[phone]" in message.masked
    judge(client, message, "ask_contact")
    assert not Correction.objects.exists()
    judge(client, message, "accept")
    assert Correction.objects.get().phrase == ""


def test_right_answer_to_a_very_long_message_is_accepted(conversations, client, receptionist):
    judge(client, conversations.heard("so how much is it " * 40), "accept")
    kept = Correction.objects.get()
    assert (kept.status, kept.phrase) == ("accepted", "")


def test_name_known_from_the_booking_is_masked_too(conversations, client, receptionist):
    conversations.slot("talk", "contact_name", "Blue Ember")
    message = conversations.heard("is blue ember on the list", key="talk")
    judge(client, message, "ask_contact")
    assert not Correction.objects.exists()


def test_part_of_the_page_comes_back_for_a_press(conversations, client, receptionist):
    message = conversations.heard("what is it then")
    address = reverse("judge", args=[message.event])
    answer = client.post(address, {"do": "ask_insurance"}, headers={"HX-Request": "true"})
    told = answer.content.decode()
    assert f'id="d{message.event}"' in told and "Corrected to Ask insurance" in told
    assert "<html" not in told and 'value="undo"' in told
    answer = client.post(address, {"do": "nonsense"}, headers={"HX-Request": "true"})
    assert "Please choose what the message meant" in answer.content.decode()


def test_text_of_a_visitor_is_never_markup(conversations, client, manager):
    hostile = "<script>alert(1)</script> <img src=x onerror=alert(2)> {{ 7 }} \"'>"
    message = conversations.heard(hostile)
    pages = [LIST, reverse("correct", args=[message.event])]
    judge(client, message, "ask_insurance")
    Correction.objects.update(note=hostile)
    pages += [reverse("review_corrections"), pages[1]]
    judged = client.post(
        reverse("judge", args=[message.event]), {"do": "aside"}, headers={"HX-Request": "true"}
    )
    for told in [*(client.get(page).content.decode() for page in pages), judged.content.decode()]:
        assert "<script>alert" not in told and "<img src=x" not in told
    assert "&lt;script&gt;alert" in judged.content.decode()


@pytest.mark.parametrize(
    "role, learns, exports", [("reader", 0, 0), ("receptionist", 1, 0), ("manager", 1, 1)]
)
def test_role_opens_what_it_may(conversations, client, log_in, role, learns, exports):
    message = conversations.heard("what is it then")
    log_in(role)
    expected = {True: 200, False: 403}
    assert client.get(LIST).status_code == expected[bool(learns)]
    correct = reverse("correct", args=[message.event])
    assert client.get(correct).status_code == expected[bool(learns)]
    assert judge(client, message, "aside").status_code == (302 if learns else 403)
    assert client.get(reverse("review_corrections")).status_code == expected[bool(exports)]
    for name in ("settle_correction", "leave_out_correction"):
        assert client.post(reverse(name)).status_code == (404 if exports else 403)
    assert (b"Review and export" in client.get(LIST).content) == bool(exports)


def test_nobody_learns_without_a_login(conversations, client):
    message = conversations.heard("what is it then")
    for page in (LIST, reverse("correct", args=[message.event]), reverse("review_corrections")):
        assert client.get(page)["Location"].startswith("/staff/login/")
    assert judge(client, message, "aside")["Location"].startswith("/staff/login/")


def test_next_page_goes_on_where_the_first_ended(conversations, client, receptionist):
    for number in range(doubts.PAGE + 3):
        conversations.say(f"question {chr(97 + number % 26)} {number}", confidence=0.5)
    conversations.heard("the last question", confidence=0.6)
    first = selectors.doubted()
    rest = selectors.doubted(first.after)
    assert len(first.doubts) == doubts.PAGE and rest.after is None
    shown = [one.message.event for one in (*first.doubts, *rest.doubts)]
    assert len(set(shown)) == doubts.PAGE + 4
    place = f"{first.after.doubt}_{first.after.event}"
    assert "the last question" in client.get(LIST, {"after": place}).content.decode()
    assert client.get(LIST, {"after": "x_<script>"}).status_code == 200


def test_message_that_is_erased_takes_its_correction_along(conversations, client, receptionist):
    message = conversations.heard("what is it then")
    judge(client, message, "ask_insurance")
    Conversation.objects.all().delete()
    assert not Correction.objects.exists()
    assert judge(client, message, "aside").status_code == 404


def test_list_reads_its_indexes(conversations):
    """A list of 450,000 messages is neither sorted nor read through for each page."""
    for number in range(40):
        conversations.say(f"question {number}", confidence=0.5)
    message = conversations.heard("another")
    with CaptureQueriesContext(connection) as asked:
        doubts.most_doubted()
        doubts.alike(message.event)
        doubts.how_many_alike([message.event])
    with connection.cursor() as cursor:
        plans = [_plan(cursor, one["sql"]) for one in asked.captured_queries]
    steps = "\n".join(plans)
    assert "learning_doubt" in plans[0] and steps.count("learning_wording") == 3, steps
    assert "TEMP B-TREE" not in steps and "SCAN o" not in steps, steps


def _plan(cursor, sql):
    cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
    return "\n".join(row[3] for row in cursor.fetchall())
