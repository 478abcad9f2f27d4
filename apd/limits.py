"""The most that is taken from strangers, and reported of it: each limit with its reason.

What a standard limits (the length of an attribute in IHE XDS, an hour of the day) stands where the
standard is carried out. What exceeds a limit is a finding, an error or a sentence that says it.
"""

# --- a document ------------------------------------------------------------------------------

MAX_DOCUMENT_BYTES = 512 * 1024
"""A document of more bytes is refused. The longest official example has 18,000."""

MAX_DEPTH = 256
"""Elements nested deeper are refused, by libxml2 itself. An appointment is about 13 deep."""

MAX_ATTRIBUTES = 100
"""An element with more attributes is refused: CDA has about ten for an element, and schema engines
compare each with all of them."""

MAX_DECLARATIONS = 1000
"""A document that declares more namespaces is refused: canonical XML compares each with all that
are in scope. A writer that declares them at every element needs a few hundred."""

MAX_SCOPE = 50
"""With more prefixes declared in it, a document is compared without canonical XML, whose cost
grows with their square; nobody uses that many."""

MAX_SIBLINGS_COMPARED = 50
"""With more siblings of one name, those that are not equal are matched in order instead of being
compared pairwise for likeness. It is more than anyone writes by hand."""

MAX_REMEMBERED = 4096
"""Of a longer text nothing is remembered: an organisation with all that is known of it takes a
thousand characters, and a process would keep the last few hundred documents of strangers."""

# --- what else comes in ----------------------------------------------------------------------

MAX_JSON_BYTES = 16 * 1024 * 1024
"""A longer JSON text is refused by default; a document with its XML is far less."""

MAX_JSON_DIGITS = 30
"""A whole number of more digits is refused: Python reads digits in the square of their number."""

MAX_JSON_DEPTH = 200
"""Lists and objects that lie deeper inside each other are refused: a document needs few, and how
many Python reads depends on its version."""

MAX_BOOKINGS_BYTES = 512 * 1024 * 1024
"""A longer file of bookings is refused: a hundred thousand bookings take a quarter of it."""

MAX_BOOKINGS = 1_000_000
"""More bookings of one file are refused. The largest region has a tenth of that."""

MAX_MANIFEST_BYTES = 64 * 1024 * 1024
"""A longer manifest of generated documents is refused: 200,000 documents take as much."""

MAX_VERDICTS = 1_000_000
"""More verdicts of one validator are refused; a document takes one."""

MAX_SVRL_BYTES = 16 * 1024 * 1024
"""A longer report of a Schematron is refused: it names every rule that was run, some thousand."""

MAX_SOR_ROWS = 500_000
"""More rows of a register of organisations are refused. SOR has some tens of thousands of units."""

MAX_SOR_LINE_BYTES = 16 * 1024
"""A longer line of a register of organisations is refused: a unit takes a few hundred."""

MAX_SOR_PERIODS = 100
"""More periods of one unit are refused, as each is looked at when the unit is looked up."""

MAX_MESSAGE_BYTES = 32 * 1024 * 1024
"""A longer message of a registry, or to one, is refused: an answer may hold many documents."""

MAX_PARTS = 100
"""A package of more parts is refused: an answer has one for each document that was asked for."""

MAX_KEY_BYTES = 1024
"""No more is read of a file with a key."""

MAX_NAME_BYTES = 1024 * 1024
"""A longer name in a list of files is refused: no system has paths of a fraction of it."""

MAX_ARCHIVE_ENTRIES = 10_000_000
"""Of an archive no more entries are read: each costs time, however empty it is."""

MAX_UNPACKING = 200
"""An archive that unpacks to this many times its own size is read no further, once that is more
than :data:`MIN_UNPACKED_BYTES`: documents of one house unpack to thirty times."""

MIN_UNPACKED_BYTES = 16 * MAX_DOCUMENT_BYTES
"""So much may always be unpacked, as a few long documents of blanks do no harm."""

# --- recurrence ------------------------------------------------------------------------------

MAX_RULE_CHARACTERS = 4096
"""A longer recurrence rule is refused; every number in BYSETPOS, the longest part, takes 1,500."""

MAX_RECURRENCE_CHARACTERS = 64 * 1024
"""Longer text of a recurrence is refused: 3,000 extra times or exceptions take as much."""

MAX_OCCURRENCES = 20_000
"""More times of a recurrence, from its start on, are refused: they are daily ones for 54 years."""

MAX_RULES = 50
"""Of more rules a recurrence is refused. RFC 5545 knows one; here each time of a day is one."""

MAX_BARREN_DAYS = 50 * 366
"""A rule that gives no time on this many days that it could be on is refused. The 29th of February
on one weekday comes every 28 years, or after 40 where a century leaves a leap year out."""

MAX_SCHEDULE_DAYS = 366
"""The longest end by the clock, and at most this many days of one appointment are listed; of a
longer one, the first, and the last day."""

MAX_AT_ONCE = 100
"""Each appointment of an overview is compared with at most this many that go on when it begins,
those that began last. Nobody has that many at once, and each pair is a conflict to be shown."""

# --- what is shown ---------------------------------------------------------------------------

MAX_EXPLAINED = 100
"""At most this many refusals of a schema are reported for one document; nobody corrects more at
a time."""

MAX_ENTRIES_READ = 5 * MAX_EXPLAINED
"""So many entries of lxml's log are looked at, which has up to three for one refusal."""

MAX_ATTRIBUTES_EXPLAINED = 64
"""An element with more attributes, besides those that lxml knows to be foreign, is refused without
an explanation: xmlschema holds each against all of them."""

MAX_CHILDREN_REMEMBERED = 100
"""An element may have so many children if what is wrong with their names is to be remembered."""

MAX_ACCEPTED_ALONE = 20
"""An element may hold so many, itself included, if xmlschema is to be asked about it alone."""

MAX_ROUNDS = 8
"""So often lxml is asked what is wrong behind elements that it did not expect."""

MAX_VALUES_NAMED = 20
"""So many of the names or values that would be right are named in one explanation."""

MAX_OTHERS_NAMED = 10
"""So many of the other documents that a finding is about are named, and how many more there are."""

MAX_DESCRIBED_OF_A_SET = 100
"""So many findings of a rule over a set are described in its test case of JUnit, and how many
more there are."""

MAX_PROBLEMS = 100
"""At most this many problems of one list or object of JSON are reported: a row of mistakes is not
worth its memory."""

MAX_CLASHES_ON_CARD = 5
"""At most this many conflicts are shown on the card of one appointment, with the number of the
others."""

MAX_CLASHES_ON_PAGE = 50
"""At most this many conflicts stand in a list of all of them, and how many more there are."""

MAX_REPLY_BYTES = 64 * 1024 * 1024
"""A longer answer of a registry is not read to its end: a thousand documents are less."""

MAX_HIDDEN, MAX_HIDDEN_LENGTH = 16, 256
"""Ids of a patient, and the characters of one, that are looked for in each text of what cannot be
read. A document states one or two; each takes time with every text."""
