"""Lifting a block: an explicit act of a professional, which leaves a record.

The overview holds nothing of what was withheld, so the documents are given anew, as the
infrastructure hands them out once it has been told of the ground.
Source: Aftaleoversigten 1.0.10, rule #10.
"""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from attrs import evolve

from apd.errors import InvalidValue
from apd.overview.building import make_overview
from apd.overview.records import LiftGround, LiftRecord
from apd.overview.selection import Entry
from apd.overview.value import Overview
from apd.overview.viewers import NotAllowed, ProfessionalViewer
from apd.wording import Wording


class LiftedOverview(NamedTuple):
    """What lifting a block gives.

    Args:
        overview: the new overview.
        record: the record that must be kept before the overview is shown.
    """

    overview: Overview
    record: LiftRecord


def lift_block(
    overview: Overview,
    entries: Iterable[Entry],
    *,
    ground: LiftGround,
    now: datetime.datetime,
    explanation: str | None = None,
) -> LiftedOverview:
    """The overview without the block, and the record that this must leave.

    Args:
        overview: the one in which something is withheld.
        entries: everything anew, now with what was withheld; documents of other patients are
            left out. What is withheld still is told of as before.
        ground: the patient's consent, or an emergency.
        now: the moment of lifting, with a zone.
        explanation: in the professional's own words; demanded in an emergency.

    Raises:
        NotAllowed: the viewer is no professional.
        InvalidValue: nothing is withheld, an emergency is not explained, or as
            :func:`apd.overview.make_overview`.
    """
    viewer = overview.viewer
    if not isinstance(viewer, ProfessionalViewer):
        raise NotAllowed(
            Wording(
                "Kun en sundhedsprofessionel kan åbne for spærrede data.",
                "Only a professional can lift a block.",
            )
        )
    if not overview.has_withheld:
        raise InvalidValue(
            "overview",
            Wording("har intet tilbageholdt", "has nothing withheld"),
            Wording("vis det, som det er", "show it as it is"),
        )
    record = LiftRecord(viewer, overview.patient.id, now, ground, explanation)
    lifted = make_overview(
        entries,
        viewer=viewer,
        now=now,
        language=overview.language,
        patient=overview.patient.id,
        travel=overview.travel,
    )
    return LiftedOverview(evolve(lifted, lifted=record), record)
