"""A registry and repository to test against, which follows the rules of XDS and fails on request.

::

    with RunningRegistry() as registry:
        registry.order(Fault.LOSE_ANSWER, transaction=Transaction.PROVIDE_AND_REGISTER)
        publish_to(registry.url)  # your own program
        assert len(registry.approved()) == 1

:class:`Registry` is the same without a connection. pytest has the fixture ``apd_registry``, and
``python -m apd.testing.registry`` runs one by hand. It keeps everything in memory and nothing
anywhere else, and is not meant for the data of living people.

It answers ITI-41, ITI-42, ITI-57, ITI-18 (FindDocuments, GetDocuments) and ITI-43. Where a real
registry may do one thing or another, this does the stricter: a document that is registered again
is refused, and so are filters and associations that it does not know.
Source: IHE ITI TF-2 and TF-3.
"""

from apd.testing.registry.faults import Fault
from apd.testing.registry.http_server import RunningRegistry
from apd.testing.registry.outcomes import AnswerLost, HttpResponse, NoAnswer, Received
from apd.testing.registry.registry import Registry
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
