"""E-mails reach a real mail server, with a calendar file, and wait when it is away."""

import datetime
import email
import email.policy

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.management import call_command
from icalendar import Calendar

from frontdesk.console import environment
from frontdesk.console.bookings import letters, outbox, services
from frontdesk.console.bookings.models import Appointment, Letter
from frontdesk.console.outbox import wait_after
from frontdesk.domain.errors import SettingError
from tests.console.bookings.conftest import MONDAY, local
from tests.stack import free_port

pytestmark = pytest.mark.usefixtures("team", "clock")


class Postbox:
    """Keeps what arrives."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, server, session, envelope):
        parsed = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.messages.append((envelope.rcpt_tos, parsed))
        return "250 OK"

    def to(self, address):
        return [message for to, message in self.messages if to == [address]]


@pytest.fixture
def server(settings, monkeypatch):
    """A mail server, named in the environment; not yet started."""
    controller = Controller(Postbox(), hostname="127.0.0.1", port=free_port())
    monkeypatch.setenv("FRONTDESK_SMTP_URL", f"smtp://127.0.0.1:{controller.port}")
    for name, value in environment.mail().items():
        setattr(settings, name, value)
    yield controller
    if controller._thread is not None:
        controller.stop()


def event_of(message):
    (attached,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(attached.get_content())
    (event,) = calendar.walk("VEVENT")
    assert attached.get_param("method") == calendar["METHOD"]
    assert attached.get_filename() == "appointment.ics"
    return calendar, event


def test_visitor_and_clinic_get_letters_of_each_step(assistant, server):
    server.start()
    told = assistant.book().json()
    assert outbox.send_due() == outbox.Sent(2, 0)
    to = local(2030, 5, 8, 10, 0)
    assistant.claim("/move", told["reference"], digits="0177", starts_at=to.isoformat())
    outbox.send_due()
    assistant.claim("/cancel", told["reference"], digits="0177")
    outbox.send_due()
    sent = server.handler.to("robin@example.com")
    assert len(sent) == len(server.handler.to("hello@harbormassage.example")) == 3
    seen = []
    for message in sent:
        calendar, event = event_of(message)
        seen.append((str(calendar["METHOD"]), event["SEQUENCE"], str(event["STATUS"])))
        assert event["UID"] == f"{told['reference']}@harbormassage.example"
        assert event["DTSTART"].dt.tzinfo is not None
        assert "Swedish massage" in event["SUMMARY"]
    assert seen == [
        ("PUBLISH", 0, "CONFIRMED"),
        ("PUBLISH", 1, "CONFIRMED"),
        ("CANCEL", 2, "CANCELLED"),
    ]
    first = event_of(sent[0])[1]
    assert (first["DTSTART"].dt, first["DTEND"].dt) == (
        MONDAY,
        MONDAY + datetime.timedelta(minutes=60),
    )
    assert event_of(sent[1])[1]["DTSTART"].dt == to


def test_letter_reads_well(assistant, server):
    server.start()
    told = assistant.book().json()
    outbox.send_due()
    (message,) = server.handler.to("robin@example.com")
    assert message["Subject"] == f"Your massage at Harbor Massage is booked ({told['reference']})"
    assert message["From"] == "Harbor Massage <hello@harbormassage.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    for kind in ("plain", "html"):
        text = message.get_body((kind,)).get_content()
        for fact in ("You", "Monday, May 6, 2030 at 2:30 pm", "Maya", told["reference"]):
            assert fact in text
    assert "You're all set" in message.get_body(("plain",)).get_content()


def test_letter_waits_for_a_server_that_is_away(assistant, server, clock):
    assistant.book()
    assert outbox.send_due() == outbox.Sent(0, 2)
    assert outbox.send_due() == outbox.Sent(0, 0)  # not yet due again
    assert set(Letter.objects.values_list("problem", flat=True)) == {"ConnectionRefusedError"}
    clock.now += datetime.timedelta(seconds=31)
    assert outbox.send_due() == outbox.Sent(0, 2)
    clock.now += datetime.timedelta(seconds=31)
    assert outbox.send_due() == outbox.Sent(0, 0)  # twice as long now
    server.start()
    clock.now += datetime.timedelta(seconds=31)
    assert outbox.send_due() == outbox.Sent(2, 0)
    assert outbox.send_due() == outbox.Sent(0, 0)
    assert len(server.handler.messages) == 2
    assert len({message["Message-ID"] for _, message in server.handler.messages}) == 2


def test_wait_grows_to_six_hours():
    waits = [wait_after(tries).total_seconds() for tries in range(1, 40)]
    assert waits[:4] == [30, 60, 120, 240]
    assert waits == sorted(waits)
    assert waits[-1] == 6 * 3600


def test_booking_that_failed_writes_no_letter(assistant):
    assistant.book()
    before = Letter.objects.count()
    assistant.book(conversation="b")
    assert Letter.objects.count() == before == 2


def test_phone_only_is_not_written_to(assistant):
    assistant.book(email="")
    assert [letter.to for letter in Letter.objects.all()] == ["hello@harbormassage.example"]


def test_staff_decisions_are_told_to_the_visitor(assistant):
    reference = assistant.book(kind="request").json()["reference"]
    appointment = Appointment.objects.get(reference=reference)
    Letter.objects.all().delete()
    assert services.confirm(appointment, "kim")
    assert not services.confirm(appointment, "kim")
    assert not services.decline(appointment, "kim")
    (letter,) = Letter.objects.all()
    assert (letter.to, letter.method) == ("robin@example.com", "PUBLISH")
    assert "confirmed" in letter.subject
    assert appointment.history.last().by == "kim"


def test_declined_request_frees_its_time(assistant):
    assistant.book(kind="request")
    assert assistant.book(conversation="b").status_code == 409
    assert services.decline(Appointment.objects.get(), "kim")
    assert Letter.objects.filter(method="CANCEL", to="robin@example.com").count() == 1
    assert assistant.book(conversation="b").status_code == 201


def test_request_is_tentative(assistant):
    assistant.book(kind="request")
    assert all("STATUS:TENTATIVE" in letter.calendar for letter in Letter.objects.all())


def test_command_sends_and_old_letters_are_forgotten(assistant, clock, capsys):
    assistant.book()
    call_command("send_mail_outbox")
    assert capsys.readouterr().out == "2 sent, 0 to be tried again\n"
    assert len(mail.outbox) == 2
    assert outbox.forget_sent() == 0
    clock.now += datetime.timedelta(days=31)
    assert outbox.forget_sent() == 2


def test_every_letter_has_its_words():
    steps = ("booked", "requested", "moved", "cancelled")
    visitor = {f"visitor_{step}" for step in (*steps, "confirmed", "declined", "reminder")}
    assert set(letters.words()) == visitor | {f"clinic_{step}" for step in steps}


def test_calendar_address_is_signed(assistant, client):
    told = assistant.book().json()
    response = client.get(told["calendar"])
    assert response["Content-Type"].startswith("text/calendar")
    assert f'filename="{told["reference"]}.ics"' in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert event["DTSTART"].dt == MONDAY
    forged = told["calendar"].replace(told["reference"], "HM-22222")
    assert client.get(forged).status_code == 404
    assert client.get("/calendar/x.ics").status_code == 404
    assert client.get(f"/calendar/{told['reference']}.ics").status_code == 404


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example", 587, True, False),
        ("smtp://front%40desk:p%2Fw@mail.example:2525", 2525, True, False),
        ("smtp://mail.example:25", 25, False, False),
        ("smtps://front%40desk:p%2Fw@mail.example", 465, False, True),
    ],
)
def test_mail_server_is_named_by_an_address(monkeypatch, url, port, tls, ssl):
    monkeypatch.setenv("FRONTDESK_SMTP_URL", url)
    described = environment.mail()
    assert described["EMAIL_HOST"] == "mail.example"
    assert described["EMAIL_PORT"] == port
    assert (described["EMAIL_USE_TLS"], described["EMAIL_USE_SSL"]) == (tls, ssl)
    if "@" in url:
        assert described["EMAIL_HOST_USER"] == "front@desk"
        assert described["EMAIL_HOST_PASSWORD"] == "p/w"


def test_wrong_mail_server_is_refused_without_its_password(monkeypatch):
    for url in ("mail.example:25", "http://a:hush@b", "smtp://a:hush@b:x"):
        monkeypatch.setenv("FRONTDESK_SMTP_URL", url)
        with pytest.raises(SettingError) as caught:
            environment.mail()
        assert "hush" not in str(caught.value)
