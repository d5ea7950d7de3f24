"""A wish reaches another booking system signed, once, however long that one is away."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from fhir.resources.appointment import Appointment

from frontdesk import settings
from frontdesk.clinical.clinic import load_clinic
from frontdesk.domain.booking import ForWhom, Kind, Wish
from frontdesk.domain.condition import Verdict
from frontdesk.domain.errors import SettingError
from frontdesk.gateways.choice import bookings_of
from frontdesk.gateways.fhir import as_appointment
from frontdesk.gateways.link import LinkOut
from frontdesk.gateways.outbox import DEAD, WAITING, Outbox, Refused
from frontdesk.gateways.webhook import SIGNATURE, TIMESTAMP, Webhook

SECRET = "a secret for tests that is long enough"
ZONE = ZoneInfo("America/New_York")
MINUTE = 60.0


class Receiver:
    """The other system: keeps what it was sent, and answers what it is told to."""

    def __init__(self, port: int = 0) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        keep = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if keep.status < 300:
                    keep.got.append((dict(self.headers), body))
                self.send_response(keep.status)
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", port), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/new"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    running = Receiver()
    yield running
    running.close()


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(f"sqlite:///{tmp_path}/outbox.db")


def wish(**other: Any) -> Wish:
    usual: dict[str, Any] = {
        "treatment": "swedish",
        "minutes": 60,
        "starts_at": datetime.datetime(2027, 3, 2, 15, 0, tzinfo=ZONE),
        "kind": Kind.APPOINTMENT,
        "for_whom": ForWhom.SELF,
        "contact_name": "Sam Ortiz",
        "phone": "+12125550142",
        "email": "sam@ortiz-family.com",
        "verdict": Verdict.ADAPT,
        "reasons": ("epilepsy",),
        "conversation": "c1",
        "reference": "HM-7K3QW",
    }
    return Wish(**(usual | other))


def webhook(receiver_address: str, outbox: Outbox, **options: Any) -> Webhook:
    return Webhook(receiver_address, SECRET, outbox, load_clinic(settings.data_folder()), **options)


def test_a_wish_arrives_signed_over_time_and_body(receiver: Receiver, outbox: Outbox) -> None:
    booking = webhook(receiver.address, outbox).book(wish(), "key-1")
    assert (booking.kind, booking.reference) == (Kind.REQUEST, "HM-7K3QW")
    ((headers, body),) = receiver.got
    signed = headers[TIMESTAMP].encode() + b"." + body
    expected = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert headers[SIGNATURE] == f"sha256={expected}"
    assert headers["Idempotency-Key"] == "key-1"
    assert json.loads(body)["contact_name"] == "Sam Ortiz"
    assert outbox.all() == []


def test_ten_minutes_away_then_each_is_delivered_once(outbox: Outbox) -> None:
    away = Receiver()
    port = away.server.server_port
    away.close()
    hook = webhook(away.address, outbox)
    for number in range(5):
        assert hook.book(wish(), f"key-{number}").kind is Kind.REQUEST
    begin = outbox.all()[0].written
    for minute in range(10):
        assert outbox.deliver(hook.send, begin + minute * MINUTE) == 0
    back = Receiver(port)
    try:
        for minute in range(10, 40):
            outbox.deliver(hook.send, begin + minute * MINUTE)
        keys = [headers["Idempotency-Key"] for headers, _ in back.got]
    finally:
        back.close()
    assert sorted(keys) == [f"key-{number}" for number in range(5)]
    assert outbox.all() == []


def test_an_overload_is_tried_again_and_a_refusal_is_told(
    receiver: Receiver, outbox: Outbox
) -> None:
    hook = webhook(receiver.address, outbox)
    receiver.status = 503
    hook.book(wish(), "later")
    assert [one.key for one in outbox.all(WAITING)] == ["later"]
    receiver.status = 422
    with pytest.raises(Refused):
        hook.book(wish(), "never")
    outbox.deliver(hook.send, outbox.all()[0].written + 10 * MINUTE)
    assert [one.key for one in outbox.all(DEAD)] == ["later"]
    receiver.status = 204
    outbox.resend("later")
    outbox.deliver(hook.send)
    assert [headers["Idempotency-Key"] for headers, _ in receiver.got] == ["later"]


def test_a_redirect_is_no_delivery(receiver: Receiver, outbox: Outbox) -> None:
    receiver.status = 302
    webhook(receiver.address, outbox).book(wish(), "key")
    assert len(outbox.all()) == 1


@pytest.mark.parametrize("whom", list(ForWhom))
def test_fhir_appointment_is_valid_and_says_nothing_of_health(whom: ForWhom) -> None:
    made = as_appointment(wish(for_whom=whom, client_name="their dad"), {"swedish": "Swedish"})
    read = Appointment.parse_obj(made)
    assert read.status == "proposed"
    assert read.start == datetime.datetime(2027, 3, 2, 15, 0, tzinfo=ZONE)
    assert len(read.participant) == (2 if whom is ForWhom.OTHER else 1)
    assert "epilepsy" not in json.dumps(made)


def test_fhir_is_sent_when_it_is_chosen(
    receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRONTDESK_BOOKINGS", "fhir")
    monkeypatch.setenv("FRONTDESK_BOOKINGS_URL", receiver.address)
    monkeypatch.setenv("FRONTDESK_BOOKINGS_SECRET", SECRET)
    clinic = load_clinic(settings.data_folder())
    bookings_of(f"sqlite:///{tmp_path}/x.db", clinic, {}).book(wish(), "key")
    assert json.loads(receiver.got[0][1])["resourceType"] == "Appointment"


@pytest.mark.parametrize(
    "env, named",
    [
        ({"FRONTDESK_BOOKINGS": "fax"}, "FRONTDESK_BOOKINGS"),
        ({"FRONTDESK_BOOKINGS": "webhook"}, "FRONTDESK_BOOKINGS_SECRET"),
        ({"FRONTDESK_BOOKINGS": "link"}, "FRONTDESK_BOOKINGS_URL"),
    ],
)
def test_a_missing_setting_is_named(
    env: dict[str, str], named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingError, match=named):
        bookings_of(f"sqlite:///{tmp_path}/x.db", load_clinic(settings.data_folder()), {})


def test_the_link_holds_the_details_and_nothing_of_health() -> None:
    page = LinkOut("https://clinic.example/book?lang=en", load_clinic(settings.data_folder()))
    link = page.book(wish(), "key").link
    query = parse_qs(urlsplit(link).query)
    assert query["lang"] == ["en"]
    assert query["start"] == ["2027-03-02T15:00-05:00"]
    assert query["name"] == ["Sam Ortiz"]
    assert "epilepsy" not in link


def test_open_times_fit_into_the_opening_hours(outbox: Outbox) -> None:
    hook = webhook("http://127.0.0.1:9/", outbox)
    saturday = datetime.datetime(2027, 3, 6, 14, 10, tzinfo=ZONE)
    free = hook.free("swedish", 90, saturday, saturday + datetime.timedelta(days=2), 3)
    assert [f"{one.starts_at:%a %H:%M}" for one in free] == ["Sat 14:30", "Mon 09:00", "Mon 09:30"]
