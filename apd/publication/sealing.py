"""Encrypts the data for a later deprecation, so that the register can keep them.

A message that deprecates a document (ITI-57) names the patient and the sender, perhaps long after
the booking is gone. To know them, a system keeps the document, queries the registry, or keeps these
values in the register, where they cannot be read without the key. They are encrypted with AES-SIV
(RFC 5297) of the library ``cryptography``, which comes with the extra ``publisher``. Equal values
of a document give equal bytes, so that equal input gives an equal plan. The key is derived from
that of the register, and data encrypted for one document cannot be decrypted for another.
"""

import hashlib
from typing import TYPE_CHECKING

from attrs import frozen

from apd.errors import ApdError, InvalidValue
from apd.model.identifiers import CprNumber, Identifier, MedComId
from apd.model.party import Organization
from apd.wording import Wording
from apd.xds import Author, DocumentEntry, ProducerConfiguration
from apd.xds.metadata.hl7v2 import read_cx, read_xon, write_cx, write_xon
from apd.xds.metadata.value_sets import APPOINTMENT_DOCUMENT

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

_PURPOSE = b"dk-apd seal 1"
_KEY_SIZE = 64  # two keys of AES-256
_SEPARATOR = "\n"  # none of the values can hold it


_NOT_OPENED = Wording(
    "registrets krypterede oplysninger om dokumentet kan ikke læses med nøglen",
    "the encrypted data about the document in the register cannot be read with the key",
)


class SealError(ApdError):
    """The data cannot be decrypted: key or document do not match, or the data were changed."""

    def __init__(self, wording: Wording = _NOT_OPENED) -> None:
        super().__init__(wording)


@frozen
class Sender:
    """Who sent a document, and its entry with the patient and the author's institution alone."""

    entry: DocumentEntry
    configuration: ProducerConfiguration


def can_seal() -> bool:
    """Whether ``cryptography`` is installed; without it nothing is encrypted."""
    try:
        import cryptography.hazmat.primitives.ciphers.aead  # noqa: F401
    except ImportError:
        return False
    return True


@frozen
class Sealer:
    """Encrypts and decrypts with the register's key."""

    _cipher: "AESSIV"

    @classmethod
    def with_key(cls, key: bytes) -> "Sealer":
        """The sealer of a register's key."""
        from cryptography.hazmat.primitives.ciphers.aead import AESSIV

        derived = hashlib.blake2b(key=key, person=_PURPOSE, digest_size=_KEY_SIZE).digest()
        return cls(AESSIV(derived))

    def seal(self, sender: Sender, document_id: MedComId) -> bytes:
        """The sender of a document, encrypted."""
        text = _SEPARATOR.join(_values(sender))
        return self._cipher.encrypt(text.encode(), [document_id.value.encode()])

    def open(self, sealed: bytes, document_id: MedComId, entry_uuid: str) -> Sender:
        """The sender of a document; :class:`SealError` if it cannot be decrypted."""
        from cryptography.exceptions import InvalidTag

        try:
            text = self._cipher.decrypt(sealed, [document_id.value.encode()]).decode()
            return _sender(text.split(_SEPARATOR), entry_uuid)
        except (InvalidTag, ValueError, InvalidValue):
            raise SealError from None


def sealer_of(key: bytes) -> Sealer | None:
    """The sealer of a register's key; None without ``cryptography``."""
    return Sealer.with_key(key) if can_seal() else None


def _values(sender: Sender) -> tuple[str, ...]:
    entry, configuration = sender.entry, sender.configuration
    institution = entry.author and entry.author.institution
    return (
        write_cx(entry.patient_id) if entry.patient_id else "",
        write_xon(institution.name, institution.id) if institution else "",
        configuration.healthcare_facility_type_code.code,
        configuration.practice_setting_code.code,
        configuration.source_id or "",
        configuration.home_community_id or "",
    )


def _sender(values: list[str], entry_uuid: str) -> Sender:
    patient, institution, facility, specialty, source_id, home_community_id = values
    patient_id = read_cx(patient)
    if not isinstance(patient_id, CprNumber | Identifier):
        patient_id = None
    name, number = read_xon(institution)
    author = Author(Organization(name=name, id=number)) if name or number else None  # type: ignore[arg-type]
    configuration = ProducerConfiguration(
        healthcare_facility_type_code=facility,
        practice_setting_code=specialty,
        source_id=source_id or None,
        home_community_id=home_community_id or None,
    )
    entry = DocumentEntry(
        entry_uuid=entry_uuid,
        patient_id=patient_id,
        author=author,
        type_code=APPOINTMENT_DOCUMENT,
    )
    return Sender(entry, configuration)
