"""The clinic page shows what the data folder says, and nothing else."""

import html
import re

import pytest

from frontdesk.clinical.clinic import load_clinic
from frontdesk.clinical.loading import entries
from frontdesk.domain.treatment import Treatment
from frontdesk.settings import ROOT


def words(response):
    """The page as a person reads it."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


def flat(text):
    return re.sub(r"\s+", " ", text)


def test_page_shows_the_clinic(client):
    clinic = load_clinic(ROOT / "data")
    shown = words(client.get("/"))
    for fact in (clinic.name, clinic.tagline, clinic.phone, clinic.email, clinic.address):
        assert fact in shown
    for name in ("payment", "packages", "insurance", "directions", "change", "arrival", "privacy"):
        assert clinic.facts[name] in shown


def test_page_shows_prices_and_hours(client):
    page = client.get("/").content.decode()
    for length, price in (("30 minutes", "$60"), ("90 minutes", "$150")):
        assert f"<dt>{length}</dt><dd>{price}</dd>" in page
    assert "<dt>Monday to Wednesday</dt><dd>9 am to 7 pm</dd>" in page
    assert "<dt>Sunday</dt><dd>closed</dd>" in page


def test_page_shows_the_covered_massages_only_lightest_first(client):
    page = client.get("/").content.decode()
    shown = words(client.get("/"))
    for treatment in entries(ROOT / "data" / "treatments", Treatment).values():
        assert (f"<h3>{treatment.title}</h3>" in page) == treatment.covered
        if treatment.covered:
            assert treatment.in_short in shown
            assert treatment.good_for in shown
    assert page.index("Swedish massage</h3>") < page.index("Deep tissue massage</h3>")


def test_page_shows_the_limits_of_the_articles_with_their_source(client):
    shown = words(client.get("/"))
    for limit in ("ruptured disc", "pregnant", "sunburned or broken", "severe injury"):
        assert limit in shown
    assert "How massage helps back pain: methods to choose from" in shown


def test_emergency_number_can_be_dialed(client):
    for address in ("/", "/privacy/", "/nowhere/"):
        response = client.get(address)
        assert "In an emergency call 911" in flat(words(response))
        assert '<a href="tel:911">911</a>' in response.content.decode()


def test_page_follows_the_data_folder(client, data):
    data.replace("clinic/clinic.yml", "Harbor Massage", "Willow & Sons")
    data.replace("clinic/clinic.yml", "30: 60", "30: 61")
    data.replace("clinic/clinic.yml", "Sunday: []", 'Sunday: ["10:00", "12:30"]')
    data.replace("treatments/swedish.yml", "relieves tension. It", "brings rest. It")
    data.replace("clinic/facts.yml", "    packages:", "    offers:")
    response = client.get("/")
    page, shown = response.content.decode(), words(response)
    assert "Harbor Massage" not in page
    assert 'chat-title="Willow &amp; Sons"' in page
    assert "<dd>$61</dd>" in page
    assert "<dt>Sunday</dt><dd>10 am to 12:30 pm</dd>" in page
    assert "brings rest" in shown
    assert "Gift vouchers" not in shown


def test_chat_window_is_embedded(client, settings):
    settings.CHAT_URL = "https://chat.example.com"
    response = client.get("/")
    page = response.content.decode()
    assert '<script type="module" src="/widget/frontdesk-chat.js"></script>' in page
    element = re.search(r"<frontdesk-chat ([^>]*)></frontdesk-chat>", page).group(1)
    assert dict(re.findall(r'([\w-]+)="([^"]*)"', element)) == {
        "endpoint": "https://chat.example.com",
        "chat-title": "Harbor Massage",
        "color": "#1d6f5f",
        "phone": "(212) 555-0148",
        "privacy-url": "/privacy/",
    }
    assert "connect-src 'self' https://chat.example.com;" in response["Content-Security-Policy"]


def test_privacy_page_says_what_happens_to_a_chat(client):
    shown = words(client.get("/privacy/"))
    for fact in ("90 days", "automated assistant", "sensitive", "copy", "delete", "(212) 555-0148"):
        assert fact in shown


def test_page_not_found_is_friendly(client):
    response = client.get("/no/such/page")
    assert response.status_code == 404
    assert "It may have moved" in words(response)
    assert "(212) 555-0148" in words(response)
    assert 'href="/"' in response.content.decode()


def test_fault_of_ours_is_answered_with_the_phone_number(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.delattr("frontdesk.console.views.clinic_page.PRESSURES")
    response = client.get("/")
    assert response.status_code == 500
    assert "(212) 555-0148" in words(response)


def test_health(client):
    response = client.get("/health/")
    assert response.json() == {"status": "ok"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("address", ["/", "/privacy/", "/health/"])
def test_pages_only_answer_reading(client, address):
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


@pytest.mark.parametrize("address", ["/", "/privacy/", "/nowhere/", "/widget/frontdesk-chat.js"])
def test_every_answer_carries_the_security_headers(client, address):
    response = client.get(address)
    policy = dict(
        part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["frame-src"] == "'self'"
    assert policy["base-uri"] == "'none'"
    assert policy["frame-ancestors"] == policy["form-action"] == "'self'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    is_ours_to_frame = address in ("/", "/privacy/")
    assert response["X-Frame-Options"] == ("SAMEORIGIN" if is_ours_to_frame else "DENY")
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("address", ["/", "/privacy/", "/nowhere/"])
def test_pages_hold_nothing_the_policy_forbids(client, address):
    page = client.get(address).content.decode()
    assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
