"""What people type about activities. people: who comes. times: when."""

from events.forms.people import ActivityField, MoveForm, OfficeSignUpForm, SignUpForm

__all__ = ["ActivityField", "MoveForm", "OfficeSignUpForm", "SignUpForm"]
