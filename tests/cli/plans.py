"""What the tests of ``apd plan`` share: bookings, answers, and what lies in the outbox."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apd
from apd import xds
from tests.cli.inside import Result
from tests.places import ROOT

EXAMPLE = ROOT / "examples" / "bookings.json"
NURSE = "c35f4eac-49d9-5e00-aa7c-7b677cc68a51"
CARE = "bde1ef1c-b1d3-5034-8ac5-7099df55c7bc"
NURSES, CARES = (
    "ff7d2943-8b6b-5c20-90ef-0c65e03fe0aa",
    "80b0823f-d9bc-5b99-b548-009b8fbc7579",
)
"""The ids of the first documents of these appointments."""
CPR = "2512489996"
AT = "2026-02-02T09:35"
PERSONAL = (CPR, "Skovsang", "Humlevangen", "forbinding", "bad")

SUCCESS = xds.RegistryResponse(xds.ResponseStatus.SUCCESS)
Call = Callable[..., Result]


def failure(code: str) -> xds.RegistryResponse:
    """A refusal whose words are personal."""
    error = xds.RegistryError(code, f"patient {CPR}")
    return xds.RegistryResponse(xds.ResponseStatus.FAILURE, [error])


def write(plan: Call, *options: object, **more: Any) -> Result:
    """A run that writes."""
    return plan("--write", "outbox", *options, **more)


def outbox() -> list[str]:
    """What lies in the outbox."""
    return sorted(path.name for path in Path("outbox").iterdir())


def answer(name: str, response: xds.RegistryResponse = SUCCESS) -> None:
    """Put an answer beside a message."""
    Path("outbox", f"{name}.answer").write_text(xds.write_response(response), "utf-8")


def change(*changes: Callable[[list[Any]], object], read_at: str = "2026-02-03T08:00:00") -> None:
    """Change the bookings, which are then read at another time."""
    whole = json.loads(Path("bookings.json").read_text("utf-8"))
    whole["read_at"] = f"{read_at}+01:00"
    for one in changes:
        one(whole["bookings"])
    Path("bookings.json").write_text(json.dumps(whole), "utf-8")


def moved(bookings: list[Any]) -> None:
    bookings[0]["appointment"]["schedule"] = {"start": "2026-03-05T13:00:00+01:00"}
    bookings[0]["changed"] = "2026-02-03T07:58:00+01:00"


def cancelled(bookings: list[Any]) -> None:
    bookings[0]["appointment"]["status"] = "cancelled"
    bookings[0]["changed"] = "2026-02-03T07:58:00+01:00"


def gone(bookings: list[Any]) -> None:
    del bookings[0]


def somebody_elses(bookings: list[Any]) -> None:
    bookings[0]["appointment"]["patient"]["id"]["value"] = "0707809985"


def message(name: str) -> tuple[bytes, str]:
    """The body of a message in the outbox, and its media type."""
    head, _, body = Path("outbox", name).read_bytes().partition(b"\r\n\r\n")
    content_type = re.search(rb"Content-Type: (.*?)\r", head + b"\r")
    assert content_type is not None
    return body, content_type[1].decode()


def document(name: str) -> apd.AppointmentDocument:
    """The document that a message submits."""
    return apd.loads(xds.read_document(*message(name)))


def submission(name: str) -> xds.Submission:
    """What a message in the outbox says; it is checked against the description of ebRIM."""
    body, content_type = message(name)
    assert xds.check_message(body, content_type).is_valid
    return xds.read_submission(body, content_type)


def published(plan: Call) -> None:
    """Both appointments are published."""
    assert write(plan).status == 0
    answer(f"{NURSES}.publish")
    answer(f"{CARES}.publish")
    assert write(plan).status == 0
    assert outbox() == []


def under_way(plan: Call) -> list[str]:
    """The documents about which messages await an answer."""
    lines = [json.loads(line) for line in plan("--json", file=None).out.splitlines()]
    return [line["document"] for line in lines if line["type"] == "under-way"]
