"""Those who offer their time: interest, follow-up, roles and shifts."""
