"""Base of every table: constraint names, enums by value, portable column types."""

from __future__ import annotations

import enum
from datetime import UTC, datetime
from typing import Any, ClassVar, cast

from sqlalchemy import JSON, DateTime, Dialect, Double, Enum, MetaData
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class IdList(TypeDecorator[tuple[str, ...]]):
    """Ordered ids of the catalogue, stored as a JSON array, read as a tuple."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> list[str]:  # noqa: ARG002  fixed
        """Stored form; nothing is an empty list, never NULL."""
        return list(value or ())

    def process_result_value(self, value: object | None, dialect: Dialect) -> tuple[str, ...]:  # noqa: ARG002  fixed
        """The ids, in the order in which they were stored."""
        return tuple(cast("list[str]", value or []))


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored in UTC without its zone, read with it: the same on every database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  fixed
        """Stored form. A naive value is a bug: nobody knows its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment must carry its time zone"
            raise ValueError(message)
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  fixed
        """The moment, in UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


def _values(kind: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in kind]


class Base(DeclarativeBase):
    """Parent of every table."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        float: Double(),
        datetime: UtcDateTime(),
        tuple[str, ...]: IdList(),
        enum.Enum: Enum(
            enum.Enum,
            values_callable=_values,
            native_enum=False,
            create_constraint=True,
            validate_strings=True,
            length=20,
        ),
    }
