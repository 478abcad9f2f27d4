"""The model to plain data and back, the XML of a document that says more among it.

It stands under ``source``, and only where the model does not say all of it. XML in UTF-8 is that
text; any other is a ``data:`` URI with its bytes in Base64 (RFC 2397), which no XML begins like.
"""

import base64
import binascii
import datetime
import json
import marshal
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, TypeVar, Union

import attrs
from cattrs import Converter
from cattrs.cols import iterable_unstructure_factory
from cattrs.errors import BaseValidationError, IterableValidationError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from apd.cda.lossless.writing import write_document
from apd.cda.reader import read
from apd.cda.xml import as_bytes
from apd.errors import InvalidValue, ParseError
from apd.jsonform import scalars
from apd.jsonform.explanations import Refused, no_such_word, no_tag, problems, wrong_type
from apd.jsonform.parsing import parse
from apd.jsonform.problems import JsonError, Kind
from apd.jsonform.scalars import read_text, with_dates, with_times
from apd.jsonform.types import TAG, TAGS, Class, choice, closed_lists, is_list, is_union, item, word
from apd.limits import MAX_PROBLEMS
from apd.model.appointment import RECURRING
from apd.model.document import AppointmentDocument, DocumentSource
from apd.model.party import Requester, Responsible
from apd.model.schedule import Schedule
from apd.wording import Wording

_URI = "data:application/xml;base64,"
_NOT_READ = Wording(
    "kan ikke l\u00e6ses som et aftaledokument", "cannot be read as an appointment document"
)
_EXPECTED = Wording(
    f'XML i UTF-8, eller "{_URI}" og XML i Base64', f'XML in UTF-8, or "{_URI}" and XML in Base64'
)


def source_of(document: AppointmentDocument) -> str | None:
    """The XML of a document as it would be written, if the model does not say all of it."""
    if document.source is None or not document.unmapped:
        return None
    is_changed = not document.source.says(document)
    data = write_document(document) if is_changed else document.source.data
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = ""
    is_text = as_bytes(text) == data  # not where it declares another encoding
    return text if is_text else _URI + base64.b64encode(data).decode()


def read_source(value: object, _: object = None) -> DocumentSource | None:
    """The XML that a document was read from."""
    text = read_text(value)
    try:
        if text.startswith(_URI):
            return read(base64.b64decode(text.removeprefix(_URI), validate=True)).source
        return read(text).source
    except (ParseError, binascii.Error):
        pass
    raise Refused(Kind.VALUE, _NOT_READ, _EXPECTED)


_RECURRING_BUT_FOR_TIME = frozenset({Responsible, Requester})
_REMEMBERED = 1024
_AS_THEY_STAND = 2  # the version of marshal that gives equal data equal letters

Reader = Callable[[Any, Any], Any]
Writer = Callable[[Any], Any]


@cache
def converter(*, explains: bool = True) -> Converter:
    """Reads and writes every class of the model; made once, as it writes code for each class.

    Without ``explains`` data are read in half the time, and errors say only that something is
    wrong.
    """
    made = Converter(detailed_validation=explains)
    made.register_structure_hook(str, scalars.read_text)
    made.register_structure_hook(int, scalars.read_number)
    made.register_structure_hook(bool, scalars.read_flag)
    made.register_structure_hook(datetime.date, scalars.read_date)
    made.register_structure_hook(datetime.datetime, scalars.read_time)
    made.register_structure_hook_factory(is_list, _list_reader)
    made.register_structure_hook_factory(is_union, _choice_reader)
    made.register_structure_hook_factory(attrs.has, _object_reader)
    made.register_unstructure_hook(datetime.date, datetime.date.isoformat)
    made.register_unstructure_hook(datetime.datetime, datetime.datetime.isoformat)
    made.register_unstructure_hook_factory(is_list, _list_writer)
    made.register_unstructure_hook_factory(attrs.has, _object_writer)
    made.register_structure_hook(DocumentSource, read_source)
    for closed_list in closed_lists():  # one by one: as texts, they would be taken for such
        made.register_structure_hook(closed_list, scalars.word_reader(closed_list))
        made.register_unstructure_hook(closed_list, word)
    return made


def _list_reader(list_type: Class, converter: Converter) -> Reader:
    item_type = item(list_type)
    read = converter.get_structure_hook(item_type)

    def read_all(value: Any, _: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise wrong_type(value, list_type)
        return tuple([read(one, item_type) for one in value])

    def read_list(value: Any, _: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):  # a text would fall apart into its letters
            raise wrong_type(value, list_type)
        items, errors = [], []
        for index, one in enumerate(value):
            try:
                items.append(read(one, item_type))
            except (BaseValidationError, Refused, InvalidValue) as error:
                error.add_note(IterableValidationNote(f"[{index}]", index, item_type))
                errors.append(error)
                if len(errors) == MAX_PROBLEMS:
                    break
        if errors:
            raise IterableValidationError("list", errors, list_type)
        return tuple(items)

    return read_list if converter.detailed_validation else read_all


def _list_writer(list_type: Class, converter: Converter) -> Writer:
    return iterable_unstructure_factory(list_type, converter, unstructure_to=list)


def _choice_reader(union: Class, converter: Converter) -> Reader:
    classes, nullable = choice(union)
    one, *others = classes
    read = _tagged_reader(classes, converter) if others else converter.get_structure_hook(one)

    def read_choice(value: Any, _: Any) -> Any:
        return None if nullable and value is None else read(value, one)

    return read_choice


def _object_reader(one: Class, converter: Converter) -> Reader:
    return _tagged_reader((one,), converter) if one in TAGS else _fields_reader(one, converter)


def _tagged_reader(classes: tuple[Class, ...], converter: Converter) -> Reader:
    readers = {TAGS[one]: _fields_reader(one, converter) for one in classes}
    either: Any = Union.__getitem__(classes)

    def read_tagged(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            raise wrong_type(value, either)
        if TAG not in value:
            raise no_tag(readers)
        tag = value[TAG]
        if not isinstance(tag, str) or tag not in readers:
            raise no_such_word(readers, TAG)
        return readers[tag]({key: field for key, field in value.items() if key != TAG}, None)

    return read_tagged


def _fields_reader(one: Class, converter: Converter) -> Reader:
    read = make_dict_structure_fn(one, converter, _cattrs_forbid_extra_keys=True)

    def read_fields(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            raise wrong_type(value, one)
        return read(with_times(value) if one is Schedule else value, one)

    if converter.detailed_validation or one not in (*RECURRING, *_RECURRING_BUT_FOR_TIME):
        return read_fields
    recall = _recalling(read_fields)
    return recall if one in RECURRING else _but_for_time(one, recall, converter)


def _recalling(read: Reader) -> Reader:
    """A reader that remembers what it has read; for what many documents of a house share."""

    @lru_cache(maxsize=_REMEMBERED)
    def recalled(letters: bytes) -> Any:
        return read(marshal.loads(letters), None)

    return lambda value, _: recalled(marshal.dumps(value, _AS_THEY_STAND))


def _but_for_time(one: Class, read: Reader, converter: Converter) -> Reader:
    """The same for what has a time of its own."""
    field = attrs.fields(one).time
    read_time = converter.get_structure_hook(field.type)

    def read_timed(value: Any, _: Any) -> Any:
        if not isinstance(value, dict) or "time" not in value:
            return read(value, None)
        recurring = read({key: stated for key, stated in value.items() if key != "time"}, None)
        return attrs.evolve(recurring, time=read_time(value["time"], field.type))

    return read_timed


def _object_writer(one: Class, converter: Converter) -> Writer:
    write = make_dict_unstructure_fn(one, converter, _cattrs_omit_if_default=True)
    if one is AppointmentDocument:
        return lambda value: _with_source(value, write(attrs.evolve(value, source=None)))
    if one is Schedule:
        return lambda value: with_dates(value, write(value))
    if one not in TAGS:
        return write
    tag = TAGS[one]
    return lambda value: {TAG: tag, **write(value)}


def _with_source(document: AppointmentDocument, data: dict[str, Any]) -> dict[str, Any]:
    source = source_of(document)
    return data if source is None else {**data, "source": source}


_T = TypeVar("_T")


# --- under the names that the standard library's json uses ---------------------------------------


def to_data(value: object) -> Any:
    """A value of the model as what :mod:`json` writes: dicts, lists, texts, numbers.

    Args:
        value: an object of any class of the model.

    Raises:
        InvalidDocument: a document that was changed cannot be written, see :func:`apd.dumps`.
    """
    return converter().unstructure(value)


def from_data(data: object, type: type[_T], *, path: str = "$") -> _T:
    """A value of the model from what :func:`to_data` makes, read strictly.

    Args:
        data: dicts, lists, texts, numbers, true, false and None.
        type: a class of the model, such as :class:`apd.Appointment`.
        path: where in a larger JSON text the data stand; problems' paths begin with it.

    Raises:
        JsonError: unknown or missing keys, wrong types, values that the model refuses.
    """
    try:
        return converter().structure(data, type)
    except (BaseValidationError, Refused, InvalidValue) as error:
        found = list(problems(error, path))
    raise JsonError(found)


def dumps(document: AppointmentDocument, *, indent: int | None = None) -> str:
    """A document as JSON; the same document always gives the same text.

    Args:
        document: what to write.
        indent: spaces a level; None writes it on one line.

    Raises:
        InvalidDocument: a document that was changed cannot be written, see :func:`apd.dumps`.
    """
    return json.dumps(to_data(document), ensure_ascii=False, indent=indent)


def loads(text: str | bytes) -> AppointmentDocument:
    """The document that a JSON text says.

    Args:
        text: JSON; as bytes in UTF-8.

    Raises:
        JsonError: it is no JSON, or not the form; its problems name every single thing.
    """
    return from_data(parse(text), AppointmentDocument)
