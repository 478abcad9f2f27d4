"""What HL7's v3 data types ask of any element of theirs, beyond the schema.

The official Schematron looks at the elements that its templates name; these rules look at every
element of a type. Source: HL7 v3 data types release 1, as in MedCom's Schematron (DTr1).
"""
