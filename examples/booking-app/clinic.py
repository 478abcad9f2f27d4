"""Who we are, and whom we treat. Everybody and everything is invented; the CPR numbers are test
numbers, and no telephone number in Denmark begins with 00."""

import datetime

import tables

import apd
from apd import xds

ADDRESS = apd.Address(["Sygehusalléen 1"], "9999", "Kløverby")
PHONE = apd.Telecom.phone("00 40 10 70")
CLINIC = apd.Organization(name="Kløverby Sygehus, ambulatoriet", id=apd.SorCode("9990071000016008"))
SECRETARY = apd.Person(apd.PersonName(["Bodil"], "Ravnsbjerg"))

PLACE = apd.SorLocation(
    id=CLINIC.id, name="Ambulatoriet, indgang C, 1. sal", address=ADDRESS, telecom=PHONE
)
PERFORMER = apd.Performer(id=CLINIC.id, organization=CLINIC, address=ADDRESS, telecoms=[PHONE])
CUSTODIAN = apd.Custodian(
    id=apd.SorCode("9990051000016001"),
    name="Region Vestfjord, it-afdelingen",
    address=apd.Address(["Regionspladsen 2"], "9999", "Kløverby"),
    telecom=apd.Telecom.email("it@region.example.com"),
)
PRODUCER = xds.ProducerConfiguration(
    healthcare_facility_type_code="22232009",  # hospital
    practice_setting_code="394801008",  # ortopædisk kirurgi
    source_id="1.2.208.176.43210.8.1.29",  # the OID of this system
    home_community_id="1.2.208.176.43210.8.10",  # TEST1
)


def patients() -> list[tables.Patient]:
    """The patients that there are from the start."""
    return [
        tables.Patient(
            cpr="2512489996",
            given_names="Vera Lykke",
            family_name="Skovsang",
            gender=apd.Gender.FEMALE,
            birth_date=datetime.date(1948, 12, 25),
            street="Humlevangen 12, 2. tv.",
            postal_code="9999",
            city="Kløverby",
        ),
        tables.Patient(
            cpr="0707809985",
            given_names="Viggo",
            family_name="Bækdal",
            gender=apd.Gender.MALE,
            birth_date=datetime.date(1980, 7, 7),
            street="Vindrosestien 3",
            postal_code="9999",
            city="Kløverby",
            address_protected=True,
        ),
    ]
