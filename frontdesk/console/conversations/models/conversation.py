"""One visitor's conversation, as far as a list of them has to know it."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Need(models.TextChoices):
    """Why a conversation needs a person, gravest first."""

    RED_FLAG = "red_flag", "Red flag"
    PERSON = "person", "Asked for a person"
    COMPLAINT = "complaint", "Complaint"
    CALL_BACK = "call_back", "Call back"
    MISUNDERSTOOD = "misunderstood", "Misunderstood"
    BOOKING = "booking", "Booking to confirm"
    ERASURE = "erasure", "Wants data deleted"

    @property
    def rank(self) -> int:
        """Its place in the list: the higher, the sooner somebody looks."""
        return len(Need.values) - Need.values.index(self.value)


class Conversation(models.Model):
    """What is known of a conversation without a word that was written in it.

    The words stay in the assistant's own store and are read there when somebody opens the
    conversation. ``need`` is the gravest reason that nobody has dealt with yet, ``need_rank`` its
    place in the list, 0 for none. ``asked_at`` is when the visitor wrote what the assistant has
    not answered yet.
    """

    class Mode(models.TextChoices):
        """Who answers."""

        ASSISTANT = "assistant", "The assistant answers"
        PERSON = "person", "A person answers"

    key = models.CharField(max_length=255, unique=True)
    channel = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()
    turns = models.PositiveIntegerField(default=0)
    lowest_confidence = models.FloatField(null=True)
    urgency = models.CharField(max_length=10, default="none")
    suitability = models.JSONField(default=dict)
    reference = models.CharField(max_length=12, blank=True)

    need = models.CharField(max_length=13, choices=Need.choices, blank=True)
    need_rank = models.PositiveSmallIntegerField(default=0)
    need_at = models.DateTimeField(null=True)
    told_waiting_at = models.DateTimeField(null=True)

    mode = models.CharField(max_length=9, choices=Mode.choices, default=Mode.ASSISTANT)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="owned"
    )
    owned_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="assigned"
    )
    is_unread = models.BooleanField(default=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reviewed"
    )

    class Meta:
        """Found by need and by time."""

        indexes = [
            models.Index(fields=["-need_rank", "-last_at"], name="conversation_need"),
            models.Index(fields=["-last_at"], name="conversation_newest"),
            models.Index(fields=["started_at"], name="conversation_begun"),
            models.Index(
                fields=["waiting_since"],
                condition=models.Q(mode="person"),
                name="conversation_kept_waiting",
            ),
        ]
        permissions = [
            ("answer_conversation", "Can take over and write to visitors"),
            ("sort_conversation", "Can tag, note, assign and mark as reviewed"),
        ]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"conversation {self.pk}"


class Tag(models.Model):
    """A word of the staff's own for conversations."""

    name = models.CharField(max_length=40, unique=True)

    class Meta:
        """By name."""

        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Note(models.Model):
    """What staff write about a conversation for each other; the visitor never sees it."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    text = models.TextField(max_length=2000)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """As they were written."""

        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"note on {self.conversation}"


class Reply(models.Model):
    """A form that was sent: the same one again says nothing twice."""

    token = models.UUIDField(unique=True)
    conversation = models.ForeignKey(Conversation, models.CASCADE)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Nothing for staff."""

        default_permissions = ()

    def __str__(self) -> str:
        return f"reply in {self.conversation}"
