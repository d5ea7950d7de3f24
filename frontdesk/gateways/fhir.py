"""A wish as a FHIR R4 Appointment of status "proposed", for clinics whose system speaks it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from frontdesk.domain.booking import ForWhom, Wish

SYSTEM = "urn:frontdesk:treatment"
REFERENCE = "urn:frontdesk:reference"


def as_appointment(wish: Wish, titles: Mapping[str, str]) -> dict[str, Any]:
    """The resource; who comes is a contained Patient, who wrote a contained RelatedPerson.

    Nothing of anybody's health is in it: the staff side has that.
    """
    ends = wish.starts_at + datetime.timedelta(minutes=wish.minutes)
    telecom = [
        {"system": system, "value": value}
        for system, value in (("phone", wish.phone), ("email", wish.email))
        if value
    ]
    title = titles.get(wish.treatment, wish.treatment)
    is_other = wish.for_whom is ForWhom.OTHER
    patient: dict[str, Any] = {"resourceType": "Patient", "id": "client"}
    patient["name"] = [{"text": wish.client_name if is_other else wish.contact_name}]
    contained = [patient]
    participants = [_participant("#client")]
    if is_other:
        contained.append(
            {
                "resourceType": "RelatedPerson",
                "id": "contact",
                "patient": {"reference": "#client"},
                "name": [{"text": wish.contact_name}],
                "telecom": telecom,
            }
        )
        participants.append(_participant("#contact"))
    else:
        patient["telecom"] = telecom
    return {
        "resourceType": "Appointment",
        "contained": contained,
        "identifier": [{"system": REFERENCE, "value": wish.reference}],
        "status": "proposed",
        "serviceType": [{"coding": [{"system": SYSTEM, "code": wish.treatment, "display": title}]}],
        "description": f"{title}, {wish.minutes} minutes",
        "start": wish.starts_at.isoformat(),
        "end": ends.isoformat(),
        "minutesDuration": wish.minutes,
        "participant": participants,
    }


def _participant(reference: str) -> dict[str, Any]:
    return {"actor": {"reference": reference}, "status": "needs-action"}
