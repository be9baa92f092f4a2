"""The treasurer's room in Wagtail's admin: its addresses and its line in the menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from payments.views import office, office_bank, office_books
from payments.views.office_frame import NAMESPACE

addresses = [
    path("", office.listed, name="list"),
    path("<int:number>/", office.charge, name="charge"),
    path("<int:number>/efterskank/", office.waive, name="waive"),
    path("<int:number>/makulera/", office.make_void, name="make_void"),
    path("<int:number>/aterbetala/", office.give_back, name="give_back"),
    path("<int:number>/overskott/", office.move_over, name="move_over"),
    path("<int:number>/rader/<int:line>/angra/", office.undo, name="undo"),
    path("lagg-in/", office.receive, name="receive"),
    path("kontrollera/", office.to_check, name="to_check"),
    path("para-ihop/", office_bank.to_pair, name="to_pair"),
    path("para-ihop/<int:pk>/", office_bank.row, name="row"),
    path("filer/", office_bank.files, name="files"),
    path("filer/<int:pk>/", office_bank.file, name="file"),
    path("utbetalningar/", office_books.all_payouts, name="payouts"),
    path("utbetalningar/<int:pk>/", office_books.payout, name="payout"),
    path("bokforing/", office_books.room, name="books"),
    path("bokforing/hamta/", office_books.take_out, name="take_out"),
    path("bokforing/filer/<int:pk>/", office_books.fetch_again, name="fetch_again"),
    path("bokforing/las/", office_books.close, name="close"),
    path("bokforing/konton/", office_books.accounts, name="accounts"),
]


@hooks.register("register_admin_urls")
def under_the_admin() -> list[Any]:
    return [path("avgifter/", include((addresses, NAMESPACE)))]


class FeesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("payments.see_sums"))


@hooks.register("register_admin_menu_item")
def line_in_the_menu() -> MenuItem:
    url = reverse_lazy(f"{NAMESPACE}:list")
    return FeesItem(_("Avgifter"), url, name="fees", icon_name="order", order=170)
