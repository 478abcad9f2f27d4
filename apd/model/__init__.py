"""What an appointment *is*: frozen classes with no XML, no files and no clock.

Everything here can be imported from :mod:`apd` as well.
"""
