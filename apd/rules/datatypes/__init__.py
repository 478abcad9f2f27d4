"""The requirements of HL7's v3 data types on elements of these types, beyond the schema.

The official Schematron checks the elements that its templates name; these rules check every
element of a type. Source: HL7 v3 data types release 1, as in MedCom's Schematron (DTr1).
"""
