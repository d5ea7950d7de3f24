"""Frontdesk, a chat assistant for a massage clinic."""
