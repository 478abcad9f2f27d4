"""Personal data: recognised, masked, replaced, taken out, and searched for."""
