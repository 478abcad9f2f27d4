"""What the oracle decides, each with its source, and what it chooses where the source is silent.

One row a question that somebody who writes such a system has to answer. ``by`` names the
function that answers it.
"""

from typing import NamedTuple


class Choice(NamedTuple):
    """One question.

    Args:
        by: module and function, beside this one.
        question: what has to be known.
        source: the sentence that it rests on.
        choice: what was chosen; None where the sentence answers the question itself.
    """

    by: str
    question: str
    source: str
    choice: str | None = None


RULES = "Indhold og forretningsregler for Aftaleoversigten"
FAQ = "MedCom, FAQ of 2023"

CHOICES = (
    # --- the clock
    Choice(
        "clock.summer",
        "When is summer time?",
        "directive 2000/84/EC, articles 2 and 3",
    ),
    Choice(
        "clock.moments",
        "What does a clock time mean that comes twice, or never?",
        "RFC 5545, 3.3.5, for DATE-TIME with a time zone; the business rules do not say",
        "The first of two. One that never comes is refused, unless a pattern says otherwise.",
    ),
    # --- types
    Choice(
        "types.types",
        "Which type is an appointment whose start is indicative and whose end is not known?",
        f"{RULES}, table 2: type 2 has start and end always, type 3 has no end",
        "Type 3. That its time is indicative is said all the same.",
    ),
    Choice(
        "types.types",
        "Which type is a day without a time of day?",
        "test protocol 0202 of MedCom (start 00:00, end not known, guided interval); no type "
        "is named",
        "Type 3 where no end is known, type 2 where the last day is told: what the data say.",
    ),
    # --- parts of the day
    Choice(
        "parts_of_day.part",
        "How long is the night in which the clock is changed?",
        f"{RULES}, table 3: Nat, KL: 22-07",
        "Parts of the day are times on the clock: eight, nine or ten hours.",
    ),
    Choice(
        "parts_of_day.own",
        "When does an own interval end whose end is not later on the clock than its beginning?",
        f"{RULES}, rule #8: any own interval; table 3: 22-07",
        "On the next day, as the night does.",
    ),
    Choice(
        "parts_of_day.name",
        "When does an appointment fill a part of the day?",
        f"{RULES}, rule #8, and the example of type 5: indicative, from the one time to the other",
        "Where both times on the clock are those of table 3 and it is indicative.",
    ),
    # --- how far ahead
    Choice(
        "horizon.last_day",
        "What is six months after a day that the sixth month does not have?",
        f"{RULES}, rule #3: 6 måneder frem",
        "The last day of that month. Months are those of the calendar, and the 30 days are days.",
    ),
    Choice(
        "horizon.last_day",
        "From when is it counted?",
        f"{RULES}, rule #3: frem",
        "From the day that it is in Denmark. The last day counts to its end.",
    ),
    Choice(
        "horizon.is_within",
        "Does rule #3 hold for appointments that do not repeat?",
        f"{RULES}, rule #3: Publicering af repeterende aftaler (aftale type 4)",
        "No; they are published when they are made (rules #1 and #2), however far ahead and under "
        "whatever law.",
    ),
    Choice(
        "horizon.is_within",
        "Which moment of an appointment counts?",
        f"{RULES}, rule #3 does not say",
        "Its start.",
    ),
    Choice(
        "horizon.LAWS",
        "Do the 30 days hold for § 83 a?",
        f"{RULES}, rule #3: servicelovens §83 (hjemmehjælp); {FAQ}: §§ 83-84 (inkl. 83a)",
        "No: where the sources mean § 83 a as well, they say so.",
    ),
    Choice(
        "horizon.may_be_shared",
        "What may be shared?",
        f"{FAQ}: §§ 79 a, 83-84 incl. 83 a and 86 of serviceloven, not § 85; sundhedsloven; "
        f"{RULES}, rule #7",
    ),
    Choice(
        "horizon.LAWS",
        "May what is held under ældreloven be shared, and how far ahead?",
        "Not found: the law is in force since 2025-07-01, and the infrastructure shares it",
        "Yes from that day on, as under the paragraphs of serviceloven that it takes the place of.",
    ),
    # --- patterns
    Choice(
        "patterns.appointments",
        "Does an appointment that is left out, as its time is skipped, count?",
        "RFC 5545, 3.3.10: such instances are ignored and not counted",
    ),
    Choice(
        "patterns.appointments",
        "How long is an appointment of a pattern in the night in which the clock is changed?",
        "RFC 5545, 3.3.6: exact durations",
        "As long as in any other: a length is time that passes.",
    ),
    # --- series
    Choice(
        "series.change_place",
        "What becomes of one appointment that gets another place?",
        f"{RULES}, table 2, type 4: it shall not repeat any more; struck in 2.0",
        "It leaves the series in both editions, unless somebody says that it keeps its repetition "
        "id, which the older edition forbids (R6).",
    ),
    Choice(
        "series.change_reason",
        "What becomes of one appointment that gets another reason?",
        f"{RULES}, table 2, type 4: the repetition ends, and another may begin; struck in 2.0",
        "As with a place (R7).",
    ),
    Choice(
        "series.extend",
        "What do further appointments of a pattern say?",
        f"{RULES}, table 2, type 4 (R10): they may take the same repetition id",
        "What the series said from its beginning: one that has changed alone changes no other."
        " One that "
        "left or was cancelled is not made again.",
    ),
    Choice(
        "series.move_all",
        "What does it mean that all move by some time?",
        f"{RULES}, table 2, type 4 (R8): the time is changed for all of them",
        "On the clock, each from where it is; those that the pattern makes later move too. How"
        " long each "
        "lasts stays. One that would come to a time that the clock skips is refused, unless "
        "the pattern "
        "shifts it: it is never left out.",
    ),
    Choice(
        "series.add",
        "May an appointment of another patient, place or reason join a series?",
        f"{RULES}, table 2, type 4: R3; R4, R6 and R7, which are struck in 2.0",
        "Of another place or reason since 2.0. Of another patient in neither edition: a series is "
        "one patient's, and its repetition id is unique for it (R3).",
    ),
    Choice(
        "series.findings",
        "What is to be said of appointments with one repetition id that differ?",
        f"{RULES}, table 2, type 4: R4, R6 and R7, which are struck in 2.0",
        "What the older text forbids is an error by it. By 2.0 it is information, but for several "
        "patients: a warning, since a repetition id is unique for its series (R3).",
    ),
    # --- what is shown
    Choice(
        "shown.shown",
        "Which of several documents about one appointment is shown?",
        f"{RULES}, rules #4 and #5: what is not valid any more does not stand as active",
        "The newest of those that are approved and not replaced. If it is not active, none is.",
    ),
    Choice(
        "shown.phase",
        "Until when is an appointment without an end under way?",
        f"{RULES}, table 2, type 3 does not say",
        "Until the day is over, in Denmark, on which it begins.",
    ),
    Choice(
        "shown.may_see",
        "Whose overview may a professional see?",
        f"{RULES}, introduction: those who treat the patient",
        "Any that the infrastructure hands out: it is there that the treatment is known.",
    ),
    Choice(
        "shown.must_not_edit",
        "Who may edit?",
        f"{RULES}, rule #9 and log 1.0.6: proxies read; nothing is stated about others",
        "Proxies never; of others the oracle says nothing.",
    ),
    Choice(
        "shown.shown",
        "Which telephones are shown?",
        f"{FAQ}: those of the place and of the performing organisation",
        "Also in the readable text. That of a home whose address is protected is not: a "
        "number leads to an address.",
    ),
    Choice(
        "shown.shown",
        "What is told of a home whose address is protected?",
        f"{RULES}, Håndtering af adressebeskyttelse: addresses are shown unless they are protected",
        "That it is the patient's home, and not where.",
    ),
    Choice(
        "shown.shown",
        "From whom is a child's address hidden?",
        f"{RULES}, Håndtering af adressebeskyttelse: from the other parent, where both the parent "
        "at home and the child are protected",
        "Who that is, the portal knows, and it gives the documents without the address.",
    ),
    Choice(
        "places.same",
        "When are two appointments at the same place?",
        f"{RULES}, table 1: type 3 is the home; Håndtering af adressebeskyttelse: what is "
        "older keeps the address",
        "Home is home, with its address or without. Else the SOR code decides, also where only one "
        "of two has it, then name, street and postal code together, without regard to large and "
        "small letters and blanks. Telephones do not count.",
    ),
    # --- what is planned
    Choice(
        "planned.must_be_taken_down",
        "What becomes of what is published and now beyond the six months?",
        f"{RULES}, rule #3: gentaget 6 måneder frem; rules #1 and #5",
        "It stays: the six months are what has to be there at least.",
    ),
    Choice(
        "planned.must_be_taken_down",
        "And beyond the 30 days?",
        f"{RULES}, rule #3: kun publiceres 30 dage frem",
        'It is taken down until it is near enough: "kun" is a limit.',
    ),
    Choice(
        "planned.must_be_taken_down",
        "What becomes of an appointment that the booking system calls completed?",
        f"{RULES}, rules #4 and #5: what is not valid any more does not stand as active",
        "One that has begun was held, so it was valid: it stays as it stands. One that has not"
        " begun is "
        "taken down, as is whatever has another status than active.",
    ),
    Choice(
        "planned.may_be_published",
        "Is an appointment that is over still published?",
        f"{RULES}, rule #1: all appointments; rule #2: within 15 minutes of a change",
        "If it was entered when it had begun, or would begin within the 15 minutes: within them, "
        "and for a day after the entry if nothing was sent in time. Any other that is over is "
        "the past.",
    ),
    Choice(
        "planned.over_at",
        "When is an appointment without an end over?",
        f"{RULES}, table 2, type 3; stående aftaler",
        "When the day is over on which it begins. One that stands (come without being called) "
        "has no such day.",
    ),
    Choice(
        "planned.may_be_published",
        "Is what is beyond the six months published already?",
        f"{RULES}, rule #3: gentaget 6 måneder frem, which forbids nothing further ahead",
        "Not for the first time. What stood before comes back at once.",
    ),
    Choice(
        "planned.planned",
        "What changes when an appointment begins or ceases to be a standing one?",
        f"{RULES}, table 2, type 3: CDA cannot tell the two apart",
        "It is replaced, as whether it is over is another matter then.",
    ),
    Choice(
        "planned.planned",
        "What becomes of an appointment that is now another patient's?",
        f"{RULES}, rule #5: what is wrong does not stand as active",
        "The document is taken down and one about the right patient is published, which is not a "
        "new version of the other.",
    ),
    Choice(
        "planned.planned",
        "What does it mean that a booking is missing?",
        f"{RULES}, rule #5 does not say",
        "It was cancelled, unless it was over: what was held stays where it was published.",
    ),
    Choice(
        "planned.planned",
        "By when is what comes near enough merely because time passes to be published?",
        f"{RULES}, rules #2 and #3",
        "Within 15 minutes of the midnight with which the day begins on which it is within.",
    ),
)
