"""The door. The names outside `members:` are those that allauth looks up."""

from django.urls import include, path
from django.views.generic import RedirectView

from members import views
from members.views import factor, joining, renewal

own = [
    path("efter-inloggning/", views.after_login, name="after_login"),
    path("bli-medlem/", joining.start, name="join"),
    path("bli-medlem/stodmedlem/", joining.supporting, name="join_supporting"),
    path("bli-medlem/uppgifter/", joining.details_page, name="join_details"),
    path("bli-medlem/adress/<str:signed>/", joining.address, name="join_address"),
    path("bli-medlem/betala/<str:signed>/", joining.pay_page, name="join_pay"),
    path("bli-medlem/klart/<str:signed>/", joining.done, name="join_done"),
    path("bli-medlem/sparat/<str:signed>/", joining.saved, name="join_saved"),
    path("bli-medlem/fortsatt/<str:token>/", joining.again, name="join_again"),
    path("fornya/<str:token>/", renewal.renew, name="renew"),
    path("fornya/<str:token>/klart/", renewal.renewed, name="renewed"),
    path("fornya/<str:token>/sluta/", renewal.leave, name="leave"),
]

two_steps = [
    path("", factor.index, name="mfa_index"),
    path("app/", factor.activate_totp, name="mfa_activate_totp"),
    path("app/ta-bort/", factor.deactivate_totp, name="mfa_deactivate_totp"),
    path("nycklar/", factor.list_webauthn, name="mfa_list_webauthn"),
    path("nycklar/ny/", factor.add_webauthn, name="mfa_add_webauthn"),
    path("nycklar/<int:pk>/namn/", factor.edit_webauthn, name="mfa_edit_webauthn"),
    path("nycklar/<int:pk>/ta-bort/", factor.remove_webauthn, name="mfa_remove_webauthn"),
    path("reservkoder/", factor.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("reservkoder/nya/", factor.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]

urlpatterns = [
    path("", include((own, "members"))),
    path("logga-in/", views.login, name="account_login"),
    path("logga-in/kod/", views.login_code, name="account_confirm_login_code"),
    path("logga-in/steg-2/", factor.authenticate, name="mfa_authenticate"),
    path("logga-in/steg-2/igen/", factor.reauthenticate, name="mfa_reauthenticate"),
    path(
        "logga-in/steg-2/igen/nyckel/",
        factor.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("logga-in/nyckel/", factor.login_webauthn, name="mfa_login_webauthn"),
    path("logga-ut/", views.logout, name="account_logout"),
    path("konto/tva-steg/", include(two_steps)),
    # Names that allauth may ask for, for pages that we do not have.
    path(
        "logga-in/annat/",
        include(
            [
                path("kod/", RedirectView.as_view(pattern_name="account_login"), name=name)
                for name in (
                    "account_request_login_code",
                    "account_reauthenticate",
                    "account_inactive",
                )
            ]
        ),
    ),
]
