"""What was corrected goes into the files: all of it, once, and nothing beside it."""

import subprocess

import pytest
from django.core.management import CommandError
from django.urls import reverse
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from ruamel.yaml import YAML

from frontdesk.clinical import meanings
from frontdesk.clinical.conditions import load_conditions
from frontdesk.clinical.loading import entries
from frontdesk.console.learning import plan as plans
from frontdesk.console.learning.models import Correction
from frontdesk.console.staff.models import Look
from frontdesk.domain.treatment import Treatment
from frontdesk.domain.vocabulary import Phrases
from tests.test_learned import cases

ODD = [
    '- "so: what" [does] {it} cost? #1 👍',
    "don't & won't: 50% off, isn't it | > ! * ?",
    "it's [a](b) thing [c]{d} and [e][f]",
    "null",
    "${HOME} is where the \\u0041 heart is",
    "/book_appointment it for me",
    "ça coûte combien ?",
    "👩‍👩‍👧 price for all of us",
]


def learned(message, intent="ask_price", **more):
    values = {"status": "corrected", "phrase": message.masked, "intent": intent}
    return Correction.objects.create(message=message, took_for="ask_contact", **values | more)


def finding(name, assertion="present", subject="client"):
    return {"id": name, "assertion": assertion, "subject": subject}


def missed(name, **more):
    return {"missed": [finding(name, **more) | {"words": ""}], "wrong": [], "kept": []}


def phrases(project, intent):
    """What Rasa reads."""
    content = (project / "data" / "nlu" / f"{intent}.yml").read_text(encoding="utf-8")
    read = RasaYAMLReader().reads(content)
    return [one.get("text") for one in read.training_examples]


def entry(project, folder, name, inner=""):
    path = project / "data" / folder / f"{name}.yml"
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))[folder][inner or name]


@pytest.fixture
def changes(project):
    """Begins to watch the files; tells which lines have gone and come since."""

    def git(*asked):
        told = subprocess.run(["git", *asked], cwd=project, capture_output=True, check=True)
        return told.stdout.decode()

    git("init", "-q")
    git("add", "-A")
    git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "before")

    def changed():
        git("add", "-A")
        lines = git("diff", "--cached", "--unified=0").splitlines()
        gone = [one[1:] for one in lines if one.startswith("-") and not one.startswith("---")]
        come = [one[1:] for one in lines if one.startswith("+") and not one.startswith("+++")]
        return gone, come

    return changed


def test_phrase_example_and_case_are_added_and_nothing_else(
    conversations, project, export, changes
):
    learned(conversations.heard("whats the toll per hour"))
    message = conversations.heard("my spine goes round a corner")
    learned(message, "check_suitability", findings=missed("scoliosis"))
    message = conversations.heard("the road to you has many bends")
    wrong = {"missed": [], "wrong": ["scoliosis"], "kept": []}
    learned(message, "ask_location", findings=wrong)
    told = export()
    assert "3 corrections exported, 5 files changed" in told
    gone, come = changes()
    assert gone == []
    assert [one for one in come if one.startswith("    - ")] == [
        '    - "my spine goes round a corner"',
        '    - "the road to you has many bends"',
        "    - the road to you has many bends",
        "    - whats the toll per hour",
        "    - my spine goes round a corner",
    ]
    assert phrases(project, "ask_price")[-1] == "whats the toll per hour"
    scoliosis = load_conditions(project / "data")["scoliosis"]
    assert scoliosis.examples[-1] == "my spine goes round a corner"
    assert scoliosis.near_misses[-1] == "the road to you has many bends"
    assert cases(project / "tests" / "learned.yml") == [
        {"text": "whats the toll per hour", "intent": "ask_price"},
        {
            "text": "my spine goes round a corner",
            "intent": "check_suitability",
            "findings": [finding("scoliosis")],
        },
        {
            "text": "the road to you has many bends",
            "intent": "ask_location",
            "never": ["scoliosis"],
        },
    ]


def test_exporting_again_changes_nothing(conversations, project, export, changes):
    message = conversations.heard("whats the toll per hour")
    correction = learned(message, entities=[words("pressure", "firm", "brutal")])
    export()
    before = changes()
    assert "0 corrections exported, 0 files changed" in export()
    Correction.objects.update(exported_at=None)
    told = export()
    assert "1 corrections exported, 0 files changed" in told and "already" in told
    assert changes() == before
    correction.refresh_from_db()
    assert correction.exported_at


def words(entity, value, told):
    return {"entity": entity, "value": value, "words": told}


def test_words_go_where_their_kind_stands(conversations, project, export, changes):
    marked = [
        words("pain_area", "legs", "gams"),
        words("pressure", "firm", "crush: me"),
        words("treatment", "sports", "rugby rub"),
        words("treatment", "reiki", "aura thing"),
        words("pain_area", "hips", "shoulder"),  # stands for the shoulders
    ]
    message = conversations.heard("gams crush: me rugby rub aura thing shoulder")
    learned(message, "inform", entities=marked)
    told = export()
    assert "stands for shoulders already" in told
    assert entry(project, "vocabulary", "pain_area", "legs")["words"][-1] == "gams"
    assert entry(project, "vocabulary", "pressure", "firm")["words"][-1] == "crush: me"
    assert entry(project, "treatments", "sports")["also_called"][-1] == "rugby rub"
    assert entry(project, "treatments", "not_covered", "reiki")["also_called"][-1] == "aura thing"
    assert "shoulder" not in entry(project, "vocabulary", "pain_area", "hips")["words"]
    treatments = entries(project / "data" / "treatments", Treatment)
    assert "rugby rub" in treatments["sports"].also_called
    assert entries(project / "data" / "vocabulary", Phrases)["legs"].words[-1] == "gams"
    gone, come = changes()
    # the lists that stand on one line grow at their ends
    for before in gone:
        assert any(_has_grown(before, after) for after in come), before


def _has_grown(before, after):
    """Whether a line is another with more before one of its closing brackets."""
    cuts = [n for n, one in enumerate(before) if one == "]"]
    return any(after.startswith(before[:n]) and after.endswith(before[n:]) for n in cuts)


@pytest.mark.parametrize("text", ODD)
def test_odd_characters_survive(conversations, project, export, client, receptionist, text):
    message = conversations.heard(text, key="odd")
    client.post(reverse("judge", args=[message.event]), {"do": "ask_insurance"})
    correction = Correction.objects.get()
    correction.findings = missed("scoliosis")
    correction.intent = "check_suitability"
    correction.save()
    export()
    phrase = correction.phrase
    assert phrases(project, "check_suitability")[-1] == phrase
    assert entry(project, "conditions", "scoliosis")["examples"][-1] == phrase
    assert cases(project / "tests" / "learned.yml")[0]["text"] == phrase
    bare = text.replace("\\", " ").replace("](", "] (").replace("]{", "] {").replace("][", "] [")
    assert phrase == " ".join(bare.lstrip("/").split())


def test_what_is_known_already_is_skipped(conversations, project, export, changes):
    known = phrases(project, "ask_price")[0]
    learned(conversations.heard(f"{known.upper()} !!"))
    told = export()
    assert "stands in data/nlu/ask_price.yml already" in told
    assert not [one for one in changes()[1] if one.startswith("    - ")]


def test_held_out_messages_are_never_learned(conversations, project, export, client, manager):
    learned(conversations.heard("Hiya - anyone about"), "greet")
    shown = client.get(reverse("review_corrections")).content.decode()
    assert "kept for measuring" in shown
    told = export()
    assert "kept for measuring" in told and "0 corrections exported" in told
    assert not (project / "tests").exists()


def test_two_meanings_of_a_phrase_are_settled_first(
    conversations, project, export, client, manager, log_in
):
    first = learned(conversations.heard("what is the toll"), "ask_price")
    learned(conversations.heard("What is the toll!"), "ask_insurance")
    shown = client.get(reverse("review_corrections")).content.decode()
    assert "To be settled first" in shown and 'value="ask_insurance"' in shown
    assert "0 corrections exported" in export()
    client.post(reverse("settle_correction"), {"correction": first.pk, "intent": "ask_insurance"})
    assert "2 corrections exported" in export()
    assert phrases(project, "ask_insurance")[-1] == "what is the toll"
    assert "what is the toll" not in phrases(project, "ask_price")


@pytest.mark.parametrize("chosen", ["ask_price", "ask_insurance"])
def test_phrase_of_another_intent_is_settled_first(
    conversations, project, export, client, manager, chosen, changes
):
    known = phrases(project, "ask_price")[3]
    correction = learned(conversations.heard(known), "ask_insurance")
    assert "to be settled" in export()
    client.post(reverse("settle_correction"), {"correction": correction.pk, "intent": chosen})
    assert "1 corrections exported" in export()
    gone, _ = changes()
    assert gone == ([f"    - {known}"] if chosen == "ask_insurance" else [])
    assert known in phrases(project, chosen)
    assert cases(project / "tests" / "learned.yml") == [{"text": known, "intent": chosen}]


def test_what_is_left_out_is_not_written(conversations, project, export, client, manager):
    correction = learned(conversations.heard("what is the toll"))
    client.post(reverse("leave_out_correction"), {"correction": correction.pk})
    assert "0 corrections exported" in export()
    assert "Nothing waits" in client.get(reverse("review_corrections")).content.decode()


def test_intent_that_grows_too_long_is_told(conversations, project, client, manager):
    learned(conversations.heard("what is the toll"))
    learned(conversations.heard("gobbledygook"), "out_of_scope")
    shown = client.get(reverse("review_corrections")).content.decode()
    assert "data/nlu/ask_price.yml would hold 61 phrases" in shown
    assert "out_of_scope.yml would hold" not in shown


def test_statement_of_a_condition_teaches_no_other_intent(conversations, project, export):
    assert plans.HEALTH_INTENTS == meanings.HEALTH_INTENTS
    message = conversations.heard("backbone like a snake, friday?")
    learned(message, "book_appointment", findings=missed("scoliosis"))
    assert "states a condition" in export()
    assert message.masked not in phrases(project, "book_appointment")
    assert entry(project, "conditions", "scoliosis")["examples"][-1] == message.masked


def test_condition_in_a_message_judged_by_one_press_is_minded_too(
    conversations, project, export, client, receptionist
):
    bent = finding("scoliosis") | {"entity": "condition", "value": "scoliosis"}
    message = conversations.heard("backbone like a snake, friday?", entities=[bent])
    shown = client.get("/staff/learn/").content.decode()
    assert "Curved spine: present" in shown
    client.post(reverse("judge", args=[message.event]), {"do": "book_appointment"})
    assert "states a condition" in export()
    assert message.masked not in phrases(project, "book_appointment")
    [case] = cases(project / "tests" / "learned.yml")
    assert case == {"text": message.masked, "intent": "book_appointment"}


@pytest.mark.parametrize("assertion", ["absent", "historical", "hypothetical"])
def test_what_is_not_there_now_is_tested_and_not_learned(conversations, project, export, assertion):
    message = conversations.heard("never had a crooked back, me")
    learned(message, "check_suitability", findings=missed("scoliosis", assertion=assertion))
    assert "tested and not learned from" in export()
    assert entry(project, "conditions", "scoliosis")["examples"][-1] != message.masked
    [case] = cases(project / "tests" / "learned.yml")
    assert case["findings"] == [finding("scoliosis", assertion)]


def test_near_miss_of_one_is_never_example_of_another(conversations, project, export):
    known = entry(project, "conditions", "fever")["near_misses"][0]
    learned(conversations.heard(known), "check_suitability", findings=missed("scoliosis"))
    both = missed("scoliosis") | {"wrong": ["fever"]}
    message = conversations.heard("backbone like a snake")
    learned(message, "check_suitability", findings=both)
    told = export()
    assert "is a near miss of fever" in told and "no near miss of fever" in told
    conditions = load_conditions(project / "data")
    examples = {text for one in conditions.values() for text in one.examples}
    assert not examples & {text for one in conditions.values() for text in one.near_misses}


def test_missed_red_flag_is_expected_to_interrupt(conversations, project, export):
    message = conversations.heard("smile slid off to the left")
    learned(message, "", findings=missed("rf_stroke_signs"))
    export()
    [case] = cases(project / "tests" / "learned.yml")
    assert case["intent"] == "report_red_flag"
    assert entry(project, "conditions", "rf_stroke_signs")["examples"][-1] == message.masked


def test_case_that_was_wrong_is_replaced(conversations, project, export):
    path = project / "tests" / "learned.yml"
    learned(conversations.heard("what is the toll"))
    learned(conversations.heard("and the toll for two"))
    export()
    path.write_text(f"{path.read_text()}# a word of our own\n")
    again = Correction.objects.first()
    again.intent, again.exported_at = "ask_insurance", None
    again.moves = True
    again.save()
    export()
    assert [(one["text"], one["intent"]) for one in cases(path)] == [
        ("and the toll for two", "ask_price"),
        ("what is the toll", "ask_insurance"),
    ]
    assert "# a word of our own" in path.read_text()


def test_dry_run_writes_nothing(conversations, project, export, changes):
    learned(conversations.heard("what is the toll"))
    told = export("--dry-run")
    assert "+ what is the toll" in told and "Nothing was written" in told
    assert changes() == ([], [])
    assert not Look.objects.exists()
    assert Correction.objects.filter(exported_at=None).count() == 1


def test_file_that_cannot_take_it_stops_everything(conversations, project, export, changes):
    path = project / "data" / "nlu" / "ask_price.yml"
    learned(conversations.heard("what is the toll"))
    learned(conversations.heard("is my plan good here"), "ask_insurance")
    path.write_text(path.read_text().replace("examples: |", "examples: >"))
    before = changes()
    with pytest.raises(CommandError, match=r"ask_price\.yml"):
        export()
    assert changes() == before
    assert Correction.objects.filter(exported_at=None).count() == 2


def test_export_is_on_record(conversations, project, export, manager, log_in):
    learned(conversations.heard("what is the toll"))
    export("--by", manager.username)
    look = Look.objects.get()
    assert (look.who, look.deed, look.user) == (manager.username, "corrected", manager)
    assert "toll" not in look.reason
    learned(conversations.heard("and for two"))
    export()
    assert Look.objects.filter(who="at the machine", user=None).count() == 1
    for name in (log_in("receptionist").username, "nobody"):
        with pytest.raises(CommandError):
            export("--by", name)


def test_export_goes_to_another_folder(conversations, project, export, tmp_path, changes):
    other = tmp_path / "other"
    subprocess.run(["cp", "-r", str(project), str(other)], check=True)
    learned(conversations.heard("what is the toll"))
    export("--to", str(other))
    assert phrases(other, "ask_price")[-1] == "what is the toll"
    assert (other / "tests" / "learned.yml").exists()
    assert changes() == ([], [])
    with pytest.raises(CommandError, match="no data folder"):
        export("--to", str(tmp_path))
