"""How an appointment document is *written*: the only room that knows element names.

The reader of an element stands beside its writer, and the file of a part stands for one
participation of CDA. Elements are those of the standard library's ElementTree, with plain
names for what belongs to HL7 (see :mod:`apd.cda.xml`).
"""
