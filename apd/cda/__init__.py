"""Appointment documents as CDA: from XML to the model and back.

The reader of an element is next to its writer, and each file covers one participation of CDA.
Elements are lxml's (see :mod:`apd.cda.xml`).
"""
