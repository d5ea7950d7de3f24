"""The addresses of what is learned."""

from __future__ import annotations

from django.urls import path

from frontdesk.console.learning.views import correcting, inbox, review

urlpatterns = [
    path("", inbox.show_doubts, name="learning"),
    path("export/", review.show_review, name="review_corrections"),
    path("export/settle/", review.settle, name="settle_correction"),
    path("export/leave-out/", review.leave_out, name="leave_out_correction"),
    path("<int:event>/", correcting.correct, name="correct"),
    path("<int:event>/judge/", inbox.judge, name="judge"),
]
