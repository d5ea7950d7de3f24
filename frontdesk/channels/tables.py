"""The tables that the messaging channels share, and their database."""

from __future__ import annotations

import functools
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine

from frontdesk.database import open_engine

_tables = sa.MetaData()

PEOPLE = sa.Table(
    "channel_person",
    _tables,
    sa.Column("conversation", sa.String(48), primary_key=True),
    sa.Column("channel", sa.String(16), nullable=False, index=True),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("heard_at", sa.Float, nullable=False),
    sa.Column("is_greeted", sa.Boolean, nullable=False),
    sa.Column("holder", sa.String(32), nullable=False),
    sa.Column("held_until", sa.Float, nullable=False),
)
INBOUND = sa.Table(
    "channel_inbound",
    _tables,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("claim", sa.String(64), nullable=False, unique=True),
    sa.Column("conversation", sa.String(48), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("is_done", sa.Boolean, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Index("channel_inbound_waiting", "is_done", "conversation", "seq"),
    sqlite_autoincrement=True,
)
OUTBOUND = sa.Table(
    "channel_outbound",
    _tables,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("conversation", sa.String(48), nullable=False, index=True),
    sa.Column("body", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)
OFFERS = sa.Table(
    "channel_offer",
    _tables,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("conversation", sa.String(48), nullable=False, index=True),
    sa.Column("question", sa.String(16), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("sent_as", sa.Text, nullable=False),
    sa.Column("is_current", sa.Boolean, nullable=False),
    sa.Column("pressed_by", sa.String(64), nullable=False),
    sa.Column("at", sa.Float, nullable=False, index=True),
)


@functools.cache
def opened(url: str) -> Engine:
    """The database, with the tables in it; opened once for all channels of a process."""
    engine = open_engine(url)
    _tables.create_all(engine)
    return engine


def insert(engine: Engine, table: sa.Table) -> Any:
    """An insert that can say what happens when the row is there already."""
    return (postgresql if engine.dialect.name == "postgresql" else sqlite).insert(table)
