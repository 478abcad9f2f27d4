"""What a vendor writes, as a type checker sees it; only what is wrong may need an ignore.

Checked by ``mypy --strict``, which also reports an ignore that is not needed. Not run.
"""

import datetime
from pathlib import Path
from typing import assert_type

from attrs import evolve

import apd

document = apd.load("aftale.xml")
assert_type(document, apd.AppointmentDocument)
assert_type(apd.loads(b""), apd.AppointmentDocument)
assert_type(apd.dumps(document), bytes)
assert_type(apd.dump(document, Path("aftale.xml")), None)

assert_type(document.id, apd.MedComId | apd.Identifier | None)
assert_type(document.time, datetime.datetime | None)
assert_type(document.types, tuple[apd.AppointmentType, ...])
assert_type(document.unmapped, tuple[apd.Unmapped, ...])
assert_type(document.appointment.schedule.start, datetime.datetime)
assert_type(document.appointment.schedule.part_of_day, apd.PartOfDay | None)
assert_type(evolve(document, language="da-DK"), apd.AppointmentDocument)

match document.appointment.location:
    case apd.SorLocation() as place:
        assert_type(place.id, apd.SorCode | apd.ProviderNumber | apd.Identifier | None)
    case apd.OtherLocation() | apd.HomeLocation() as place:
        assert_type(place.name, str | None)
    case None:
        pass

complete = apd.complete(document)
assert_type(complete, apd.CompleteDocument)
assert_type(complete.appointment.reason.text, str)
assert_type(complete.custodian, apd.Custodian)
assert_type(complete.document, apd.AppointmentDocument)

report = apd.validate(document, language="da")
assert_type(report, apd.Report)
assert_type(report.findings, tuple[apd.Finding, ...])
assert_type([finding.severity for finding in report.findings], list[apd.Severity])

# --- what is wrong is seen before it is run -----------------------------------------------------

apd.loads(5)  # type: ignore[arg-type]
apd.dumps(document, False)  # type: ignore[call-arg]
apd.Schedule("2026-12-01")  # type: ignore[arg-type]
apd.Appointment()  # type: ignore[call-arg]
apd.validate(document, language="sv")  # type: ignore[arg-type]
document.language = "en-GB"  # type: ignore[misc]
patient = document.patient  # type: ignore[attr-defined]
