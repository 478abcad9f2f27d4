"""A registry and repository to test against, which follows the rules of XDS and fails on demand.

::

    with RunningRegistry() as registry:
        registry.order(Fault.LOSE_ANSWER, transaction=Transaction.PROVIDE_AND_REGISTER)
        publish_to(registry.url)  # your own program
        assert len(registry.approved()) == 1

:class:`Registry` is the same without a network connection. pytest has the fixture ``apd_registry``,
and ``python -m apd.testing.registry`` runs a registry manually. It keeps everything in memory only,
and is not intended for the data of real people.

It answers ITI-41, ITI-42, ITI-57, ITI-18 (FindDocuments, GetDocuments) and ITI-43. Where the
standard leaves a choice, it is strict: it refuses a document that is registered again, and unknown
filters and associations.
Source: IHE ITI TF-2 and TF-3.
"""

from apd.testing.registry.faults import Fault
from apd.testing.registry.http_server import RunningRegistry
from apd.testing.registry.registry import AnswerLost, HttpResponse, NoAnswer, Received, Registry
from apd.xds.ebxml.vocabulary import Transaction

__all__ = [
    "AnswerLost",
    "Fault",
    "HttpResponse",
    "NoAnswer",
    "Received",
    "Registry",
    "RunningRegistry",
    "Transaction",
]
