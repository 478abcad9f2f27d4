"""What a booking system sends: which appointments are published, when, and what became of it.

::

    from apd.publication import SqliteRegister, synchronize

    with SqliteRegister("published.db") as register:
        now = clock()
        for outcome in synchronize(
            all_bookings(), register, now, send=send, look_up=look_up, clock=clock, key=key
        ):
            print(outcome)

``send`` and ``look_up`` are the vendor's: nothing here opens a connection. :func:`plan` alone
shows what would be sent.
"""

from apd.publication.booking import Booking, over_at
from apd.publication.digest import Digester
from apd.publication.executor import (
    LEASE,
    Answer,
    Clock,
    LookUp,
    Send,
    carry_out,
    settle,
    synchronize,
)
from apd.publication.legal_basis import LegalBasis
from apd.publication.plan import (
    Deprecate,
    Ground,
    Leave,
    Outcome,
    Publish,
    Replace,
    Result,
    Sent,
    Step,
)
from apd.publication.planning import place_in_plan, plan, plan_each
from apd.publication.policy import (
    LATE_ENTRY,
    WITHIN,
    Horizon,
    due,
    enters,
    last_day,
    late,
    overdue,
    refusals,
    was_entered_late,
)
from apd.publication.register import (
    Attempt,
    BulkRegister,
    Entry,
    Found,
    Kind,
    MemoryRegister,
    Register,
    Registered,
    State,
)
from apd.publication.sqlite_register import RegisterError, SqliteRegister

__all__ = [
    "LATE_ENTRY",
    "LEASE",
    "WITHIN",
    "Answer",
    "Attempt",
    "Booking",
    "BulkRegister",
    "Clock",
    "Deprecate",
    "Digester",
    "Entry",
    "Found",
    "Ground",
    "Horizon",
    "Kind",
    "Leave",
    "LegalBasis",
    "LookUp",
    "MemoryRegister",
    "Outcome",
    "Publish",
    "Register",
    "RegisterError",
    "Registered",
    "Replace",
    "Result",
    "Send",
    "Sent",
    "SqliteRegister",
    "State",
    "Step",
    "carry_out",
    "due",
    "enters",
    "last_day",
    "late",
    "over_at",
    "overdue",
    "place_in_plan",
    "plan",
    "plan_each",
    "refusals",
    "settle",
    "synchronize",
    "was_entered_late",
]
