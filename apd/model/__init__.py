"""What an appointment *is*: frozen classes with no XML, no files and no clock.

All of these classes can also be imported from :mod:`apd`.
"""
