"""Who and where, for the example documents.

Every person, street, town and organisation is invented. The CPR numbers are test numbers, the
SOR codes have the right form but belong to nobody, and no telephone number in Denmark begins
with 00.
"""

import datetime

from attrs import evolve

from apd import (
    Address,
    AddressUse,
    Category,
    CprNumber,
    Custodian,
    Gender,
    HomeLocation,
    Organization,
    OtherLocation,
    Patient,
    Person,
    PersonName,
    ProviderNumber,
    Requester,
    SorCode,
    SorLocation,
    Telecom,
    TelecomUse,
    local_time,
)


def address(street: str, use: AddressUse | None = None) -> Address:
    """An address in the town of all examples."""
    return Address([street], "9999", "Kløverby", use=use)


# --- patients --------------------------------------------------------------------------------

VERA = Patient(
    id=CprNumber("251248-9996"),  # the number of MedCom's test person
    name=PersonName(["Vera", "Lykke"], "Skovsang"),
    address=address("Humlevangen 12, 2. tv.", AddressUse.HOME),
    telecoms=[Telecom.phone("00 10 20 30", TelecomUse.HOME)],
    gender=Gender.FEMALE,
    birth_date=datetime.date(1948, 12, 25),
)
VIGGO = Patient(
    id=CprNumber("070780-9985"),
    name=PersonName(["Viggo"], "Bækdal"),
    address=address("Vindrosestien 3", AddressUse.HOME),
    telecoms=[
        Telecom.phone("00 10 20 31", TelecomUse.MOBILE),
        Telecom.email("viggo@example.com", TelecomUse.HOME),
    ],
    gender=Gender.MALE,
    birth_date=datetime.date(1980, 7, 7),
)
# Her address is protected, so it is not here, and then nowhere in the document. Her telephone
# number is left out as well. The name may be shown.
ALMA = Patient(
    id=CprNumber("150391-9980"),
    name=PersonName(["Alma"], "Fjordgren"),
    gender=Gender.FEMALE,
    birth_date=datetime.date(1991, 3, 15),
)

# --- organisations and the people in them ----------------------------------------------------

HOSPITAL = Organization(
    name="Kløverby Sygehus",
    id=SorCode("9990011000016000"),
    address=address("Sygehusalléen 1"),
    telecoms=[Telecom.phone("00 40 10 00")],
)
HOME_CARE = Organization(
    name="Hjemmeplejen, Kløverby Kommune",
    id=SorCode("9990021000016009"),
    address=address("Rådhusbakken 7"),
    telecoms=[Telecom.phone("00 40 20 00")],
)
TRAINING = Organization(
    name="Kløverby Træningscenter",
    id=SorCode("9990031000016006"),
    address=address("Kaprifolievej 20"),
    telecoms=[Telecom.phone("00 40 20 50")],
)
PRACTICE = Organization(
    name="Lægerne Lærkereden",
    id=SorCode("9990041000016004"),
    address=address("Lærkereden 4"),
    telecoms=[Telecom.phone("00 40 30 00")],
)
PRACTICE_NUMBER = ProviderNumber("099901")  # the practice's ydernummer

SECRETARY = Person(PersonName(["Bodil"], "Ravnsbjerg"))
DOCTOR = Person(PersonName(["Esben", "Holger"], "Mosevang", prefix=["Læge"]))

# The practice referred the patient.
REFERRED = Requester(
    id=PRACTICE.id,
    organization=Organization(id=PRACTICE.id, name=PRACTICE.name),
    person=DOCTOR,
    address=PRACTICE.address,
    telecoms=PRACTICE.telecoms,
    time=local_time(2026, 1, 19, 14, 5),
)

# Who keeps the documents of a region, a municipality, a practice.
CUSTODIANS = {
    Category.REGIONAL: Custodian(
        id=SorCode("9990051000016001"),
        name="Region Vestfjord, it-afdelingen",
        address=address("Regionspladsen 2"),
        telecom=Telecom.email("it@region.example.com"),
    ),
    Category.MUNICIPAL: Custodian(
        id=SorCode("9990061000016003"),
        name="Kløverby Kommune, it-afdelingen",
        address=address("Rådhusbakken 1"),
        telecom=Telecom.phone("00 40 20 01"),
    ),
    Category.PRACTITIONER: Custodian(
        id=SorCode("9990041000016004"),
        name="Lægerne Lærkereden",
        address=address("Lærkereden 4"),
        telecom=Telecom.phone("00 40 30 00"),
    ),
}

# --- places ----------------------------------------------------------------------------------

CLINIC = SorLocation(  # type 1: a place in SOR
    id=SorCode("9990071000016008"),
    name="Ambulatoriet, indgang C, 1. sal",
    address=HOSPITAL.address,
    telecom=Telecom.phone("00 40 10 70"),
)
WARD = evolve(CLINIC, id=SorCode("9990081000016005"), name="Sengeafsnit 4, indgang B")
SURGERY = SorLocation(
    id=PRACTICE.id, name=PRACTICE.name, address=PRACTICE.address, telecom=PRACTICE.telecoms[0]
)
POOL = OtherLocation(  # type 2: a place outside SOR
    name="Svømmehallen, mød op i forhallen", address=address("Åbrinken 15")
)
SQUARE = OtherLocation(name="Torvet, ved springvandet", address=address("Torvet 1"))


def home_of(patient: Patient) -> HomeLocation:
    """Type 3: the patient's own address; none if it is protected."""
    return HomeLocation(address=patient.address)
