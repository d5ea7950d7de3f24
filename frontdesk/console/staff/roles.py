"""The three roles and what each may do."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission, User
from django.db import transaction

READER = "reader"
RECEPTIONIST = "receptionist"
MANAGER = "manager"

VIEW = "conversations.view_conversation"
SORT = "conversations.sort_conversation"
ANSWER = "conversations.answer_conversation"
REVEAL = "staff.reveal_personal"
CORRECT = "learning.add_correction"
EXPORT = "learning.export_correction"
AUDIT = "staff.view_look"
ERASE = "privacy.erase_person"

_READS = (VIEW,)
_RECEIVES = (
    *_READS,
    SORT,
    ANSWER,
    REVEAL,
    CORRECT,
    "bookings.view_appointment",
    "bookings.change_appointment",
    "bookings.view_therapist",
    "bookings.view_room",
    "bookings.view_closure",
    "bookings.add_closure",
    "bookings.change_closure",
)
_MANAGES = (
    *_RECEIVES,
    EXPORT,
    AUDIT,
    ERASE,
    "bookings.view_letter",
    "bookings.view_statuschange",
    "bookings.delete_closure",
    *(f"bookings.{doing}_{what}" for what in ("therapist", "room") for doing in ("add", "change")),
    *(f"bookings.{doing}_workinghours" for doing in ("view", "add", "change", "delete")),
    *(f"auth.{doing}_user" for doing in ("view", "add", "change")),
)
ROLES: dict[str, tuple[str, ...]] = {
    READER: _READS,
    RECEPTIONIST: _RECEIVES,
    MANAGER: _MANAGES,
}


def make_roles() -> None:
    """Bring the groups of the database in line with the roles above."""
    every = {
        f"{app}.{code}": pk
        for pk, app, code in Permission.objects.values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    with transaction.atomic():
        for name, permissions in ROLES.items():
            group, _ = Group.objects.get_or_create(name=name)
            group.permissions.set([every[one] for one in permissions if one in every])


def give(user: User, role: str) -> None:
    """Give an account one role and take the others away."""
    user.groups.set([Group.objects.get(name=role)])
    user.is_staff = role != READER  # the pages for bookings and accounts are for the others
    user.save(update_fields=["is_staff"])
