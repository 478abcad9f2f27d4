"""Defects of the body: the section, and the appointment in it."""

from apd.standard.codes import Oid
from apd.testing.defects import given
from apd.testing.defects.editing import END, IN_CDA, START, Defect

_AUTHOR = (
    '<author><time nullFlavor="NI"/><assignedAuthor><id nullFlavor="NI"/></assignedAuthor></author>'
)

DEFECTS = (
    # section
    Defect("CONF-DK-APD:7ccb", also=IN_CDA),
    Defect("CONF-DK-APD:63ff", "double component/structuredBody/component"),
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
    Defect("APD-ENCOUNTER-1", "set $encounter/effectiveTime nullFlavor=OTH"),
    Defect("CONF-DK-APD:4df9", "unset $encounter/code codeSystemName"),
    Defect(
        "APD-START-1",
        "unset $encounter/effectiveTime/low value"
        " && set $encounter/effectiveTime/low nullFlavor=NI",
    ),
    Defect("CONF-DK-APD:d058", given=(given.exact_times,)),
    Defect(
        "APD-START-2",
        "set $time/effectiveTime/low value=1850 && set $encounter/effectiveTime/low value=1850",
        also=("CONF-DK:33-APPOINTMENT",),
    ),
    Defect(
        "APD-START-3",
        "set $time/effectiveTime/low value=20000326023000"
        " && set $encounter/effectiveTime/low value=20000326023000",
        given=(given.times_without_end,),
        also=("CONF-DK:33-APPOINTMENT",),
    ),
    Defect(
        "APD-END-2",
        "set $time/effectiveTime/high value=9999 && set $encounter/effectiveTime/high value=9999",
        given=(given.end,),
        also=("CONF-DK:33-APPOINTMENT",),
    ),
    Defect(START, "set $time/effectiveTime/low value=18990601000000+0100"),
    Defect(END, "set $time/effectiveTime/high value=99971230000000+0100", given=(given.end,)),
    Defect(
        "APD-ENCOUNTER-AUTHOR-1",
        f"after $encounter/performer {_AUTHOR} && after $encounter/performer {_AUTHOR}",
    ),
    # performer
    Defect(
        "CONF-DK-APD:ad1e",
        f'after $performer/id <id root="{Oid.PROVIDER}" extension="990001"'
        ' assigningAuthorityName="Yderregisteret"/>',
    ),
    Defect("CONF-DK-APD:bf38", 'after $performer/telecom <telecom value="tel:00650009"/>'),
    Defect("CONF-DK-APD:0d10", given=(given.telephone_of_performer,)),
    Defect("CONF-DK:19-PERFORMER", "set $performer/id assigningAuthorityName=x"),
    # location
    Defect("CONF-DK-APD:4ec7", given=(given.nothing_masked,)),
    Defect("CONF-DK-APD:889e", "set $location typeCode=ORG"),
    Defect("CONF-DK-APD:44cd", given=(given.nothing_masked,), also=IN_CDA),
    Defect("CONF-DK-APD:3315", given=(given.sor_location,)),
    Defect("CONF-DK-APD:91ea", given=(given.place_code,)),
    Defect("CONF-DK-APD:ff1c", given=(given.sor_location, given.place_by_name)),
    Defect(
        "CONF-DK-APD:c7e3",
        'after $place/telecom <telecom value="tel:00650009"/>',
        given=(given.sor_location,),
    ),
    Defect("APD-LOCATION-1", "set $place/playingEntity classCode=ENT"),
    # reason
    Defect("CONF-DK-APD:c362", "set $reason moodCode=RQO"),
    Defect("CONF-DK-APD:8993", also=IN_CDA),
    Defect("CONF-DK-APD:4c2c", "unset $reason/code displayName"),
    Defect("APD-REASON-1", 'add $reason <templateId root="1.2.3"/>'),
    Defect(
        "APD-STATEMENT-1",
        'after $encounter/entryRelationship <entryRelationship typeCode="COMP">'
        '<supply classCode="SPLY" moodCode="EVN"/></entryRelationship>',
    ),
    # preconditions
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
)
