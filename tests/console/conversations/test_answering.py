"""Taking over, writing and handing back; what happens when it cannot be done; nobody is lost."""

import datetime
import json
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from frontdesk.console.conversations import notices, services, watch
from frontdesk.console.conversations.errors import (
    AssistantAway,
    CannotDo,
    NotYours,
    TakenAlready,
    Undelivered,
)
from frontdesk.console.conversations.models import Conversation, Notice
from frontdesk.domain.handoff import Reason
from tests.stack import free_port

OPEN = datetime.datetime(2030, 5, 6, 15, 0, tzinfo=datetime.timezone.utc)  # Monday, 11 am there
SUNDAY = datetime.datetime(2030, 5, 5, 15, 0, tzinfo=datetime.timezone.utc)


class Api:
    """Rasa's HTTP API as far as events go: says yes, or what it is told to say."""

    def __init__(self):
        self.heard, self.status, self.body = [], 200, "{}"
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                sent = self.rfile.read(int(self.headers["Content-Length"]))
                if api.status == 200:
                    api.heard.append((self.path, json.loads(sent)))
                self.send_response(api.status)
                self.send_header("Content-Length", str(len(api.body)))
                self.end_headers()
                self.wfile.write(api.body.encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def kinds(self):
        return [event["event"] for _, events in self.heard for event in events]


@pytest.fixture
def api(settings):
    running = Api()
    settings.RASA_URL = running.address
    yield running
    running.server.shutdown()


@pytest.fixture
def one(assistant, read):
    assistant.hear("website/1", "can I talk to someone")
    assistant.hand_over("website/1", Reason.PERSON)
    read()
    return Conversation.objects.get()


@pytest.fixture
def rex(employ):
    return employ("rex", "receptionist")


def now(one):
    return Conversation.objects.get(pk=one.pk)


def test_whole_way(api, one, maya):
    services.take_over(one, maya)
    assert now(one).owner == maya
    assert api.kinds() == ["pause", "bot"]
    assert "/conversations/website%2F1/tracker/events?" in api.heard[0][0]
    assert "output_channel=latest" in api.heard[0][0]
    services.write(one, maya, "Hello!", uuid.uuid4())
    said = api.heard[-1][1][0]
    assert (said["text"], said["metadata"]) == ("Hello!", {"from": "staff", "by": "maya"})
    services.hand_back(one, maya)
    assert api.kinds()[-2:] == ["bot", "resume"]
    back = now(one)
    assert (back.owner, back.mode, back.need) == (None, "assistant", "")


def test_second_one_is_told_who_answers(api, one, maya, rex):
    services.take_over(one, maya)
    with pytest.raises(TakenAlready, match="maya is answering"):
        services.take_over(one, rex)
    with pytest.raises(NotYours):
        services.write(one, rex, "Hello!", uuid.uuid4())
    with pytest.raises(NotYours):
        services.hand_back(one, rex)
    services.take_over(one, maya)  # twice by the same is no harm
    assert now(one).owner == maya


def test_assistant_away_changes_nothing(settings, one, maya):
    settings.RASA_URL = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(AssistantAway):
        services.take_over(one, maya)
    assert (now(one).owner, now(one).mode, now(one).need) == (None, "assistant", "person")


def test_message_that_was_not_delivered_can_be_sent_again(api, one, maya):
    services.take_over(one, maya)
    token = uuid.uuid4()
    api.status = 500
    api.body = json.dumps({"message": "An unexpected error occurred. Error: outside_window"})
    with pytest.raises(Undelivered, match="24 hours") as told:
        services.write(one, maya, "Hello!", token)
    assert told.value.reason == "outside_window"
    api.status, api.body = 200, "{}"
    services.write(one, maya, "Hello!", token)
    services.write(one, maya, "Hello!", token)  # the same form once more
    assert api.kinds() == ["pause", "bot", "bot"]


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 2001])
def test_nothing_and_too_much_are_not_sent(api, one, maya, text):
    services.take_over(one, maya)
    with pytest.raises(CannotDo):
        services.write(one, maya, text, uuid.uuid4())
    assert api.kinds() == ["pause", "bot"]


def test_text_stays_in_the_box_when_it_was_not_sent(api, client, one, maya):
    services.take_over(one, maya)
    api.status = 500
    given = {"text": "Hello <b>there</b>", "token": uuid.uuid4()}
    page = client.post(f"/staff/conversations/{one.pk}/write/", given).content.decode()
    assert "could not be sent" in page
    assert "Hello &lt;b&gt;there" in page


def test_who_waits_while_we_are_open_is_told_once(api, one):
    later = OPEN + datetime.timedelta(minutes=6)
    Conversation.objects.update(need_at=OPEN)
    assert watch.kept_waiting(OPEN + datetime.timedelta(minutes=2)) == []
    assert watch.kept_waiting(later) == [one]
    services.apologize(one)
    services.apologize(one)
    assert api.kinds() == ["bot"]
    assert watch.kept_waiting(later) == []
    assert now(one).need == "person"


def test_who_waits_while_we_are_closed_was_told_so_already(one):
    Conversation.objects.update(need_at=SUNDAY)
    assert watch.kept_waiting(SUNDAY + datetime.timedelta(hours=1)) == []


def test_apology_that_failed_is_tried_again(settings, one):
    settings.RASA_URL = f"http://127.0.0.1:{free_port()}"
    Conversation.objects.update(need_at=OPEN)
    with pytest.raises(AssistantAway):
        services.apologize(one)
    assert watch.kept_waiting(OPEN + datetime.timedelta(minutes=6)) == [one]


def test_visitor_left_without_an_answer_gets_the_assistant_back(api, one, maya, assistant, read):
    services.take_over(one, maya)
    assistant.write("website/1", "pause")
    assistant.hear("website/1", "are you there?")
    read()
    assert watch.left_silent(timezone.now() - datetime.timedelta(minutes=10)) == []
    assert watch.left_silent(timezone.now() + datetime.timedelta(minutes=10)) == [one]
    services.return_silent(now(one))
    back = now(one)
    assert (back.owner, back.mode, back.need, back.is_unread) == (None, "assistant", "person", True)
    assert api.kinds()[-2:] == ["bot", "resume"]


def test_done_takes_it_off_the_top(one, maya, client):
    client.post(f"/staff/conversations/{one.pk}/deal-with/")
    assert now(one).need == ""


def test_notices_go_to_mail_and_webhook(api, settings, assistant, read, mailoutbox):
    settings.NOTIFY_EMAILS = ["desk@example.com"]
    settings.NOTIFY_WEBHOOKS = [f"{api.address}/hook"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assistant.hear("one", "my phone is (212) 555-0177")
    assistant.hand_over("one", Reason.COMPLAINT)
    read()
    assert notices.send_due().sent == 2
    place = f"/staff/conversations/{Conversation.objects.get(key='one').pk}/"
    (mail,) = mailoutbox
    assert "Complaint" in mail.subject
    assert place in mail.body
    (hook,) = api.heard
    assert place in hook[1]["text"]
    assert "0177" not in mail.body + hook[1]["text"]
    assert notices.send_due().sent == 0


def test_notice_that_fails_waits(api, settings, assistant, read):
    settings.NOTIFY_WEBHOOKS = [f"{api.address}/hook"]
    api.status = 503
    assistant.hear("one", "hello")
    assistant.hand_over("one")
    read()
    assert notices.send_due().waiting == 1
    assert Notice.objects.get().problem == "HTTPError"
    api.status = 200
    Notice.objects.update(due_at=timezone.now())
    assert notices.send_due().sent == 1
