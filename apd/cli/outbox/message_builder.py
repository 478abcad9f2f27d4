"""Making the messages that publish, replace and deprecate; and the options that say how."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4, uuid5

import click
from attrs import field, frozen

from apd import xds
from apd.cli import options
from apd.cli.help import option
from apd.cli.io.failures import cannot_read
from apd.cli.language import bad_parameter
from apd.errors import InvalidValue
from apd.model.document import AppointmentDocument
from apd.model.validators import masked
from apd.wording import Wording

_F = TypeVar("_F", bound=Callable[..., Any])
_VERSIONS = {"1.2": xds.SoapVersion.V1_2, "1.1": xds.SoapVersion.V1_1}


@frozen(kw_only=True)
class Sending:
    """How messages are made, beside what they are about.

    Args:
        now: when they are sent.
        version: the version of SOAP.
        security: the security headers, as XML.
        submission_id: id of the submission; None for a new one each time.
        check: refuse metadata that lack something.
    """

    now: datetime.datetime
    version: xds.SoapVersion = xds.SoapVersion.V1_2
    security: str = field(default="", repr=masked)
    submission_id: UUID | None = None
    check: bool = True

    def publish(
        self,
        document: AppointmentDocument,
        data: bytes,
        configuration: xds.ProducerConfiguration,
        entry_uuid: UUID | str,
        replaces: UUID | str | None = None,
    ) -> xds.Message:
        """The message that hands in a document, new or in the place of another (ITI-41).

        Raises:
            InvalidDocument: the metadata lack what is demanded.
        """
        entry = xds.document_entry(document, configuration, entry_uuid=entry_uuid)
        header, submission_set = self._begun(entry, configuration)
        submission = xds.publish(entry, submission_set, replaces=replaces)
        return xds.provide_and_register(submission, data, header, check=self.check)

    def deprecate(
        self,
        document: AppointmentDocument,
        configuration: xds.ProducerConfiguration,
        entry_uuid: UUID | str,
    ) -> xds.Message:
        """The message that deprecates a document (ITI-57).

        Raises:
            InvalidDocument: the metadata lack what is demanded.
        """
        entry = xds.document_entry(document, configuration, entry_uuid=entry_uuid)
        header, submission_set = self._begun(entry, configuration)
        return xds.update(xds.deprecate(submission_set, entry_uuid), header, check=self.check)

    def _begun(
        self, entry: xds.DocumentEntry, configuration: xds.ProducerConfiguration
    ) -> tuple[xds.SoapHeader, xds.SubmissionSet]:
        """The header and submission set; the id of the message follows from the submission's."""
        id = self.submission_id or uuid4()
        header = xds.SoapHeader(
            message_id=uuid5(id, "message"), security=self.security, version=self.version
        )
        return header, xds.submission_set(entry, configuration, now=self.now, id=id)


# --- options ---------------------------------------------------------------------------------


def soap_options(function: _F) -> _F:
    """``--soap`` and ``--security``; the command gets ``version`` and ``security``."""
    for decorate in (
        option(
            "--security",
            metavar="FILE",
            default="",
            callback=_security,
            help=Wording(
                "XML, der sættes ind i beskedernes header, som det er: sikkerhedsheaderne.",
                "XML to put into the header of the messages as it is: the security headers.",
            ),
        ),
        option(
            "--soap",
            "version",
            type=click.Choice(list(_VERSIONS)),
            default="1.2",
            show_default=True,
            callback=lambda _, __, number: _VERSIONS[number],
            help=Wording(
                "Den version af SOAP, som beskederne har. DGWS bruger 1.1.",
                "The SOAP version of the messages. DGWS uses 1.1.",
            ),
        ),
    ):
        function = decorate(function)
    return function


def _security(_: click.Context, __: click.Parameter, path: str) -> str:
    if not path:
        return ""
    try:
        security = Path(path).read_text("utf-8")
        xds.SoapHeader(message_id=uuid4(), security=security)
    except OSError as error:
        raise click.BadParameter(cannot_read(path, error).message) from None
    except UnicodeDecodeError:
        raise bad_parameter(Wording("er ikke UTF-8", "is not UTF-8")) from None
    except InvalidValue as error:
        raise options.refused(error, "--security") from None
    return security
