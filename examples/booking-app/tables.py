"""The tables of the booking system: patients and their bookings, as it would have them anyway."""

import datetime
import uuid
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Engine, ForeignKey, String, TypeDecorator, create_engine
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,
    mapped_column,
    relationship,
)

import apd
from apd.publication import LegalBasis


def now() -> datetime.datetime:
    """The time."""
    return datetime.datetime.now(datetime.UTC)


class Time(TypeDecorator[datetime.datetime]):
    """A time with its zone; SQLite keeps none, so it is kept in UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, dialect: Any) -> Any:
        return value and value.astimezone(datetime.UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Any) -> datetime.datetime | None:
        return value and value.replace(tzinfo=datetime.UTC)


class Precision(StrEnum):
    """How precisely the times of a booking are meant."""

    EXACT = "exact"
    INDICATIVE = "indicative"
    DAY = "day"


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, repr=False):
    """A row; its ``repr`` shows nothing of a patient."""


class Patient(Base):
    """A patient."""

    __tablename__ = "patient"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    cpr: Mapped[str] = mapped_column(String(10), unique=True)
    given_names: Mapped[str]
    family_name: Mapped[str]
    gender: Mapped[apd.Gender]
    birth_date: Mapped[datetime.date]
    street: Mapped[str]
    postal_code: Mapped[str]
    city: Mapped[str]
    address_protected: Mapped[bool] = mapped_column(default=False)

    bookings: Mapped[list["Booking"]] = relationship(
        back_populates="patient", order_by="Booking.starts", init=False
    )


class Booking(Base):
    """A booking. One that is cancelled stays, so that it is known to be."""

    __tablename__ = "booking"

    # stays the same as long as the booking lives, however it is moved or changed
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default_factory=uuid.uuid4)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), init=False)
    starts: Mapped[datetime.datetime] = mapped_column(Time)
    ends: Mapped[datetime.datetime | None] = mapped_column(Time)
    reason: Mapped[str]
    department: Mapped[str] = mapped_column(default="hospital")
    precision: Mapped[Precision] = mapped_column(default=Precision.EXACT)
    at_home: Mapped[bool] = mapped_column(default=False)
    series: Mapped[uuid.UUID | None] = mapped_column(default=None)
    legal_basis: Mapped[LegalBasis] = mapped_column(default=LegalBasis.HEALTH_ACT)
    cancelled: Mapped[bool] = mapped_column(default=False)
    made: Mapped[datetime.datetime] = mapped_column(Time, default_factory=now)
    changed: Mapped[datetime.datetime] = mapped_column(Time, default_factory=now, onupdate=now)

    patient: Mapped[Patient] = relationship(back_populates="bookings")


def open_database(path: str) -> Engine:
    """The database in a file, with its tables."""
    # what an error quotes may be a patient's
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True)
    Base.metadata.create_all(engine)
    return engine
