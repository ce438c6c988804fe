"""Runs migrations on the connection that storage.database hands over; the transaction is the caller's."""

from alembic import context
from sqlalchemy import JSON, BigInteger

from storage.columns import UtcDateTime
from storage.schema import metadata


def render_item(kind, thing, autogen):
    ours = {UtcDateTime: "UtcDateTime()", JSON: "Json", BigInteger: "Id"}.get(type(thing)) if kind == "type" else None
    if ours:
        autogen.imports.add(f"from storage.columns import {ours.removesuffix('()')}")
    return ours or False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render_item,
    compare_type=True,
)
context.run_migrations()
