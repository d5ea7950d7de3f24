"""The bookings on the staff's own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from frontdesk.console.bookings import facts, services
from frontdesk.console.bookings.models import (
    Appointment,
    Closure,
    Letter,
    Room,
    StatusChange,
    Therapist,
    WorkingHours,
)

# Django's admin classes take a model in brackets for the type checker only
if TYPE_CHECKING:
    Page: TypeAlias = admin.ModelAdmin[Any]
    Rows: TypeAlias = admin.TabularInline[Any, Any]
    Form: TypeAlias = forms.ModelForm[Any]
else:
    Page, Rows, Form = admin.ModelAdmin, admin.TabularInline, forms.ModelForm

admin.site.site_header = admin.site.site_title = "Staff pages"
admin.site.index_title = "Bookings and people"


class ReadOnly:
    """For what staff may look at and not change."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is added by hand (see Django)."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is changed (see Django)."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is deleted (see Django)."""
        return False


class TherapistForm(Form):
    """Skills as boxes to tick."""

    skills = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = facts.offered().items()
        field = self.fields["skills"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(name, treatment.title) for name, treatment in offered]

    class Meta:
        """All of a therapist."""

        model = Therapist
        fields = ["name", "is_active", "skills"]


class HoursRows(Rows):
    """Working hours beside their therapist."""

    model = WorkingHours
    extra = 1


@admin.register(Therapist)
class TherapistPage(Page):
    """Therapists with their week."""

    form = TherapistForm
    inlines = [HoursRows]
    list_display = ["name", "is_active"]


@admin.register(Room)
class RoomPage(Page):
    """Rooms."""

    list_display = ["name", "is_active"]


@admin.register(Closure)
class ClosurePage(Page):
    """Days off; says so when somebody is booked then."""

    list_display = ["__str__", "first_day", "last_day", "note"]

    def save_model(self, request: HttpRequest, obj: Closure, form: Any, change: bool) -> None:
        """Save (see Django), and count the appointments that have to be moved."""
        super().save_model(request, obj, form, change)
        booked = services.during(obj)
        if booked:
            are = "appointment is" if booked == 1 else "appointments are"
            told = f"{booked} {are} on these days. Please call whoever it is, or cancel."
            self.message_user(request, told, messages.WARNING)


class HistoryRows(ReadOnly, Rows):
    """What happened to an appointment."""

    model = StatusChange
    extra = 0
    fields = ["event", "by", "starts_at", "at"]
    readonly_fields = ["event", "by", "starts_at", "at"]


@admin.register(Appointment)
class AppointmentPage(Page):
    """Appointments: read, note something for the therapist, confirm, decline or cancel."""

    actions = ["confirm", "decline", "call_off"]
    date_hierarchy = "starts_at"
    inlines = [HistoryRows]
    list_display = ["reference", "status", "starts_at", "minutes", "treatment", "therapist", "room"]
    list_filter = ["status", "kind", "therapist"]
    list_select_related = ["therapist", "room"]
    search_fields = ["reference", "contact_name", "client_name", "phone", "email"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """All but the note (see Django)."""
        shown = (field for field in Appointment._meta.fields if field.editable)
        return [field.name for field in shown if field.name not in ("id", "therapist_note")]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Appointments are made where their time is claimed, not here (see Django)."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Appointments are cancelled, not deleted (see Django)."""
        return False

    @admin.action(description="Confirm the chosen requests", permissions=["change"])
    def confirm(self, request: HttpRequest, chosen: QuerySet[Appointment]) -> None:
        """Staff agree."""
        done = sum(services.confirm(one, request.user.get_username()) for one in chosen)
        self.message_user(request, f"{done} confirmed.")

    @admin.action(description="Decline the chosen requests", permissions=["change"])
    def decline(self, request: HttpRequest, chosen: QuerySet[Appointment]) -> None:
        """Staff turn down."""
        done = sum(services.decline(one, request.user.get_username()) for one in chosen)
        self.message_user(request, f"{done} declined.")

    @admin.action(description="Cancel the chosen appointments", permissions=["change"])
    def call_off(self, request: HttpRequest, chosen: QuerySet[Appointment]) -> None:
        """Staff call off."""
        done = sum(services.call_off(one, request.user.get_username()) for one in chosen)
        self.message_user(request, f"{done} cancelled.")


@admin.register(StatusChange)
class HistoryPage(ReadOnly, Page):
    """Everything that happened, to read."""

    list_display = ["at", "appointment", "event", "by", "starts_at"]
    list_filter = ["event"]
    list_select_related = ["appointment"]


@admin.register(Letter)
class LetterPage(ReadOnly, Page):
    """E-mails, sent and waiting, to read."""

    list_display = ["subject", "created_at", "sent_at", "tries", "problem"]
    fields = ["appointment", "to", "subject", "text", "created_at", "due_at", "sent_at", "problem"]
