"""The pages and files of the figures, who may open them, and the questions in groups."""

import csv
import io
import random
import time

import pytest

from frontdesk.console.figures import gallery
from frontdesk.console.figures.grouping import grouped
from frontdesk.console.figures.sheets import as_csv
from frontdesk.console.staff.models import Look

PAGE = "/staff/figures/"
QUESTIONS = (
    "do you validate parking",
    "is parking validated",
    "parking validation?",
    "do you sell gift cards",
    "gift cards?",
    "can my dog come in",
)


@pytest.fixture
def puzzled(assistant, read, on):
    """Six questions that nobody understood, and one that was."""
    on(1)
    for number, text in enumerate(QUESTIONS):
        assistant.hear(f"asks-{number}", text, "nlu_fallback", 0.2)
    assistant.hear("calls", "it's 212-555-0188, =cmd", "inform", 0.31)
    assistant.hear("clear", "how much is it", "ask_price", 0.99)
    assistant.hear("old", "what is this", "nlu_fallback", 0.2)
    read()


def table(client, name, days=30):
    answer = client.get(f"{PAGE}{name}.csv", {"days": days})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.content.decode())))


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}unanswered/", f"{PAGE}conversations.csv"])
def test_figures_are_for_staff_alone(client, employ, address, django_user_model):
    assert client.get(address).status_code == 302
    django_user_model.objects.create_user("nobody")
    client.force_login(django_user_model.objects.get(username="nobody"))
    assert client.get(address).status_code == 403
    client.force_login(employ("ruth", "reader"))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("days", ["7", "30", "90", "", "all"])
def test_page_shows_each_figure_with_its_table_and_file(client, maya, puzzled, days):
    page = client.get(PAGE, {"days": days}).content.decode()
    for name in gallery.NAMED:
        assert f'<h2 id="{name}">' in page
        assert f"{PAGE}{name}.csv?days=" in page
    assert page.count('role="img"') == 2  # conversations and what was not understood
    assert "<script" not in page.partition("<main")[2]


def test_files_hold_what_the_page_shows(client, maya, puzzled, period):
    for name, make in gallery.NAMED.items():
        head, *lines = table(client, name)
        figure = make(period)
        assert head == [column.title for column in figure.columns]
        assert len(lines) == len(figure.rows)
    day = period.days[-2]
    assert [str(day), "9", "9", "1.0"] in table(client, "conversations")
    assert client.get(f"{PAGE}secrets.csv").status_code == 404


def test_questions_that_are_alike_stand_together(client, maya, puzzled):
    lines = table(client, "unanswered")[1:]
    assert [int(line[0]) for line in lines] == [3, 2, 1, 1, 1]
    assert {one for one in lines[0][1:] if one} == set(QUESTIONS[:3])
    assert {one for one in lines[1][1:] if one} == set(QUESTIONS[3:5])
    page = client.get(f"{PAGE}unanswered/").content.decode()
    assert "can my dog come in" in page and "how much is it" not in page


def test_questions_are_shown_without_personal_words(client, maya, puzzled):
    for place in (f"{PAGE}unanswered/", f"{PAGE}unanswered.csv"):
        assert "0188" not in client.get(place).content.decode()


def test_part_of_the_page_is_no_page(client, maya, puzzled):
    part = client.get(f"{PAGE}unanswered/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "parking" in part


def test_saving_what_visitors_wrote_is_recorded(client, maya, puzzled):
    table(client, "conversations")
    assert not Look.objects.exists()
    table(client, "unanswered")
    look = Look.objects.get()
    assert (look.who, look.deed) == ("maya", Look.Deed.EXPORTED)


def test_new_message_is_grouped_at_once(client, maya, puzzled, assistant, read):
    before = table(client, "unanswered")
    assistant.hear("asks-7", "where is parking validated", "nlu_fallback", 0.2)
    read()
    after = table(client, "unanswered")
    assert int(after[1][0]) == int(before[1][0]) + 1


def test_no_cell_is_a_formula():
    lines = as_csv(["What"], [["=1+1"], ["+1"], ["@x"], ["-3"], [-3], ["a=b"]]).splitlines()
    assert lines[1:] == ["'=1+1", "'+1", "'@x", "'-3", "-3", "a=b"]


def test_every_message_is_in_one_group():
    assert grouped([]) == []
    texts = ["Parking?", "parking?", "a", "a", "?", "", "gift cards", "GIFT  cards"]
    members = [one for group in grouped(texts) for one in group.members]
    assert sorted(members) == list(range(len(texts)))


def test_two_thousand_messages_are_grouped_within_a_second():
    chance = random.Random(4)
    words = [f"{a}{b}" for a in ("park", "gift", "dog", "late", "tip") for b in "abcdefghij"]
    texts = [" ".join(chance.choices(words, k=chance.randint(3, 12))) for _ in range(2000)]
    grouped(texts[:10])  # loads what it needs
    began = time.process_time()
    grouped(texts)
    assert time.process_time() - began < 1
