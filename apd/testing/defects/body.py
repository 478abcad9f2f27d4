"""Defects of the body: the section, and the appointment in it."""

from apd.standard.codes import Oid
from apd.testing.defects import given
from apd.testing.defects.defect import END, IN_CDA, START, Defect

_AUTHOR = (
    '<author><time nullFlavor="NI"/><assignedAuthor><id nullFlavor="NI"/></assignedAuthor></author>'
)

DEFECTS = (
    # section
    Defect("CONF-DK-APD:7ccb", "remove component", also=IN_CDA),
    Defect("CONF-DK-APD:30fc", "remove component/structuredBody", also=IN_CDA),
    Defect("CONF-DK-APD:63ff", "double component/structuredBody/component"),
    Defect("CONF-DK-APD:4981", "remove $section", also=IN_CDA),
    Defect("CONF-DK-APD:9b39", "set $section/templateId extension=2017-03-10"),
    Defect("CONF:1098-14749", "remove $section/code"),
    Defect("CONF:1098-14750", "set $section/code code=1"),
    Defect("CONF:1098-30813", "set $section/code codeSystem=1.2.3"),
    Defect("CONF-DK-APD:bfb2", "unset $section/code codeSystemName"),
    Defect("CONF-DK-APD:d9f0", "remove $section/title"),
    Defect("CONF:1098-7725", "remove $section/text"),
    Defect("APD-SECTION-1", "set $section/title nullFlavor=OTH"),
    Defect("CONF-DK-APD:8506", "double $section/entry"),
    Defect(
        "CONF-DK-APD:dfed",
        'after $encounter <act classCode="ACT" moodCode="EVN"><code nullFlavor="NI"/></act>'
        " && remove $encounter",
        given=(given.nothing_masked,),
    ),
    # encounter
    Defect("CONF:1098-8564", "set $encounter classCode=ACT"),
    Defect("CONF-DK-APD:8f97", "set $encounter moodCode=EVN"),
    Defect("CONF-DK-APD:49d8", "set $encounter/templateId extension=2017-03-10"),
    Defect("CONF-DK-APD:7493", "remove $encounter/id"),
    Defect("CONF-DK-APD:22dd", "set $encounter/id extension=17"),
    Defect("APD-ENCOUNTER-1", "set $encounter/effectiveTime nullFlavor=OTH"),
    Defect("CONF:1098-14749-ENCOUNTER", "remove $encounter/code"),
    Defect("CONF-DK-APD:9245", "set $encounter/code code=OtherAppointment"),
    Defect("CONF-DK-APD:ed37", "set $encounter/code codeSystem=1.2.3"),
    Defect("CONF-DK-APD:4df9", "unset $encounter/code codeSystemName"),
    Defect("CONF:134", "remove $encounter/statusCode"),
    Defect("CONF-DK-APD:0da6", "set $encounter/statusCode code=planned"),
    Defect("CONF-DK-APD:4021", "remove $encounter/effectiveTime"),
    Defect("CONF-DK-APD:8bfe", "remove $encounter/effectiveTime/low"),
    Defect(
        "APD-START-1",
        "unset $encounter/effectiveTime/low value"
        " && set $encounter/effectiveTime/low nullFlavor=NI",
        also=(START,),
    ),
    Defect("CONF-DK-APD:5df9", "remove $encounter/effectiveTime/high"),
    Defect(
        "CONF-DK-APD:d058",
        "unset $encounter/effectiveTime/high value",
        given=(given.exact_times,),
        also=(END, "DT-TS-EMPTY"),
    ),
    Defect(START, "set $time/effectiveTime/low value=18990601000000+0100"),
    Defect(END, "set $time/effectiveTime/high value=99971230000000+0100", given=(given.end,)),
    Defect(
        "APD-ENCOUNTER-AUTHOR-1",
        f"after $encounter/performer {_AUTHOR} && after $encounter/performer {_AUTHOR}",
    ),
    # performer
    Defect("CONF-DK-APD:63d8", "remove $encounter/performer"),
    Defect("CONF-DK-APD:6f0d", "remove $performer", also=IN_CDA),
    Defect(
        "CONF-DK-APD:ad1e",
        f'after $performer/id <id root="{Oid.PROVIDER}" extension="990001"'
        ' assigningAuthorityName="Yderregisteret"/>',
    ),
    Defect("CONF-DK-APD:cd01", "remove $performer/addr"),
    Defect("CONF-DK-APD:bf38", 'after $performer/telecom <telecom value="tel:00650009"/>'),
    Defect("CONF-DK-APD:0d10", "remove $performer/representedOrganization"),
    Defect("CONF-DK-APD:b770", "remove $performer/representedOrganization/name"),
    Defect("CONF-DK:19-PERFORMER", "set $performer/id assigningAuthorityName=x"),
    # location
    Defect("CONF-DK-APD:4ec7", "remove $location", given=(given.nothing_masked,)),
    Defect("CONF-DK-APD:889e", "set $location typeCode=ORG"),
    Defect("CONF-DK-APD:44cd", "remove $place", given=(given.nothing_masked,), also=IN_CDA),
    Defect("CONF-DK-APD:7dc2", "set $place classCode=ROL"),
    Defect("CONF-DK-APD:cce6", "set $place/templateId extension=2017-03-10"),
    Defect("CONF-DK-APD:3315", "remove $place/id", given=(given.sor_location,)),
    Defect("CONF-DK-APD:91ea", "set $place/id assigningAuthorityName=x", given=(given.place_code,)),
    Defect(
        "CONF-DK-APD:ff1c", "remove $place/addr", given=(given.sor_location, given.place_by_name)
    ),
    Defect(
        "CONF-DK-APD:c7e3",
        'after $place/telecom <telecom value="tel:00650009"/>',
        given=(given.sor_location,),
    ),
    Defect("CONF-DK-APD:d9a4", "remove $place/playingEntity"),
    Defect("CONF-DK-APD:87c3", "remove $place/playingEntity/name"),
    Defect("APD-LOCATION-1", "set $place/playingEntity classCode=ENT"),
    # reason
    Defect("CONF-DK-APD:ae0f", "remove $encounter/entryRelationship"),
    Defect("CONF-DK-APD:250e", "remove $reason", also=IN_CDA),
    Defect("CONF-DK-APD:c362", "set $reason moodCode=RQO"),
    Defect("CONF-DK-APD:8993", "remove $reason/code", also=IN_CDA),
    Defect(
        "CONF-DK-APD:aa36",
        "set $reason/code code=1 && unset $reason/code codeSystem"
        " && unset $reason/code codeSystemName",
    ),
    Defect("CONF-DK-APD:4c2c", "unset $reason/code displayName"),
    Defect("APD-REASON-1", 'add $reason <templateId root="1.2.3"/>'),
    # preconditions
    Defect(
        "CONF-DK-APD:8768",
        "set $repetition/templateId extension=2017-03-10",
        given=(given.repetition,),
    ),
    Defect(
        "CONF-DK-APD:4464-REPETITION",
        "remove $repetition/criterion",
        given=(given.repetition,),
        also=IN_CDA,
    ),
    Defect(
        "CONF-DK-APD:72b5-REPETITION",
        "set $repetition/criterion/code code=RepeatingAppointmentType",
        given=(given.repetition,),
    ),
    Defect("APD-PRECONDITION-REPETITION", "double $repetition", given=(given.repetition,)),
    Defect(
        "CONF-DK-APD:d38c",
        'after $repetition/criterion/value <value xsi:type="II" nullFlavor="NI"/>',
        given=(given.repetition,),
        also=IN_CDA,
    ),
    Defect(
        "CONF-DK-APD:40c2",
        "set $repetition/criterion/value extension=series-5",
        given=(given.repetition,),
    ),
    Defect(
        "CONF-DK-APD:d425",
        "set $indicative/templateId extension=2017-03-10",
        given=(given.indicative_times,),
    ),
    Defect(
        "CONF-DK-APD:4464-INDICATIVE",
        "remove $indicative/criterion",
        given=(given.indicative_times,),
        also=IN_CDA,
    ),
    Defect(
        "CONF-DK-APD:72b5-INDICATIVE",
        "set $indicative/criterion/code codeSystem=1.2.3",
        given=(given.indicative_times,),
    ),
    Defect("APD-PRECONDITION-INDICATIVE", "double $indicative", given=(given.indicative_times,)),
)
