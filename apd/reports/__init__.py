"""Findings as text for people, and as JSON, SARIF and JUnit XML for programs.

Each format takes the documents one by one, as they are checked, and yields its lines immediately;
none keeps more than one document in memory. No report shows personal data.
"""
