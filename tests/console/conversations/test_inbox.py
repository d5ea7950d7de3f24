"""The inbox: who needs a person on top, what one can look for, and news by itself."""

import re

import pytest

from frontdesk.console.conversations import services
from frontdesk.console.conversations.models import Conversation, SavedView
from frontdesk.domain.handoff import Reason
from tests.console.conversations.conftest import flag

INBOX = "/staff/"


@pytest.fixture
def three(assistant, read):
    """A question of price, a red flag, and a booking, the last one newest."""
    assistant.hear("price-aaaaaa", "how much is a hot stone massage", confidence=0.4)
    assistant.slot("price-aaaaaa", "treatment", "hot_stone")
    assistant.hear("flag-bbbbbb", "numb down there", "report_red_flag", 1.0, [flag()])
    assistant.hand_over("flag-bbbbbb")
    assistant.hear("book-cccccc", "book me in please", "book_appointment")
    assistant.slot("book-cccccc", "booking_reference", "HM-7KQ4T")
    read()
    return {one.key[-6:]: one for one in Conversation.objects.all()}


def listed(client, **asked):
    page = client.get(INBOX, asked)
    assert page.status_code == 200
    text = page.content.decode()
    found = [(text.find(f">{key}<"), key) for key in ("aaaaaa", "bbbbbb", "cccccc")]
    return [key for place, key in sorted(found) if place >= 0]


@pytest.fixture(autouse=True)
def at_the_desk(maya):
    """Somebody is logged in."""


def test_red_flag_stands_on_top_then_the_newest(client, three):
    assert listed(client) == ["bbbbbb", "cccccc", "aaaaaa"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"need": "any"}, ["bbbbbb"]),
        ({"need": "red_flag"}, ["bbbbbb"]),
        ({"need": "complaint"}, []),
        ({"intent": "ask_price"}, ["aaaaaa"]),
        ({"condition": "rf_saddle_numbness"}, ["bbbbbb"]),
        ({"treatment": "hot_stone"}, ["aaaaaa"]),
        ({"trait": "low_confidence"}, ["aaaaaa"]),
        ({"trait": "red_flag"}, ["bbbbbb"]),
        ({"booked": "yes"}, ["cccccc"]),
        ({"booked": "no"}, ["bbbbbb", "aaaaaa"]),
        ({"channel": "website", "booked": "yes"}, ["cccccc"]),
        ({"channel": "telegram"}, []),
        ({"q": "stone massage"}, ["aaaaaa"]),
        ({"q": "massages"}, ["aaaaaa"]),
        ({"q": '"book" OR (me'}, []),
        ({"q": "'; drop table"}, []),
        ({"recent": "hour"}, ["bbbbbb", "cccccc", "aaaaaa"]),
        ({"whose": "mine"}, []),
        ({"whose": "nobody"}, ["bbbbbb", "cccccc", "aaaaaa"]),
        ({"reviewed": "no"}, ["bbbbbb", "cccccc", "aaaaaa"]),
        ({"need": "nonsense", "recent": "<b>"}, ["bbbbbb", "cccccc", "aaaaaa"]),
    ],
)
def test_filters(client, three, asked, found):
    assert listed(client, **asked) == found


def test_what_staff_set_can_be_looked_for(client, three, maya):
    services.tag(three["aaaaaa"], "ask  Rosa ")
    services.tag(three["cccccc"], "Ask rosa")
    services.review(three["cccccc"], maya, is_reviewed=True)
    services.assign(three["bbbbbb"], maya)
    assert listed(client, tag="ask Rosa") == ["cccccc", "aaaaaa"]
    assert listed(client, reviewed="yes") == ["cccccc"]
    assert listed(client, whose="mine") == ["bbbbbb"]
    services.untag(three["aaaaaa"], "ask Rosa")
    services.review(three["cccccc"], maya, is_reviewed=False)
    assert listed(client, tag="ask Rosa") == ["cccccc"]
    assert listed(client, reviewed="yes") == []


def test_opening_makes_it_read_and_a_new_message_unread(client, three, assistant, read):
    client.get(f"/staff/conversations/{three['aaaaaa'].pk}/")
    assert listed(client, unread="yes") == ["bbbbbb", "cccccc"]
    assistant.hear("price-aaaaaa", "hello?")
    read()
    assert "aaaaaa" in listed(client, unread="yes")


def test_older_ones_are_a_page_away(client, assistant, read, monkeypatch):
    from frontdesk.console.conversations import selectors

    monkeypatch.setattr(selectors, "PAGE", 2)
    for number in range(5):
        assistant.hear(f"talk-{str(number) * 6}", "hi", "greet")
    read()
    seen, address = [], INBOX
    while address:
        text = client.get(address).content.decode()
        seen += [key for key in "43210" if f">{key * 6}<" in text]
        link = text.partition('">Older</a>')[0]
        address = link.rpartition('href="')[2].replace("&amp;", "&") if "Older" in text else ""
    assert seen == list("43210")


def test_older_ones_of_a_common_mark_come_once_each_and_in_order(
    client, assistant, read, monkeypatch
):
    from frontdesk.console.conversations import selectors

    monkeypatch.setattr(selectors, "PAGE", 2)
    monkeypatch.setattr(selectors, "FEW", 1)  # so that an index of marks is read in order
    for number in range(5):
        assistant.hear(f"talk-{str(number) * 6}", "hi", "greet")
        assistant.hear(f"talk-{str(number) * 6}", "how much is it", "ask_price")
    read()
    seen, address = [], f"{INBOX}?intent=greet&channel=website"
    while address:
        text = client.get(address).content.decode()
        places = {text.index(f">{key * 6}<"): key for key in "43210" if f">{key * 6}<" in text}
        assert len(re.findall(r">(\d)\1{5}<", text)) == len(places)
        seen += [places[place] for place in sorted(places)]
        link = text.partition('">Older</a>')[0]
        address = link.rpartition('href="')[2].replace("&amp;", "&") if "Older" in text else ""
    assert seen == list("43210")


def test_page_that_asks_for_news_gets_rows_only_when_something_changed(
    client, three, assistant, read
):
    polled = {"HX-Request": "true", "HX-Polling": "1"}
    rows = client.get(INBOX, headers=polled).content.decode()
    assert "<html" not in rows
    seen = rows.partition("seen=")[2].partition('"')[0]
    assert client.get(INBOX, {"seen": seen}, headers=polled).status_code == 204
    assistant.hear("dddddd", "anyone there", "talk_to_human")
    assistant.hand_over("dddddd", Reason.PERSON)
    read()
    assert client.get(INBOX, {"seen": seen}, headers=polled).status_code == 200


def test_news_names_the_newest_need(client, three):
    told = client.get("/staff/news/").json()
    assert told["needing"] == 1
    assert told["newest"]["conversation"] == three["bbbbbb"].pk
    services.deal_with(three["bbbbbb"])
    assert client.get("/staff/news/").json() == {"needing": 0, "newest": None}


def test_filter_is_kept_under_a_name(client, three, maya):
    client.post("/staff/views/", {"name": "Booked", "booked": "yes", "nonsense": "1"})
    view = SavedView.objects.get()
    assert (view.owner, view.query) == (maya, "booked=yes")
    assert "Booked</a>" in client.get(INBOX).content.decode()
    client.post("/staff/views/", {"forget": view.pk})
    assert not SavedView.objects.exists()


def test_nobody_forgets_the_views_of_others(client, three, employ):
    other = SavedView.objects.create(owner=employ("rex", "reader"), name="x", query="booked=yes")
    client.post("/staff/views/", {"forget": other.pk})
    assert SavedView.objects.filter(pk=other.pk).exists()
