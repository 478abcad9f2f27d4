"""Publishing from a booking system: which appointments are published, when, and with what outcome.

::

    from apd.publication import Publisher, SqliteRegister

    with SqliteRegister("published.db") as register:
        publisher = Publisher(register, post, key=key, producer=configuration)
        for outcome in publisher.run(all_bookings()).outcomes:
            print(outcome)

``post`` is supplied by the vendor: nothing here opens a connection. :func:`plan` alone shows what
would be sent; :func:`synchronize` carries a plan out for systems that make the messages themselves.
"""

from apd.publication.booking import Booking, Producer, Unreadable, over_at, read_bookings
from apd.publication.brake import Brake, Braked
from apd.publication.conversations import Run
from apd.publication.digest import Digester
from apd.publication.entry import (
    Acceptance,
    Attempt,
    Entry,
    Found,
    Kind,
    Registered,
    State,
    Trouble,
    TroubleKind,
)
from apd.publication.exchanges import LEASE, Acknowledgement, Answer, Clock, Retry
from apd.publication.executor import (
    LookUp,
    Send,
    carry_out,
    carry_out_each,
    settle,
    settle_each,
    synchronize,
    synchronize_each,
)
from apd.publication.legal_basis import (
    LEGAL_BASES,
    LegalBases,
    LegalBasis,
    LegalBasisRule,
    is_child_address_hidden,
)
from apd.publication.messages import Reply
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
from apd.publication.publisher import AsyncPost, AsyncPublisher, Post, Publisher
from apd.publication.register import (
    BulkRegister,
    MemoryRegister,
    PublisherRegister,
    Register,
    RegisterError,
    WrongKeyError,
)
from apd.publication.sealing import SealError
from apd.publication.sqlite_register import SqliteRegister
from apd.publication.status import Status

__all__ = [
    "LATE_ENTRY",
    "LEASE",
    "LEGAL_BASES",
    "WITHIN",
    "Acceptance",
    "Acknowledgement",
    "Answer",
    "AsyncPost",
    "AsyncPublisher",
    "Attempt",
    "Booking",
    "Brake",
    "Braked",
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
    "LegalBases",
    "LegalBasis",
    "LegalBasisRule",
    "LookUp",
    "MemoryRegister",
    "Outcome",
    "Post",
    "Producer",
    "Publish",
    "Publisher",
    "PublisherRegister",
    "Register",
    "RegisterError",
    "Registered",
    "Replace",
    "Reply",
    "Result",
    "Retry",
    "Run",
    "SealError",
    "Send",
    "Sent",
    "SqliteRegister",
    "State",
    "Status",
    "Step",
    "Trouble",
    "TroubleKind",
    "Unreadable",
    "WrongKeyError",
    "carry_out",
    "carry_out_each",
    "due",
    "enters",
    "is_child_address_hidden",
    "last_day",
    "late",
    "over_at",
    "overdue",
    "place_in_plan",
    "plan",
    "plan_each",
    "read_bookings",
    "refusals",
    "settle",
    "settle_each",
    "synchronize",
    "synchronize_each",
    "was_entered_late",
]
