"""What people type about activities. people: who comes. times: when."""

from events.forms.people import (
    ActivityField,
    InterestForm,
    MoveForm,
    OfficeSignUpForm,
    SignUpForm,
    WishesForm,
)

__all__ = [
    "ActivityField",
    "InterestForm",
    "MoveForm",
    "OfficeSignUpForm",
    "SignUpForm",
    "WishesForm",
]
