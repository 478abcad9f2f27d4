"""The transport format of messages: SOAP envelopes and MTOM packages."""
