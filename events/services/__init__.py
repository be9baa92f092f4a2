"""Every write with a rule about activities and places."""
