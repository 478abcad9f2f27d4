"""Appointment documents as CDA: the only package that knows element names.

The reader of an element is next to its writer, and each file is about one participation of CDA.
Elements are those of the standard library's ElementTree, with plain names for what belongs to HL7
(see :mod:`apd.cda.xml`).
"""
