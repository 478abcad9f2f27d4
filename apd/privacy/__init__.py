"""Personal data: recognising, masking, replacing, removing and searching for them."""
