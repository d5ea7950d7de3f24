"""One file holds all that is kept of a person, and nothing of anybody else."""

import json

from tests.console.privacy.house import ROBIN, ROBINS, TOM, TOMS


def test_everything_of_one_person_is_in_it(either):
    toms, robins = either.fill()
    path = either.folder / "tom.json"
    done = either.manage("export_person", "--contact", "212/555/0143", "--to", str(path))
    assert done.returncode == 0, done.stderr
    assert path.stat().st_mode & 0o777 == 0o600
    text = path.read_text()
    told = json.loads(text)
    assert not [one for one in (*ROBINS, ROBIN, robins) if one in text]
    assert told["person"]["emails"] == [TOMS[1]] and told["person"]["references"] == [toms]
    kept = told["kept"]
    assert [event["type_name"] for event in kept["assistant"]["events"][TOM]].count("user") == 1
    assert kept["assistant"]["events"][TOM][0]["data"]["event"]
    assert len(kept["channels"]["website_message"]) == 2
    assert kept["channels"]["channel_somewhere"][0]["address"] == "+12125550143"
    assert kept["console"]["bookings.Appointment"][0]["fields"]["contact_name"] == TOMS[0]
    assert {"conversations.Note", "conversations.Message", "bookings.Letter"} <= set(
        kept["console"]
    )
    assert kept["files"]["mail"]


def test_one_conversation(house):
    house.fill()
    path = house.folder / "one.json"
    assert house.manage("export_person", "--conversation", TOM, "--to", str(path)).returncode == 0
    assert TOMS[1] in path.read_text() and ROBIN not in path.read_text()


def test_no_file_is_overwritten(house):
    house.fill()
    path = house.folder / "there.json"
    path.write_text("mine")
    done = house.manage("export_person", "--contact", TOMS[1], "--to", str(path))
    assert done.returncode == 1 and path.read_text() == "mine"


def test_export_in_our_folder_goes_with_the_person(house):
    house.fill()
    (house.folder / "exports").mkdir()
    path = house.folder / "exports" / "tom.json"
    assert house.manage("export_person", "--contact", TOMS[1], "--to", str(path)).returncode == 0
    assert house.manage("erase", "--contact", TOMS[1]).returncode == 0
    assert not path.exists()
    assert house.receipts()[0]["removed"]["files"]["exports"] == 1
