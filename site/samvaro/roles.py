"""Who may do what: one table, written into Django's groups after every `migrate`.

The table is the truth. What somebody changes by hand in a role is gone after the next update, so
that every installation is the one that was tested. Screens outside a role are absent (ux.md 3.2).
"""

import logging
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import connections, transaction

log = logging.getLogger(__name__)

ADMIN = ("wagtailadmin.access_admin",)
PAGES = ("add_page", "change_page", "publish_page")
LIBRARY = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)
# Numbers are hidden, not deleted: a slip of the hand must not empty the page (CMS-8).
CRISIS = (
    "pages.view_crisisline",
    "pages.add_crisisline",
    "pages.change_crisisline",
    "pages.change_crisissettings",
)
READ_ACTIVITIES = ("events.view_event",)
ACTIVITIES = (
    "events.view_event",
    "events.add_event",
    "events.change_event",
    "events.delete_event",  # refused for what somebody has signed up to
    "events.publish_event",
    "events.lock_event",
    "events.unlock_event",
)
# Who has signed up, and the visits that are counted without names.
READ_REGISTRATIONS = ("events.view_registration", "events.view_visittally")
REGISTRATIONS = (
    "events.view_registration",
    "events.add_registration",
    "events.change_registration",
    "events.export_registration",
    "events.view_visittally",
    "events.change_visittally",
)
READ_CIRCLES = ("events.view_circle", "events.view_circlerules")
CIRCLES = (
    *READ_CIRCLES,
    "events.add_circle",
    "events.change_circle",
    "events.export_circle",
    "events.see_numbers",
    "events.change_circlerules",
    "events.change_handovercolumn",
    "events.change_circlesettings",
)
READ_REGISTER = ("members.view_person",)
REGISTER = (
    "members.view_person",
    "members.add_person",
    "members.change_person",
    "members.export_person",
    "members.see_protected",
)
SUMS = ("payments.see_sums",)
MONEY = (
    "payments.view_charge",
    "payments.change_charge",
    "payments.export_charge",
    "payments.change_paymentsettings",
)
# What membership is, what it costs and when it is asked for. Rows are switched off, not deleted.
MEMBERSHIP_RULES = (
    *(
        f"members.{deed}_{model}"
        for model in ("membershiptype", "fee", "reminderrule")
        for deed in ("view", "add", "change")
    ),
    "members.change_membershipsettings",
    "payments.change_paymentsettings",
)
COUNCILS = ("volunteers.view_council", "volunteers.change_council")
# The words of those who told about care are for the one who sorts them; the board sees themes.
READ_CARE = ("volunteers.read_caregap",)
# Clinics, lectures and the letter of the term; themes of care; the office's telephone.
VISITS = (
    "volunteers.view_caregap",
    "volunteers.view_phonecall",
    "volunteers.add_phonecall",
    "volunteers.view_clinic",
    "volunteers.change_clinic",
    "volunteers.export_lecturebooking",
    "volunteers.change_outreachsettings",
)
VOLUNTEERS = (
    "volunteers.view_lead",
    "volunteers.change_lead",
    *(
        f"volunteers.{deed}_{model}"
        for model in ("role", "training")
        for deed in ("view", "add", "change")
    ),
    "volunteers.change_volunteersettings",
    "volunteers.view_duty",
    "volunteers.change_duty",
)
ASSOCIATION = ("mail.change_association",)
# Writing, testing and choosing readers. To say yes to a sending is a right of its own.
LETTERS = (
    "newsletters.view_issue",
    "newsletters.add_issue",
    "newsletters.change_issue",
    "newsletters.delete_issue",
    "newsletters.view_subscription",
)
SEND_LETTERS = ("newsletters.send_issue", "newsletters.change_newslettersettings")
ACCESS_LOG = ("privacy.view_accesslog", "privacy.view_consent", "privacy.view_consenttext")


@dataclass(frozen=True)
class Role:
    """`models`: permissions everywhere. `pages`: in the whole tree of pages. `library`: pictures
    and documents, which Wagtail grants per collection."""

    models: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    library: tuple[str, ...] = ()


ROLES = {
    # the words and the pictures of the site; sees activities, never who has signed up. Subscribers'
    # addresses are masked until one is looked for, and every look is logged
    "redaktor": Role(ADMIN + CRISIS + READ_ACTIVITIES + LETTERS, PAGES, LIBRARY),
    # activities and everyone in them
    "samordnare": Role(
        ADMIN + ACTIVITIES + REGISTRATIONS + CIRCLES + VOLUNTEERS + COUNCILS + VISITS + READ_CARE,
        (),
        LIBRARY[:3],
    ),
    # own groups, on the phone under /ledare/; nothing in the admin
    "ledare": Role(),
    # fees, payments and the books
    "kassor": Role(ADMIN + SUMS + MONEY + READ_REGISTER),
    # everything that the board answers for, but not who may log in
    "styrelse": Role(
        ADMIN
        + CRISIS
        + ACTIVITIES
        + READ_REGISTRATIONS
        + READ_CIRCLES
        + READ_REGISTER
        + ASSOCIATION
        + LETTERS
        + SEND_LETTERS
        + VOLUNTEERS
        + SUMS
        + MEMBERSHIP_RULES
        + COUNCILS
        + VISITS,
        PAGES,
        LIBRARY,
    ),
    # the register of members, also those with protected identity
    "medlemsregister": Role(ADMIN + REGISTER),
    # who looked at whom
    "dataskydd": Role(ADMIN + ACCESS_LOG),
}

# Wagtail's own roles, which nobody has here.
NOT_OURS = ("Moderators", "Editors")


def write_roles(using: str = "default", **kwargs: Any) -> None:
    """Make the groups what the table says. Run twice it changes nothing."""
    if "wagtailcore_grouppagepermission" not in connections[using].introspection.table_names():
        return  # only some apps have been migrated so far
    with transaction.atomic(using=using):
        known = {
            f"{permission.content_type.app_label}.{permission.codename}": permission
            for permission in Permission.objects.using(using).select_related("content_type")
        }
        for name, role in ROLES.items():
            group, _ = Group.objects.using(using).get_or_create(name=name)
            group.permissions.set(_found(known, role.models))
            _grant_pages(group, _found(known, [f"wagtailcore.{page}" for page in role.pages]))
            _grant_library(group, _found(known, role.library))
        _retire_others(using)


def _found(known: dict[str, Permission], names: Any) -> list[Permission]:
    for name in names:
        if name not in known:
            log.warning("no permission is named %s yet", name)
    return [known[name] for name in names if name in known]


def _grant_pages(group: Group, wanted: list[Permission]) -> None:
    from wagtail.models import GroupPagePermission, Page  # noqa: PLC0415

    root = Page.objects.filter(depth=1).first()
    rows = GroupPagePermission.objects.filter(group=group)
    rows.exclude(page=root, permission__in=wanted).delete()
    for permission in wanted if root else []:
        rows.get_or_create(group=group, page=root, permission=permission)


def _grant_library(group: Group, wanted: list[Permission]) -> None:
    from wagtail.models import Collection, GroupCollectionPermission  # noqa: PLC0415

    root = Collection.objects.filter(depth=1).first()
    rows = GroupCollectionPermission.objects.filter(group=group)
    rows.exclude(collection=root, permission__in=wanted).delete()
    for permission in wanted if root else []:
        rows.get_or_create(group=group, collection=root, permission=permission)


def _retire_others(using: str) -> None:
    """Who looks through a text before it is published is the board and the editors."""
    from wagtail.models import GroupApprovalTask, Workflow  # noqa: PLC0415

    reviewers = Group.objects.using(using).filter(name__in=["redaktor", "styrelse"])
    for task in GroupApprovalTask.objects.filter(groups__name__in=NOT_OURS).distinct():
        task.groups.set(reviewers)
        task.name = "Granskning"
        task.save(update_fields=["name"])
    Workflow.objects.filter(name="Moderators approval").update(name="Granskning")
    Group.objects.using(using).filter(name__in=NOT_OURS, user=None).delete()
