"""Log in: an address, then six digits from a letter. And out again."""

from uuid import UUID

from allauth.account.utils import get_next_redirect_url
from django.contrib.auth import logout as forget_session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members.adapter import let_in
from members.forms import LoginCodeForm, LoginForm
from members.models import LoginCode
from members.services import Answer, ask_for_code, check_code, send_again
from privacy.addresses import masked
from privacy.limits import limited

# What the session knows of a log-in that waits for its code: the number of the row, nothing else.
WAITING = "login_code"
# Requests for a code, and tries of one, per visitor in so many seconds. Each request is a letter.
REQUESTS = (30, 300)
GUESSES = (60, 300)


@limited("login", REQUESTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    next_url = get_next_redirect_url(request)
    if request.user.is_authenticated:
        return redirect(next_url or "members:after_login")
    form = LoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = ask_for_code(form.cleaned_data["email"])
        request.session[WAITING] = str(code.pk)
        return _to_code_page(next_url)
    return _page(request, "members/login.html", form=form, next_url=next_url)


@limited("login-code", GUESSES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def login_code(request: HttpRequest) -> HttpResponse:
    next_url = get_next_redirect_url(request)
    if request.user.is_authenticated:
        return redirect(next_url or "members:after_login")
    code = _waiting_code(request)
    if code is None:
        return _began_elsewhere(request)
    if "again" in request.POST:
        return _send_again(request, code, next_url)
    form = LoginCodeForm(request.POST or None, initial={"code": _code_in_link(request)})
    if request.method == "POST" and form.is_valid():
        answer, user = check_code(code.pk, form.cleaned_data["code"])
        if answer is Answer.RIGHT and user is not None:
            del request.session[WAITING]
            return let_in(request, user, next_url=next_url)
        if answer is Answer.OVER:
            return _over(request, code, next_url)
        form.add_error("code", LoginCodeForm.WRONG)
    return _page(
        request, "members/login_code.html", form=form, address=masked(code.email), next_url=next_url
    )


def _send_again(request: HttpRequest, code: LoginCode, next_url: str | None) -> HttpResponse:
    if send_again(code.pk) is None:
        return _over(request, code, next_url)
    return _to_code_page(next_url, skickat="1")


def _over(request: HttpRequest, code: LoginCode, next_url: str | None) -> HttpResponse:
    """Too old, or guessed at too often. One press gives a new one."""
    form = LoginForm(initial={"email": code.email})
    return _page(request, "members/login_code_over.html", status=422, form=form, next_url=next_url)


def _began_elsewhere(request: HttpRequest) -> HttpResponse:
    """The letter was opened in another browser than the one that asked for it."""
    status = 422 if request.method == "POST" else 200
    return _page(
        request,
        "members/login_elsewhere.html",
        status=status,
        form=LoginForm(),
        code=_code_in_link(request),
    )


def _waiting_code(request: HttpRequest) -> LoginCode | None:
    try:
        return LoginCode.objects.filter(pk=UUID(request.session.get(WAITING, ""))).first()
    except ValueError:
        return None


def _code_in_link(request: HttpRequest) -> str:
    digits = request.GET.get("kod", "")[:6]
    return digits if digits.isascii() and digits.isdigit() else ""


def _to_code_page(next_url: str | None, **more: str) -> HttpResponse:
    query = urlencode({**({"next": next_url} if next_url else {}), **more})
    page = reverse("account_confirm_login_code")
    return HttpResponseRedirect(f"{page}?{query}" if query else page, status=303)


def _page(
    request: HttpRequest, template: str, *, status: int = 200, **context: object
) -> HttpResponse:
    form = context["form"]
    if getattr(form, "errors", None):
        status = 422
    return render(request, template, context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def logout(request: HttpRequest) -> HttpResponse:
    """A GET asks, so that no picture on another site can log anybody out."""
    if request.method == "POST":
        forget_session(request)
        return HttpResponseRedirect("/", status=303)
    return render(request, "members/logout.html")


@never_cache
def after_login(request: HttpRequest) -> HttpResponse:
    """Staff go to their desk, those who lead to their evenings, everyone else to their own pages."""
    if not request.user.is_authenticated:
        return redirect("/")
    has_desk = request.user.has_perm("wagtailadmin.access_admin")
    if has_desk:
        return redirect("wagtailadmin_home")
    return redirect("/ledare/" if request.user.works_here else "/mina-sidor/")
