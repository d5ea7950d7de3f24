"""The same question under the same key is answered once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from frontdesk.console.bookings.errors import KeyReused
from frontdesk.console.bookings.models import Appointment, Receipt
from frontdesk.domain.booking import BookingError

MOST_ATTEMPTS = 4  # two who wait for each other: the database stops one, who begins again


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and whether it was given just now."""

    answer: dict[str, Any]
    is_new: bool


Doing = Callable[[], tuple[Appointment, dict[str, Any]]]


def once(
    key: str, asked: dict[str, Any], do: Doing, check: Callable[[], None] = lambda: None
) -> Answered:
    """Do something in one transaction, unless the key shows that it was done.

    ``check`` is made outside the transaction and raises when there is no use in beginning it.

    Raises:
        KeyReused: something else was asked under this key.
    """
    mark = _fingerprint(asked)
    for attempt in range(MOST_ATTEMPTS):
        kept = _kept(key, mark)
        if kept is not None:
            return Answered(kept, is_new=False)
        try:
            check()
        except BookingError:
            # the same key may have got it just now: then this is no "too late" but "yes, again"
            kept = _kept(key, mark)
            if kept is not None:
                return Answered(kept, is_new=False)
            raise
        try:
            with transaction.atomic():
                receipt = Receipt.objects.create(key=key, fingerprint=mark)
                receipt.appointment, receipt.answer = do()
                receipt.save()
                return Answered(receipt.answer, is_new=True)
        except (IntegrityError, OperationalError):
            # in a transaction of the caller's nothing can be begun again
            if connection.in_atomic_block or attempt == MOST_ATTEMPTS - 1:
                raise
    raise AssertionError("not reached")


def _kept(key: str, mark: str) -> dict[str, Any] | None:
    receipt = Receipt.objects.filter(key=key).first()
    if receipt is None:
        return None
    if not constant_time_compare(receipt.fingerprint, mark):
        raise KeyReused("the key belongs to another question")
    answer: dict[str, Any] = receipt.answer
    return answer


def _fingerprint(asked: dict[str, Any]) -> str:
    written = json.dumps(asked, sort_keys=True)
    return salted_hmac("bookings.receipt", written, algorithm="sha256").hexdigest()
