"""Rasa's steps: each unpacks Rasa's message, asks ``frontdesk.clinical``, and packs the answer."""
