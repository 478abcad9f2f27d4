"""The template ids of DK-APD. Source: APD-DK 2.0.1, sections 2 to 5, errata items 6 and 7."""

from apd.standard.releases import Release

TEMPLATE_DATE = Release.V2_0_1.template_date
"""Extension of the document, section, encounter, location and precondition templates of 2.0.1."""

DOCUMENT_TEMPLATE = "1.2.208.184.14.1"
SECTION_TEMPLATE = "1.2.208.184.14.11.1"
ENCOUNTER_TEMPLATE = "1.2.208.184.14.11.2"
LOCATION_TEMPLATE = "1.2.208.184.14.11.3"
REPETITION_TEMPLATE = "1.2.208.184.14.11.4"
INDICATIVE_TEMPLATE = "1.2.208.184.14.11.5"

# The service events have no date.
VERSION_EVENT = "1.2.208.184.10.1.10"
TIME_EVENT = "1.2.208.184.10.1.11"
EPISODE_EVENT = "1.2.208.184.10.1.12"

PROFILE_VERSION = Release.V2_0_1.version_id
