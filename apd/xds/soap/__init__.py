"""What carries a message: the SOAP envelope, and MTOM packages."""
