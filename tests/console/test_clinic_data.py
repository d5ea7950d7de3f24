"""Clinic, hours, articles and claims are read strictly."""

import re

import pytest

from frontdesk.clinical.clinic import WEEK, load_clinic, load_library
from frontdesk.domain.errors import DataFileError
from frontdesk.settings import ROOT


def test_sample_clinic_is_read():
    clinic = load_clinic(ROOT / "data")
    assert tuple(clinic.hours) == WEEK
    assert clinic.hours["Thursday"] == ("09:00", "20:30")
    assert clinic.hours["Sunday"] == ()
    assert clinic.prices[60] == 105
    assert "privacy" in clinic.facts


def test_library_ties_claims_to_articles():
    library = load_library(ROOT / "data")
    assert set(library.articles) == {"A", "B"}
    assert library.sources(["B10", "A01"])[1]["section"] == "Deep Tissue Massage"


FILE = "clinic/clinic.yml"


@pytest.mark.parametrize(
    ("name", "old", "new", "entry", "key"),
    [
        (FILE, "  phone: (212) 555-0148\n", "", "phone", ""),
        (FILE, "  phone: (212)", "  fax: (212)", "fax", ""),
        (FILE, "  tagline: Calm hands for tired backs", "  tagline:", "tagline", ""),
        (FILE, "tel:+12125550148", "+12125550148", "phone_link", ""),
        (FILE, "tel:+12125550148", "'tel:'", "phone_link", ""),
        (FILE, "America/New_York", "America/Gotham", "time_zone", ""),
        (FILE, "America/New_York", "America", "time_zone", ""),
        (FILE, "America/New_York", "../../etc/passwd", "time_zone", ""),
        (FILE, "    60: 105", "    60: free", "prices", "60"),
        (FILE, "    60: 105", "    60: 0", "prices", ""),
        (FILE, '    crisis: "988"\n', "", "emergency", "crisis"),
        (FILE, "    Tuesday:", "    Tuseday:", "hours", "Tuseday"),
        (FILE, "    Sunday: []\n", "", "hours", ""),
        (FILE, 'Monday: ["09:00", "19:00"]', 'Monday: ["9:00", "19:00"]', "hours", "Monday"),
        (FILE, 'Monday: ["09:00", "19:00"]', 'Monday: ["09:00"]', "hours", "Monday"),
        (FILE, 'Monday: ["09:00", "19:00"]', 'Monday: ["19:00", "09:00"]', "hours", "Monday"),
        (FILE, 'Monday: ["09:00", "19:00"]', "Monday:", "hours", "Monday"),
        ("clinic/facts.yml", "  facts:", "  prices:", "prices", "lengths"),
        ("clinic/articles.yml", 'A: {title: "How', 'A: {titel: "How', "articles", "A.titel"),
    ],
)
def test_wrong_fact_is_named(data, name, old, new, entry, key):
    if name == "clinic/facts.yml":
        data.replace(FILE, "  prices:\n    30: 60\n    60: 105\n    75: 130\n    90: 150\n", "")
    data.replace(name, old, new)
    with pytest.raises(DataFileError) as caught:
        load_clinic(data.path)
        load_library(data.path)
    assert caught.value.entry == entry
    assert key in caught.value.key
    assert caught.value.path.startswith(str(data.path / "clinic"))
    if new or entry == "emergency":
        assert caught.value.path.endswith(name)


def test_fact_in_two_files_is_refused(data):
    data.write("clinic/more.yml", "clinic:\n  name: Another\n")
    with pytest.raises(DataFileError, match=r"more\.yml, entry 'name': also written in cl"):
        load_clinic(data.path)


def test_any_day_may_be_closed(data):
    data.replace(FILE, 'Monday: ["09:00", "19:00"]', "Monday: []")
    assert load_clinic(data.path).hours["Monday"] == ()


def test_claim_of_an_unknown_article_is_refused(data):
    data.replace("claims/article_b.yml", "B01:\n    article: B", "B01:\n    article: C")
    with pytest.raises(DataFileError, match=r"article_b\.yml, entry 'B01', key 'article'"):
        load_library(data.path)


def test_missing_articles_are_refused(data):
    (data.path / "clinic/articles.yml").unlink()
    with pytest.raises(DataFileError, match="articles"):
        load_library(data.path)


def test_empty_folder_is_refused(tmp_path):
    with pytest.raises(DataFileError, match=re.escape(str(tmp_path))):
        load_clinic(tmp_path)


def test_british_example_of_the_docs_works(data, client):
    page = (ROOT / "docs" / "clinic.md").read_text(encoding="utf-8")
    clinic, facts = re.findall(r"```yaml\n(.*?)```", page, flags=re.S)
    data.write("clinic/clinic.yml", clinic)
    data.write("clinic/facts.yml", facts)
    assert load_clinic(data.path).facts.keys() == load_clinic(ROOT / "data").facts.keys()
    shown = client.get("/").content.decode()
    for expected in ("£70", "9:30 am to 4 pm", 'tel:999">999</a> or <a href="tel:112">112</a>'):
        assert expected in shown
    assert 'Samaritans on <a href="tel:116123">116 123</a>' in shown
    assert 'NHS <a href="tel:111">111</a>' in shown
    assert "911" not in shown
