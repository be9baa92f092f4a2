"""The pages of the door: log in with a code, log out, and the second factor."""

from members.views import factor
from members.views.login import after_login, login, login_code, logout

__all__ = ["after_login", "factor", "login", "login_code", "logout"]
