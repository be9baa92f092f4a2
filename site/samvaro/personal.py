"""Tables of the frame that look personal, and why none of them has a rule of its own.

Those with a rule are in each app's personal.py. The rest goes with the account of somebody who works
here, or tells about things and not about people.
"""

from django.apps import apps

from privacy import registry

STAFF = "Vem av oss som gjorde vad i redaktionen. Försvinner med kontot."
THING = "Handlar om en sak, inte om en person."
ASSOCIATION = "Föreningens egna uppgifter, som alla får se."

# Model → why it has no rule, in the words of the register of processing (docs/privacy.md).
REASONS = {
    "account.EmailAddress": "Används inte: adressen står i kontot.",
    "mfa.Authenticator": "Tvåstegsnyckeln försvinner med kontot.",
    "wagtailadmin.EditingSession": STAFF,
    "wagtailadmin.FormState": STAFF,
    "wagtailcore.APIToken": "Används inte: det finns inget sådant gränssnitt här.",
    "wagtailcore.Comment": STAFF,
    "wagtailcore.CommentReply": STAFF,
    "wagtailcore.ModelLogEntry": STAFF,
    "wagtailcore.PageLogEntry": STAFF,
    "wagtailcore.PageSubscription": STAFF,
    "wagtailcore.Revision": STAFF,
    "wagtailusers.UserProfile": STAFF,
    "events.Event": "Värdens namn är satt av redaktionen för att alla ska se det.",
    "events.Occasion": THING,
    "mail.Association": ASSOCIATION,
    "mail.Heartbeat": THING,
    "pages.CrisisLine": THING,
    "pages.CrisisSettings": "Två av oss som svarar för akutnumren. Byts i inställningarna.",
    "pages.Door": THING,
}


def exempt_the_frame() -> None:
    for label, reason in REASONS.items():
        registry.exempt(apps.get_model(label), reason)
