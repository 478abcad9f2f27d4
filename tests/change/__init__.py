"""Tests of changing and comparing documents."""
