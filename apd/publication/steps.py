"""The steps of a plan: what to send, and what to leave."""

import datetime
from typing import Any, ClassVar

from attrs import Attribute, field, frozen

from apd.errors import InvalidValue
from apd.model.checks import field_name
from apd.model.document import AppointmentDocument
from apd.model.identifiers import MedComId
from apd.publication.entry import Entry, Registered
from apd.publication.ground import Ground
from apd.publication.kind import Kind
from apd.wording import Wording


@frozen(kw_only=True)
class Leave:
    """Nothing is to be sent.

    Args:
        appointment_id: the appointment, a UUID in lower case.
        reason: why; its rule, if any, is the one that forbids more.
    """

    kind: ClassVar[Kind] = Kind.LEAVE
    appointment_id: MedComId
    reason: Ground


@frozen(kw_only=True)
class _Sent:
    """What every step has that sends something.

    Args:
        reason: why.
        due: when the registry should have accepted it (rule #2), or None where the time of the
            change is not known.
        planned: the ``now`` of the plan.
        seen: the register's entry that it was planned from; it can be begun as long as the
            register has the same.
    """

    kind: ClassVar[Kind]
    reason: Ground
    due: datetime.datetime | None
    planned: datetime.datetime = field(repr=False)
    seen: Entry = field(repr=False)

    @property
    def appointment_id(self) -> MedComId:
        """Whose step it is, a UUID in lower case."""
        return self.seen.appointment_id


@frozen(kw_only=True)
class _Submitted(_Sent):
    """What both steps have that submit a document.

    Args:
        document: the document to send.
        registered: what the registry has once it has accepted it.
    """

    document: AppointmentDocument = field(repr=False)
    registered: Registered

    @property
    def version(self) -> int:
        """The number of the document's version: 1 for the first."""
        return self.seen.version + 1

    @property
    def document_id(self) -> MedComId:
        """The id of the document to send."""
        return self.registered.document_id

    @property
    def entry_uuid(self) -> str:
        """The entryUUID to submit it with: ``urn:uuid:`` and a UUID."""
        return self.registered.entry_uuid


@frozen(kw_only=True)
class Publish(_Submitted):
    """A document is to be submitted: Provide and Register Document Set-b (ITI-41).

    Args:
        reason: why.
        due: when the registry should have accepted it (rule #2).
        planned: the ``now`` of the plan, which is the document's time.
        seen: the register's entry that it was planned from.
        document: the document to send.
        registered: what the registry has once it has accepted it.
    """

    kind: ClassVar[Kind] = Kind.PUBLISH


def _has_document(instance: object, attribute: "Attribute[Any]", value: Entry) -> None:
    if value.document is None:
        raise InvalidValue(
            field_name(instance, attribute),
            Wording("har intet dokument", "has no document"),
            Wording("angiv en post, der er godkendt (approved)", "give one that is approved"),
        )


@frozen(kw_only=True)
class _Targeted(_Sent):
    """What both steps have that are about a document which is approved."""

    seen: Entry = field(repr=False, validator=_has_document)

    @property
    def target(self) -> Registered:
        """The document that is approved and will be deprecated, with its entryUUID."""
        assert self.seen.document is not None  # the constructor saw to it
        return self.seen.document


@frozen(kw_only=True)
class Replace(_Submitted, _Targeted):
    """A document is to be submitted that replaces another (ITI-41 with association RPLC).

    The registry deprecates the other one, its ``target``.

    Args:
        reason: why.
        due: when the registry should have accepted it (rule #2).
        planned: the ``now`` of the plan, which is the document's time.
        seen: the register's entry that it was planned from.
        document: the document to send.
        registered: what the registry has once it has accepted it.
    """

    kind: ClassVar[Kind] = Kind.REPLACE


@frozen(kw_only=True)
class Deprecate(_Targeted):
    """A document is to be taken out of display: Update Document Set (ITI-57).

    Args:
        reason: why.
        due: when the registry should have accepted it, or None where the booking is gone and
            it is not known since when.
        planned: the ``now`` of the plan.
        seen: the register's entry that it was planned from.
    """

    kind: ClassVar[Kind] = Kind.DEPRECATE

    @property
    def version(self) -> int:
        """The number of the version that is there."""
        return self.seen.version

    @property
    def document_id(self) -> MedComId:
        """The id of the document to deprecate."""
        return self.target.document_id

    @property
    def entry_uuid(self) -> str:
        """The entryUUID of the document to deprecate: ``urn:uuid:`` and a UUID."""
        return self.target.entry_uuid


Sent = Publish | Replace | Deprecate
"""A step that sends something."""

Step = Sent | Leave
"""A step of a plan."""
