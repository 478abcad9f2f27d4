"""Findings as text for people, and as JSON, SARIF and JUnit XML for programs.

Each format takes the documents one by one, as they are checked, and gives its lines as it goes:
none of them holds more than one document at a time. No report shows personal data.
"""
