"""Taking over, writing, handing back, and putting conversations in order."""

from __future__ import annotations

import contextlib
import uuid

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from frontdesk.console.conversations import assistant, words
from frontdesk.console.conversations.errors import CannotDo, NotYours, TakenAlready
from frontdesk.console.conversations.models import (
    Conversation,
    Mark,
    Need,
    Note,
    Reply,
    Tag,
    Trait,
)
from frontdesk.console.conversations.needs import (
    note_settled,
    note_taken,
    raise_need,
    raised,
    settle,
)

LONGEST = 2000  # characters of one message, as for visitors
Mode = Conversation.Mode


def called(user: User) -> str:
    """The name visitors see: the given name, else that of the account."""
    return user.first_name or user.get_username()


def take_over(conversation: Conversation, user: User) -> None:
    """Silence the assistant and let a person answer; one at a time.

    Raises:
        TakenAlready: somebody else has.
        CannotDo: the visitor has written nothing, so there is no session to pause.
        AssistantAway, Undelivered: nothing has changed.
    """
    if not conversation.turns:
        raise CannotDo("This visitor has not written yet. Wait for their first message.")
    free = Conversation.objects.filter(pk=conversation.pk, owner=None)
    now = timezone.now()
    if not free.update(owner=user, owned_at=now, assigned_to=user, mode=Mode.PERSON):
        owner = Conversation.objects.select_related("owner").get(pk=conversation.pk).owner
        if owner == user:
            return
        raise TakenAlready(f"{called(owner) if owner else 'Somebody'} is answering this visitor.")
    joined = words.notice(words.JOINED, staff=called(user))
    try:
        assistant.post(conversation.key, [assistant.PAUSE, joined])
    except CannotDo:
        ours = Conversation.objects.filter(pk=conversation.pk, owner=user)
        ours.update(owner=None, owned_at=None, mode=Mode.ASSISTANT)
        raise
    note_taken(conversation, now)


def write(conversation: Conversation, user: User, text: str, token: uuid.UUID) -> None:
    """Say something to the visitor; the same ``token`` again says nothing twice.

    Raises:
        NotYours: somebody else, or nobody, has taken the conversation over.
        CannotDo: there is nothing to say, or it is too long.
        AssistantAway, Undelivered: nothing was sent.
    """
    said = text.strip()
    if not said:
        raise CannotDo("Please write something first.")
    if len(said) > LONGEST:
        raise CannotDo(f"Please keep a message under {LONGEST:,} characters.")
    if not Conversation.objects.filter(pk=conversation.pk, owner=user).exists():
        raise NotYours("Take the conversation over before you write.")
    try:
        with transaction.atomic():
            reply = Reply.objects.create(token=token, conversation=conversation)
    except IntegrityError:
        return
    try:
        assistant.post(conversation.key, [assistant.written(said, called(user))])
    except CannotDo:
        reply.delete()
        raise


def hand_back(conversation: Conversation, user: User) -> None:
    """Let the assistant answer again, with what needed a person dealt with.

    Raises:
        NotYours: somebody else is answering.
        AssistantAway, Undelivered: nothing has changed.
    """
    here = Conversation.objects.filter(pk=conversation.pk)
    if not here.filter(Q(owner=user) | Q(owner=None, mode=Mode.PERSON)).exists():
        raise NotYours("Somebody else is answering this visitor.")
    left = words.notice(words.LEFT, staff=called(user))
    assistant.post(conversation.key, [left, assistant.RESUME])
    _give_back(conversation.pk)


def return_silent(conversation: Conversation) -> None:
    """Let the assistant answer again because nobody did; the conversation still needs a person.

    Raises:
        AssistantAway, Undelivered: nothing has changed.
    """
    assistant.post(conversation.key, [words.notice(words.SILENT), assistant.RESUME])
    _give_back(conversation.pk, Need.PERSON)


def apologize(conversation: Conversation) -> None:
    """Tell a visitor who waits for a person that nobody is free yet; once.

    Raises:
        AssistantAway, Undelivered: nothing was said.
    """
    mine = Conversation.objects.filter(pk=conversation.pk, told_waiting_at=None, owner=None)
    if mine.update(told_waiting_at=timezone.now()):
        try:
            assistant.post(conversation.key, [words.notice(words.NOBODY_FREE)])
        except CannotDo:
            Conversation.objects.filter(pk=conversation.pk).update(told_waiting_at=None)
            raise


def tell_erased(conversation: Conversation) -> None:
    """Tell a visitor that their data is deleted; when that cannot be done, it is deleted all the
    same."""
    with contextlib.suppress(CannotDo):
        assistant.post(conversation.key, [words.notice(words.ERASED)])


def deal_with(conversation: Conversation) -> None:
    """What needed a person is done."""
    with transaction.atomic():
        locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
        settle(locked)
        note_settled(locked, timezone.now())
        locked.is_unread = False
        locked.save()


def assign(conversation: Conversation, to: User | None) -> None:
    """Say who looks after a conversation."""
    Conversation.objects.filter(pk=conversation.pk).update(assigned_to=to)


def mark_read(conversation: Conversation) -> None:
    """Somebody has opened it."""
    Conversation.objects.filter(pk=conversation.pk, is_unread=True).update(is_unread=False)


def review(conversation: Conversation, user: User, *, is_reviewed: bool) -> None:
    """Mark a conversation as looked through, or not."""
    here = Conversation.objects.filter(pk=conversation.pk)
    if is_reviewed:
        here.update(reviewed_at=timezone.now(), reviewed_by=user)
        _mark(conversation, Mark.Kind.TRAIT, Trait.REVIEWED)
    else:
        here.update(reviewed_at=None, reviewed_by=None)
        _unmark(conversation, Mark.Kind.TRAIT, Trait.REVIEWED)


def tag(conversation: Conversation, name: str) -> None:
    """Put a tag on a conversation, a new one if need be.

    Raises:
        CannotDo: the name is empty or too long.
    """
    word = " ".join(name.split())
    if not 0 < len(word) <= 40:
        raise CannotDo("A tag has 1 to 40 characters.")
    known = Tag.objects.filter(name__iexact=word).first() or Tag.objects.create(name=word)
    _mark(conversation, Mark.Kind.TAG, known.name)


def untag(conversation: Conversation, name: str) -> None:
    """Take a tag off a conversation; one that is on none is forgotten."""
    _unmark(conversation, Mark.Kind.TAG, name)
    if not Mark.objects.filter(kind=Mark.Kind.TAG, value=name).exists():
        Tag.objects.filter(name=name).delete()


def note(conversation: Conversation, user: User, text: str) -> None:
    """Keep a note for each other.

    Raises:
        CannotDo: it is empty or too long.
    """
    said = text.strip()
    if not 0 < len(said) <= LONGEST:
        raise CannotDo(f"A note has 1 to {LONGEST:,} characters.")
    Note.objects.create(conversation=conversation, by=user, text=said)


def _give_back(pk: int, need: Need | None = None) -> None:
    with transaction.atomic():
        locked = Conversation.objects.select_for_update().get(pk=pk)
        locked.owner, locked.owned_at, locked.mode = None, None, Mode.ASSISTANT
        locked.waiting_since = None
        settle(locked)
        now = timezone.now()
        note_settled(locked, now)
        if need:
            raise_need(locked, need, now)
            raised(locked, need, now).save()
        locked.save()


def _mark(conversation: Conversation, kind: Mark.Kind, value: str) -> None:
    Mark.objects.get_or_create(
        conversation=conversation,
        kind=kind,
        value=value,
        defaults={"last_at": conversation.last_at},
    )


def _unmark(conversation: Conversation, kind: Mark.Kind, value: str) -> None:
    Mark.objects.filter(conversation=conversation, kind=kind, value=value).delete()
