"""The guards of the house: what is written once, named right and found where the map says."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rasa.shared.importers.importer import TrainingDataImporter
from ruamel.yaml import YAML

from frontdesk.clinical.clinic import load_library
from frontdesk.clinical.loading import entries
from frontdesk.domain.treatment import Treatment
from frontdesk.settings import ROOT

DATA = ROOT / "data"
RASA_KEYS = {"nlu", "rules", "stories", "responses"}
# Replies about massage or the body. All others are about the clinic or the talk itself.
ABOUT_MASSAGE = ("helping", "choosing", "treatments", "suitability")
# They ask or say something about the talk, or get their claims from the action that fills them.
NO_CLAIM = {
    "utter_sympathize",
    "utter_not_caught",
    "utter_ask_pain_area",
    "utter_ask_pain_cause",
    "utter_ask_pressure",
    "utter_compare_which",
    "utter_treatment_not_covered",
    "utter_suitability_denied",
}
FILLED = {
    "utter_recommend",
    "utter_recommend_only",
    "utter_recommend_after_injury",
    "utter_recommend_after_injury_only",
    "utter_describe_treatment",
    "utter_compare_treatments",
}


# Intents of a button alone: what is typed for them belongs to another intent.
PRESSED = {"request_callback", "request_erasure"}


def load(path: Path) -> dict:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def responses() -> dict[str, tuple[str, list]]:
    """Every reply with the topic it is filed under."""
    return {
        name: (path.stem, variants)
        for path in sorted((DATA / "responses").glob("*.yml"))
        for name, variants in load(path)["responses"].items()
    }


def claims_of(variants: list) -> set[str]:
    return {c for one in variants for c in (one.get("metadata") or {}).get("claims", ())}


def test_data_file_holds_its_folders_key_only():
    for path in DATA.glob("*/*.yml"):
        assert set(load(path)) <= {path.parent.name, "version"}, path
        if path.parent.name not in RASA_KEYS:
            begun = {line.partition(":")[0] for line in path.read_text().splitlines()}
            assert not begun & RASA_KEYS, path


@pytest.mark.parametrize(
    "folder, pattern", [("responses", r"^  (utter_\w+):"), ("nlu", r"intent: (\w+)")]
)
def test_name_is_written_once(folder, pattern):
    names = re.findall(
        pattern, "\n".join(p.read_text() for p in (DATA / folder).glob("*.yml")), re.M
    )
    assert sorted(names) == sorted(set(names))


def test_every_intent_has_its_phrases_and_every_action_its_file():
    domain = load(ROOT / "domain.yml")
    intents = set(domain["intents"]) - {"nlu_fallback"}
    assert {path.stem for path in (DATA / "nlu").glob("*.yml")} == intents
    for action in domain["actions"]:
        assert (ROOT / "actions" / f"{action.removeprefix('action_')}.py").exists(), action
    named = re.findall(
        r'return "((?:action|validate)_\w+)"',
        "".join(p.read_text() for p in (ROOT / "actions").glob("*.py")),
    )
    assert sorted(named) == sorted(domain["actions"])


def test_every_reply_used_exists():
    known = set(
        TrainingDataImporter.load_from_config(
            str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(DATA)]
        )
        .get_domain()
        .responses
    )
    code = [*(ROOT / "actions").glob("*.py"), *(ROOT / "frontdesk").rglob("*.py")]
    words = [*(DATA / "rules").glob("*.yml"), *(DATA / "responses").glob("*.yml")]
    for path in [*code, *words]:
        used = set(re.findall(r"\butter_\w*[a-z]\b(?!\{)", path.read_text())) - {
            "utter_message",
            "utter_action",
        }
        assert {u for u in used if not u.endswith("_")} <= known | {"utter_suitability"}, path


def test_every_intent_offered_by_a_button_exists():
    intents = set(load(ROOT / "domain.yml")["intents"])
    for name, (_, variants) in responses().items():
        for button in (b for one in variants for b in one.get("buttons", ())):
            assert re.match(r"/(\w+)", button["payload"])[1] in intents, name
    assert set(load(DATA / "topics" / "topics.yml")["topics"]) <= intents


def test_what_a_yes_or_no_leads_to_exists():
    actions = set(load(ROOT / "domain.yml")["actions"])
    for name, (_, variants) in responses().items():
        for one in variants:
            noted = one.get("metadata") or {}
            led = {noted[key] for key in ("on_yes", "on_no") if key in noted}
            assert led <= actions | set(responses()), name


def test_phrases_are_varied_and_no_more_than_needed():
    # what visitors taught comes on top; the console warns when it gets too much
    learned = {case["text"] for case in load(ROOT / "tests" / "learned.yml")["learned"] or ()}
    for path in (DATA / "nlu").glob("*.yml"):
        lines = load(path)["nlu"][0]["examples"].splitlines()
        if path.stem in PRESSED:
            assert lines == [f"- /{path.stem}"], path
            continue
        phrases = [line for line in lines if line[2:].strip() not in learned]
        # the world outside our subject is wider than any of our own
        most = 400 if path.stem == "out_of_scope" else 60
        assert 25 <= len(phrases) <= most, path


def test_held_out_messages_are_not_trained_on():
    trained = {
        line[2:].strip().lower()
        for path in (DATA / "nlu").glob("*.yml")
        for line in load(path)["nlu"][0]["examples"].splitlines()
    }
    held_out = load(ROOT / "benchmarks" / "held_out" / "intents.yml")["intents"]
    assert not trained & {text.lower() for texts in held_out.values() for text in texts}


def test_every_claim_is_used_and_every_reply_about_massage_names_its_claims():
    claims = set(load_library(DATA).claims)
    treatments = entries(DATA / "treatments", Treatment).values()
    used = {claim for treatment in treatments for claim in treatment.claims}
    used |= {claim for t in treatments for suits in t.suits for claim in suits.claims}
    for name, (topic, variants) in responses().items():
        found = claims_of(variants)
        assert found <= claims, f"{name} names a claim that does not exist"
        used |= found
        if topic in ABOUT_MASSAGE and name not in NO_CLAIM | FILLED:
            assert found, f"{name} rests on no claim"
    assert claims == used, f"unused: {sorted(claims - used)}"


def test_replies_are_short_and_plain():
    for name, (_, variants) in responses().items():
        for one in variants:
            words = len(one["text"].split())
            assert words <= 110, f"{name} has {words} words"
            for promise in ("guarantee", "you are safe", "cure you", "definitely"):
                assert promise not in one["text"].lower(), name


def test_paths_named_in_readme_and_docs_exist():
    ours = {path.name for path in ROOT.iterdir()} - {"models", ".local", "results"}
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for path in re.findall(r"`([A-Za-z0-9_./-]+/[A-Za-z0-9_./-]*)`", page.read_text()):
            is_file = re.search(r"\.(py|md|yml|toml|js|css|html)$", path) and "/" in path
            if path.partition("/")[0] in ours or (is_file and not path.startswith(("/", "http"))):
                assert (ROOT / path).exists(), f"{page.name} names {path}"


def test_make_targets_named_in_readme_and_docs_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        named = set(re.findall(r"`make ([a-z-]+)", page.read_text()))
        assert named <= targets, f"{page.name} names {named - targets}"


def test_every_module_says_what_it_is_for_and_every_room_has_a_page():
    for path in [*(ROOT / "frontdesk").rglob("*.py"), *(ROOT / "actions").glob("*.py")]:
        if "migrations" not in path.parts:
            assert ast.get_docstring(ast.parse(path.read_text())), path
    rooms = [p.name for p in (ROOT / "frontdesk").iterdir() if (p / "__init__.py").exists()]
    for room in [*rooms, "actions", "widget", "benchmarks", "data"]:
        assert (ROOT / "docs" / f"{room}.md").exists(), f"docs/{room}.md is missing"


def test_domain_imports_the_standard_library_only():
    for path in (ROOT / "frontdesk" / "domain").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                top = name.partition(".")[0]
                assert top in sys.stdlib_module_names or name.startswith("frontdesk.domain"), path


def test_no_file_names_a_registry_or_a_machine():
    files = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True
    ).stdout.split()
    for name in files:
        path = ROOT / name
        if (
            path.suffix in {".py", ".md", ".yml", ".toml", ".lock", ".js", ".html", ".css", ""}
            and path.is_file()
        ):
            told = path.read_text(encoding="utf-8", errors="ignore")
            for trace in (
                "files.pythonhosted" + ".org",
                "pypi" + ".org",
                "registry.npmjs" + ".org",
                "/work/" + "main",
            ):
                assert trace not in told, f"{name} names {trace}"
