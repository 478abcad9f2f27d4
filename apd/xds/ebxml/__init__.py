"""The messages of XDS as ebXML (ebRIM 3.0): readers, writers, and their XSD."""
