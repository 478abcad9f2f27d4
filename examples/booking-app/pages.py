"""The pages: patients, their bookings with forms, the overview, the calendar, and the metrics."""

import datetime
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Annotated
from zoneinfo import ZoneInfo

import showing
import tables
from fastapi import APIRouter, Depends, FastAPI, Form, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from publishing import Publication, to_booking
from pydantic import NaiveDatetime
from sqlalchemy import select
from sqlalchemy.orm import Session

import apd
from apd.overview import html, ics
from apd.publication import Entry, SqliteRegister

router = APIRouter()
templates = Jinja2Templates(Path(__file__).parent / "templates")


def clock(time: datetime.datetime, pattern: str) -> str:
    """A time as a clock in Denmark shows it."""
    return time.astimezone(ZoneInfo("Europe/Copenhagen")).strftime(pattern)


templates.env.filters["clock"] = clock


# --- what a request needs ------------------------------------------------------------------------


def _publication(request: Request) -> Publication:
    found: Publication = request.app.state.publication
    return found


Published = Annotated[Publication, Depends(_publication)]


def _session(publication: Published) -> Iterator[Session]:
    with publication.sessions() as session:
        yield session


InSession = Annotated[Session, Depends(_session)]


def _patient(id: int, session: InSession) -> tables.Patient:
    found = session.get(tables.Patient, id)
    if found is None:
        raise HTTPException(404)
    return found


def _booking(id: uuid.UUID, session: InSession) -> tables.Booking:
    found = session.get(tables.Booking, id)
    if found is None or found.cancelled:
        raise HTTPException(404)
    return found


Patient = Annotated[tables.Patient, Depends(_patient)]
Booking = Annotated[tables.Booking, Depends(_booking)]
Starts = Annotated[NaiveDatetime, Form()]
Minutes = Annotated[int, Form(ge=5, le=600)]
Reason = Annotated[str, Form(min_length=1, max_length=200)]


# --- bookings ------------------------------------------------------------------------------------


@router.get("/")
def patients(request: Request, session: InSession) -> HTMLResponse:
    """All patients."""
    found = session.scalars(select(tables.Patient).order_by(tables.Patient.family_name)).all()
    return templates.TemplateResponse(request, "patients.html", {"patients": found})


@router.get("/patients/{id}")
def patient(request: Request, patient: Patient, publication: Published) -> HTMLResponse:
    """A patient's bookings, and how far they have come."""
    with SqliteRegister(publication.register) as register:
        entries = register.some([apd.MedComId(booking.id) for booking in patient.bookings])
    known = {entry.appointment_id: entry for entry in entries}
    rows = [(one, state(one, known.get(apd.MedComId(one.id)))) for one in patient.bookings]
    return templates.TemplateResponse(request, "patient.html", {"patient": patient, "rows": rows})


def state(booking: tables.Booking, entry: Entry | None) -> str:
    """How far a booking has come, in words."""
    if entry is not None and entry.trouble is not None:
        return "Kan ikke sendes"
    if entry is None or entry.accepted is None or entry.accepted.at < booking.changed:
        return "Afventer"
    return "Ikke publiceret" if entry.document is None else "Publiceret"


@router.post("/patients/{id}/bookings")
def book(
    patient: Patient, session: InSession, starts: Starts, minutes: Minutes, reason: Reason
) -> Response:
    """Make a booking."""
    begins, ends = times(starts, minutes)
    return kept(session, tables.Booking(patient=patient, starts=begins, ends=ends, reason=reason))


@router.post("/bookings/{id}/move")
def move(booking: Booking, session: InSession, starts: Starts, minutes: Minutes) -> Response:
    """Move a booking."""
    booking.starts, booking.ends = times(starts, minutes)
    return kept(session, booking)


@router.post("/bookings/{id}/cancel")
def cancel(booking: Booking, session: InSession) -> Response:
    """Cancel a booking."""
    booking.cancelled = True
    return kept(session, booking)


def times(starts: datetime.datetime, minutes: int) -> tuple[datetime.datetime, datetime.datetime]:
    """Start and end, of what a clock in Denmark shows."""
    begins = apd.local_time(*starts.timetuple()[:5])
    return begins, begins + datetime.timedelta(minutes=minutes)


def kept(session: Session, booking: tables.Booking) -> Response:
    """Keep a booking, and go back to its patient."""
    to_booking(booking)  # refuses now what no document can say
    session.add(booking)
    session.commit()
    return RedirectResponse(f"/patients/{booking.patient_id}", 303)


# --- what is published ---------------------------------------------------------------------------


@router.get("/patients/{id}/overview")
def overview(patient: Patient, publication: Published) -> HTMLResponse:
    """The patient's overview, as the registry has it."""
    shown = showing.overview_of(apd.CprNumber(patient.cpr), publication.post)
    return HTMLResponse(html.page(shown))


@router.get("/patients/{id}/calendar.ics")
def calendar(patient: Patient, publication: Published) -> Response:
    """The same, for a calendar."""
    shown = showing.overview_of(apd.CprNumber(patient.cpr), publication.post)
    return Response(ics.calendar(shown), media_type="text/calendar; charset=utf-8")


@router.get("/metrics")
def metrics(publication: Published) -> Response:
    """How publication goes, for a monitoring system."""
    with publication.publisher() as publisher:
        exposition = publisher.status(publication.bookings()).openmetrics()
    media_type = "application/openmetrics-text; version=1.0.0; charset=utf-8"
    return Response(exposition, media_type=media_type)


# --- the application -----------------------------------------------------------------------------


def _message(request: Request, status: int, text: str) -> HTMLResponse:
    return templates.TemplateResponse(request, "error.html", {"text": text}, status_code=status)


def _refused(request: Request, error: Exception) -> HTMLResponse:
    if isinstance(error, apd.InvalidValue):
        return _message(request, 400, error.wording.da)
    return _message(request, 400, "Udfyld alle felter: tidspunkt, 5-600 minutter og en årsag.")


def _no_overview(request: Request, _: Exception) -> HTMLResponse:
    return _message(request, 503, "Registret kan ikke give et svar nu. Prøv igen om lidt.")


def make_app(publication: Publication, every: float) -> FastAPI:
    """The application, which publishes in the background every so many seconds."""

    @asynccontextmanager
    async def publishing(_: FastAPI) -> AsyncIterator[None]:
        stop = Event()
        thread = Thread(target=publication.go_on, args=(every, stop), name="publishing")
        thread.start()
        yield
        stop.set()
        thread.join()

    app = FastAPI(lifespan=publishing, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.publication = publication
    app.include_router(router)
    app.add_exception_handler(apd.InvalidValue, _refused)
    app.add_exception_handler(RequestValidationError, _refused)
    app.add_exception_handler(showing.NoOverview, _no_overview)
    return app
