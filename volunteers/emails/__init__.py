"""Every letter to and about volunteers. The words are in templates/volunteers/mail/."""
