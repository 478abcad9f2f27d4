"""Who we are, and whom we treat. Everybody and everything is invented; the CPR numbers are test
numbers, and no telephone number in Denmark begins with 00."""

import datetime

import tables
from attrs import frozen

import apd
from apd import xds

SECRETARY = apd.Person(apd.PersonName(["Bodil"], "Ravnsbjerg"))
SOURCE_ID = "1.2.208.176.43210.8.1.29"  # the OID of this system
HOME_COMMUNITY = "1.2.208.176.43210.8.10"  # TEST1


@frozen(kw_only=True)
class Department:
    """A department that runs appointments."""

    category: apd.Category
    organization: apd.Organization
    address: apd.Address
    phone: apd.Telecom
    custodian: apd.Custodian
    producer: xds.ProducerConfiguration

    @property
    def place(self) -> apd.SorLocation:
        """Where its appointments are."""
        name, id = self.organization.name, self.organization.id
        return apd.SorLocation(id=id, name=name, address=self.address, telecom=self.phone)

    @property
    def performer(self) -> apd.Performer:
        """Who carries them out."""
        return apd.Performer(
            id=self.organization.id,
            organization=self.organization,
            address=self.address,
            telecoms=[self.phone],
        )


DEPARTMENTS = {
    "hospital": Department(
        category=apd.Category.REGIONAL,
        organization=apd.Organization(
            name="Kløverby Sygehus, ambulatoriet", id=apd.SorCode("9990071000016008")
        ),
        address=apd.Address(["Sygehusalléen 1"], "9999", "Kløverby"),
        phone=apd.Telecom.phone("00 40 10 70"),
        custodian=apd.Custodian(
            id=apd.SorCode("9990051000016001"),
            name="Region Vestfjord, it-afdelingen",
            address=apd.Address(["Regionspladsen 2"], "9999", "Kløverby"),
            telecom=apd.Telecom.email("it@region.example.com"),
        ),
        producer=xds.ProducerConfiguration(
            healthcare_facility_type_code="22232009",  # hospital
            practice_setting_code="394801008",  # ortopædisk kirurgi
            source_id=SOURCE_ID,
            home_community_id=HOME_COMMUNITY,
        ),
    ),
    "training": Department(
        category=apd.Category.MUNICIPAL,
        organization=apd.Organization(
            name="Kløverby Træningscenter", id=apd.SorCode("9990081000016005")
        ),
        address=apd.Address(["Åvej 7"], "9999", "Kløverby"),
        phone=apd.Telecom.phone("00 40 10 81"),
        custodian=apd.Custodian(
            id=apd.SorCode("9990061000016004"),
            name="Kløverby Kommune",
            address=apd.Address(["Rådhuspladsen 1"], "9999", "Kløverby"),
            telecom=apd.Telecom.email("it@kommune.example.com"),
        ),
        producer=xds.ProducerConfiguration(
            healthcare_facility_type_code="546811000005109",  # genoptræningsenhed
            practice_setting_code="658141000005108",  # genoptræning
            source_id=SOURCE_ID,
            home_community_id=HOME_COMMUNITY,
        ),
    ),
}


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
