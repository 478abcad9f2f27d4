"""The error codes of XDS with their meaning and remedy.

Source: IHE ITI TF-3, table 4.2.4.1-2; the documentation of NSP's document sharing (DDS). For
other codes of a registry only its own message is shown.
"""

from collections.abc import Mapping

from attrs import frozen

from apd.wording import Wording


@frozen
class ErrorCode:
    """What a code means, the remedy, and whether the same message may be accepted later."""

    meaning: Wording
    advice: Wording
    is_temporary: bool = False


_LATER = Wording(
    "Prøv igen senere, med stigende mellemrum.", "Try again later, at increasing intervals."
)
_METADATA = Wording(
    "Kontrollér metadata med apd xds; registrets beskrivelse (codeContext) siger, hvilken værdi.",
    "Check the metadata with apd xds; the registry's description (codeContext) says which value.",
)
_QUERY = Wording(
    "Ret forespørgslen; registrets beskrivelse (codeContext) siger, hvilken parameter.",
    "Correct the query; the registry's description (codeContext) says which parameter.",
)
_SEE_CONTEXT = Wording(
    "Se registrets beskrivelse (codeContext), og kontakt driften af registret.",
    "See the registry's description (codeContext), and contact the operators of the registry.",
)
_ASK_FOR_IT = Wording(
    "Spørg registret om dokumentet (ITI-18, GetDocuments), før noget sendes igen.",
    "Ask the registry for the document (ITI-18, GetDocuments) before anything is sent again.",
)

ERROR_CODES: Mapping[str, ErrorCode] = {
    "XDSUnavailableCommunity": ErrorCode(
        Wording("Det andet domæne svarer ikke.", "The other community does not answer."),
        _LATER,
        is_temporary=True,
    ),
    "XDSUnknownCommunity": ErrorCode(
        Wording(
            "Domænets OID (homeCommunityId) er ukendt.",
            "The homeCommunityId is not known to the receiver.",
        ),
        Wording("Kontrollér domænets OID.", "Check the OID of the community."),
    ),
    "XDSMissingHomeCommunityId": ErrorCode(
        Wording("Forespørgslen mangler homeCommunityId.", "The request lacks homeCommunityId."),
        Wording(
            "Tag homeCommunityId med fra dokumentets post (entry) i registret.",
            "Take homeCommunityId from the document's entry into the request.",
        ),
    ),
    "XDSUnknownRepositoryId": ErrorCode(
        Wording(
            "Repositoryets OID er ukendt.", "The repositoryUniqueId is not known to the receiver."
        ),
        Wording(
            "Kontrollér miljøet: er test og produktion blandet sammen?",
            "Check the environment: are test and production mixed up?",
        ),
    ),
    "XDSDocumentUniqueIdError": ErrorCode(
        Wording(
            "Dokumentet findes ikke i repositoryet, selv om registret kender det.",
            "The repository does not have the document, although the registry knows it.",
        ),
        Wording("Hent listen over dokumenter igen.", "Fetch the list of documents again."),
    ),
    "XDSRepositoryError": ErrorCode(
        Wording("Repositoryet har en intern fejl.", "The repository has an internal error."),
        _SEE_CONTEXT,
        is_temporary=True,
    ),
    "XDSRegistryError": ErrorCode(
        Wording("Registret har en intern fejl.", "The registry has an internal error."),
        _SEE_CONTEXT,
        is_temporary=True,
    ),
    "XDSRegistryNotAvailable": ErrorCode(
        Wording("Repositoryet kan ikke nå registret.", "The repository cannot reach the registry."),
        _LATER,
        is_temporary=True,
    ),
    "XDSRegistryBusy": ErrorCode(
        Wording("Registret er overbelastet.", "The registry is busy."),
        _LATER,
        is_temporary=True,
    ),
    "XDSRepositoryBusy": ErrorCode(
        Wording("Repositoryet er overbelastet.", "The repository is busy."),
        _LATER,
        is_temporary=True,
    ),
    "XDSRegistryOutOfResources": ErrorCode(
        Wording("Registret mangler ressourcer.", "The registry is out of resources."),
        _LATER,
        is_temporary=True,
    ),
    "XDSRepositoryOutOfResources": ErrorCode(
        Wording("Repositoryet mangler ressourcer.", "The repository is out of resources."),
        _LATER,
        is_temporary=True,
    ),
    "XDSTooManyResults": ErrorCode(
        Wording("Der er for mange resultater.", "There are too many results."),
        Wording("Spørg om et kortere tidsrum.", "Ask for a shorter period."),
    ),
    "XDSUnknownPatientId": ErrorCode(
        Wording(
            "Registret kender ikke CPR-nummeret.", "The registry does not know the CPR number."
        ),
        Wording(
            "Kontrollér patientens CPR-nummer, og om miljøet er det rigtige.",
            "Check the patient's CPR number, and that the environment is the right one.",
        ),
    ),
    "XDSPatientIdDoesNotMatch": ErrorCode(
        Wording(
            "Dokumentet er om en anden patient end det, som det erstatter eller hører til.",
            "The document is about another patient than the one that it replaces or belongs to.",
        ),
        Wording(
            "Fjern det gamle dokument fra visning, og publicér det nye for sig.",
            "Deprecate the old document, and publish the new one on its own.",
        ),
    ),
    "XDSDuplicateUniqueIdInRegistry": ErrorCode(
        Wording(
            "Registret har allerede et dokument med det id.",
            "The registry already has a document with that id.",
        ),
        _ASK_FOR_IT,
    ),
    "XDSNonIdenticalHash": ErrorCode(
        Wording(
            "Registret har et dokument med det id og et andet indhold.",
            "The registry has a document with that id and other content.",
        ),
        _ASK_FOR_IT,
    ),
    "XDSNonIdenticalSize": ErrorCode(
        Wording(
            "Registret har et dokument med det id og en anden størrelse.",
            "The registry has a document with that id and another size.",
        ),
        _ASK_FOR_IT,
    ),
    "XDSRepositoryMetadataError": ErrorCode(
        Wording("Repositoryet afviser metadata.", "The repository refuses the metadata."), _METADATA
    ),
    "XDSRegistryMetadataError": ErrorCode(
        Wording("Registret afviser metadata.", "The registry refuses the metadata."), _METADATA
    ),
    "XDSStoredQueryMissingParam": ErrorCode(
        Wording("Forespørgslen mangler en parameter.", "The query lacks a parameter."), _QUERY
    ),
    "XDSStoredQueryParamNumber": ErrorCode(
        Wording(
            "Forespørgslen har en parameter for mange gange.",
            "The query has a parameter too many times.",
        ),
        _QUERY,
    ),
    "XDSUnknownStoredQuery": ErrorCode(
        Wording("Registret kender ikke forespørgslen.", "The registry does not know the query."),
        _QUERY,
    ),
    "UnresolvedReferenceException": ErrorCode(
        Wording(
            "Registret kender ikke den post (entry), som beskeden henviser til.",
            "The registry does not know the entry that the message refers to.",
        ),
        _ASK_FOR_IT,
    ),
    "DocumentQueued": ErrorCode(
        Wording("Dokumentet er sat i kø.", "The document is queued."), _LATER, is_temporary=True
    ),
}
"""The description of each code."""


def error_code(code: str) -> ErrorCode | None:
    """The description of a code, with or without ``urn:…:``; None if it is not in the table."""
    return ERROR_CODES.get(code.rpartition(":")[2])
