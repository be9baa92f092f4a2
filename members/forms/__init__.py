"""door: log in and the second factor. register: what the office writes about a person."""

from members.forms.door import (
    APP_CODE_LIVES,
    AppForm,
    CodeField,
    FactorAgainForm,
    FactorForm,
    LoginCodeForm,
    LoginForm,
    NewStaffForm,
    PasskeyForm,
    PasskeyNameForm,
    StaffForm,
)

__all__ = [
    "APP_CODE_LIVES",
    "AppForm",
    "CodeField",
    "FactorAgainForm",
    "FactorForm",
    "LoginCodeForm",
    "LoginForm",
    "NewStaffForm",
    "PasskeyForm",
    "PasskeyNameForm",
    "StaffForm",
]
