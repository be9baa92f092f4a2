"""What may be done with volunteers and representatives."""
