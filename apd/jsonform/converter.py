"""What cattrs has to know to make JSON data of the model, and the model of JSON data."""

import datetime
from collections.abc import Callable
from functools import cache
from typing import Any, Union

import attrs
from cattrs import Converter
from cattrs.cols import iterable_unstructure_factory
from cattrs.errors import BaseValidationError, IterableValidationError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from apd.errors import InvalidValue
from apd.jsonform import scalars
from apd.jsonform.days import with_dates, with_times
from apd.jsonform.expected import Refused, no_such_word, no_tag, wrong_type
from apd.jsonform.sources import read_source, source_of
from apd.jsonform.types import Class, choice, closed_lists, is_list, is_union, item
from apd.jsonform.words import TAG, TAGS, word
from apd.limits import MAX_PROBLEMS
from apd.model.document import AppointmentDocument, DocumentSource
from apd.model.schedule import Schedule

Reader = Callable[[Any, Any], Any]
Writer = Callable[[Any], Any]


@cache
def converter() -> Converter:
    """Reads and writes every class of the model; made once, as it writes code for each class."""
    made = Converter(detailed_validation=True)
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

    return read_list


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

    return read_fields


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
