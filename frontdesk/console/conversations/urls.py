"""The addresses of the inbox and of the conversations."""

from __future__ import annotations

from django.urls import path

from frontdesk.console.conversations.views import conversation, deeds, inbox, saving

ONE = "conversations/<int:number>/"
urlpatterns = [
    path("", inbox.show_inbox, name="inbox"),
    path("news/", inbox.show_news, name="news"),
    path("views/", inbox.save_view, name="save_view"),
    path(ONE, conversation.show_conversation, name="conversation"),
    path(f"{ONE}lines/", conversation.show_lines, name="lines"),
    path(f"{ONE}panel/", conversation.show_panel, name="panel"),
    path(f"{ONE}take-over/", deeds.take_over, name="take_over"),
    path(f"{ONE}hand-back/", deeds.hand_back, name="hand_back"),
    path(f"{ONE}write/", deeds.write, name="write"),
    path(f"{ONE}deal-with/", deeds.deal_with, name="deal_with"),
    path(f"{ONE}assign/", deeds.assign, name="assign"),
    path(f"{ONE}review/", deeds.review, name="review"),
    path(f"{ONE}tags/", deeds.tag, name="tag"),
    path(f"{ONE}notes/", deeds.note, name="note"),
    path(f"{ONE}reveal/", deeds.reveal, name="reveal"),
    path(f"{ONE}text/", saving.save_text, name="save_text"),
    path(f"{ONE}story/", saving.save_story, name="save_story"),
]
