"""The messages of XDS as ebXML (ebRIM 3.0): readers beside writers, and the XSD of them."""
