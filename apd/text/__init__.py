"""Words for people, in Danish and in English."""
