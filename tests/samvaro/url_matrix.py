"""Every address by name, and the roles that may open it. A new one fails the test until it is here.

R redaktör · S samordnare · B styrelse · K kassör · M medlemsregister · D dataskydd. The administrator
may open everything that is not closed; a ledare has no desk in the admin.
"""

DESK = "RSBKMD"  # everyone with a desk
EDITORS = "RB"
OFFICE = "SB"
COORDINATORS = "S"
LIBRARY = "RSB"
REGISTER = "BKM"
REGISTRARS = "M"
SUMS = "BK"
TREASURER = "K"
READERS = "RSB"  # who may see activities
BOARD = "B"
ADMINISTRATOR = ""


def _names(*lines: str) -> list[str]:
    """ "space: one two" names space:one and space:two; without a colon, one and two."""
    found = []
    for line in lines:
        space, colon, names = line.rpartition(": ")
        found += [f"{space}{colon.strip()}{name}" for name in names.split()]
    return found


# For anybody, also without a session.
PUBLIC = _names(
    "healthz readyz picture wagtail_serve wagtailcore_authenticate_with_password",
    "wagtaildocs_serve wagtaildocs_authenticate_with_password",
    "members: after_login join join_address join_again join_details join_done join_pay join_saved"
    " join_supporting leave renew renewed",
    "pages: mine_email_confirm",
    "events: activity away booking calendar calendar_of_all cancel done interest interested offer"
    " pay private_calendar queue sign_up",
    "events: evening_link",
    "events: promise identity",
    "newsletters: address address_asked archive archived ask asked came_back choice confirm end",
    "payments: stripe",
    "volunteers: asked brochures lecture questions tell told",
    "volunteers: done interest own own_agreement own_back own_certificate own_change own_hours"
    " own_known own_pause own_shifts own_withdraw role withdrawn",
    "pages: appearance card councils erasing news_feed robots search site_map sitemap",
)

# The door itself: what it shows depends on how far one has come (tests/members/test_door.py).
DOOR = _names(
    "account_login account_confirm_login_code account_logout account_request_login_code",
    "account_reauthenticate account_inactive mfa_authenticate mfa_login_webauthn",
    "mfa_reauthenticate mfa_reauthenticate_webauthn mfa_index mfa_activate_totp",
    "mfa_deactivate_totp mfa_list_webauthn mfa_add_webauthn mfa_edit_webauthn",
    "mfa_remove_webauthn mfa_view_recovery_codes mfa_generate_recovery_codes",
    # One's own pages: whoever has logged in, and nothing of anybody else's (tests/pages/test_mine.py).
    "pages: mine mine_bookings mine_calendar mine_change mine_data mine_download mine_erase mine_looks"
    " mine_membership mine_receipt mine_renew mine_volunteer mine_who mine_email mine_forget_relation file"
    " mine_newsletter",
)

# A leader's own pages: who leads what decides, and the office (tests/events/test_evening_pages.py).
LEADERS = _names(
    "events: answers_for_leader call_off count evening evenings identity_of_leader"
    " move_evening shift shifts"
)

# Everyone who works here, whatever the role (tests/volunteers/test_duties.py).
LEADERS += _names("volunteers: duties rest")

# Doors of others, which lead to ours or nowhere.
CLOSED = _names(
    "wagtailadmin_login wagtailadmin_logout wagtailadmin_error_test wagtailcore_login",
    "wagtailadmin_password_reset wagtailadmin_password_reset_complete",
    "wagtailadmin_password_reset_confirm wagtailadmin_password_reset_done",
)

# Wagtail's page for what does not exist, and a test of it that the door closes.
NAMELESS = {"admin/test404/", "admin/^.*/$"}

# Allowed, and still sent away when the row is not in the right state; only refusals can be tried.
UNTOLD = _names(
    "wagtailadmin_pages: add revisions_compare workflow_preview",
    "activities: workflow_preview",
    "wagtailsnippets: index",
)

_TABLE = [
    # The desk, the small parts its pages fetch, and what all staff may choose from.
    (DESK, _names(
        "wagtailadmin_home wagtailadmin_account wagtailadmin_sprite wagtailadmin_dismissibles",
        "wagtailadmin_javascript_catalog wagtailadmin_block_preview wagtail_bulk_action",
        "wagtailadmin_tag_autocomplete wagtailadmin_tag_model_autocomplete",
        "wagtailadmin_editing_sessions: ping release",
        "wagtailadmin_api:pages: listing detail find action",
        "wagtailadmin_api:images: listing detail find",
        "wagtailadmin_api:documents: listing detail find",
        "wagtailadmin_choose_page wagtailadmin_choose_page_child wagtailadmin_choose_page_search",
        "wagtailadmin_choose_page_chosen_multiple wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_email_link wagtailadmin_choose_page_phone_link",
        "wagtailadmin_choose_page_anchor_link",
        "wagtailimages_chooser: choose choose_results chosen_multiple",
        "wagtaildocs_chooser: choose choose_results chosen_multiple",
        "wagtailsnippetchoosers_events_event: choose choose_results chosen chosen_multiple",
        "wagtailsnippetchoosers_pages_crisisline: choose choose_results chosen chosen_multiple",
        *(
            f"wagtailsnippetchoosers_members_{model}: choose choose_results chosen chosen_multiple"
            for model in ("membershiptype", "fee", "reminderrule")
        ),
        *(
            f"wagtailsnippetchoosers_volunteers_{model}: choose choose_results chosen chosen_multiple"
            for model in ("role", "training")
        ),
        "wagtailembeds: chooser chooser_upload",
        # They show nothing that the role may not see otherwise, and the POST is refused.
        "wagtailadmin_pages: choose_parent confirm_workflow_cancellation move_confirm"
        " revisions_index",
        "activities: confirm_workflow_cancellation",
        "wagtailadmin_reports: site_history site_history_results",
        "wagtailadmin_workflows: task_chooser task_chooser_create task_chooser_results task_chosen",
    )),
    # The site's words.
    (EDITORS, _names(
        "wagtailadmin_explore wagtailadmin_explore_results wagtailadmin_explore_root",
        "wagtailadmin_pages: add add_subpage collect_workflow_action_data convert_alias copy delete"
        " edit history history_results move preview_on_add preview_on_edit revisions_compare"
        " revisions_revert revisions_unschedule revisions_view search search_results"
        " set_page_position set_privacy type_use type_use_results unpublish usage view_draft"
        " workflow_action workflow_history workflow_history_detail workflow_preview",
        "wagtailadmin_reports: aging_pages aging_pages_results page_types_usage"
        " page_types_usage_results workflow workflow_results workflow_tasks workflow_tasks_results",
        "wagtaildocs: add add_multiple create_multiple_from_uploaded_document delete"
        " delete_multiple delete_upload_multiple document_usage edit edit_multiple index"
        " index_results",
        "wagtaildocs_chooser: chosen create",
        "crisis_lines: add copy edit history history_results list list_results usage",
        "wagtailsnippetchoosers_pages_crisisline: create",
    )),
    (LIBRARY, _names(
        "wagtailimages: add add_multiple create_multiple_from_uploaded_image delete"
        " delete_multiple delete_upload_multiple edit edit_multiple image_usage index"
        " index_results preview url_generator url_generator_output",
        "wagtailimages_chooser: chosen create select_format",
    )),
    # Activities: editors read, the office writes and sees who has signed up.
    (READERS, _names("activities: list list_results")),
    (OFFICE, _names(
        "activities: add collect_workflow_action_data copy delete edit history history_results"
        " lock preview_on_add"
        " preview_on_edit revisions_compare revisions_revert revisions_unschedule revisions_view"
        " unlock unpublish usage workflow_action workflow_history workflow_history_detail"
        " workflow_preview",
        "activities: people people_happened",
        "activities: times series activity_cancel activity_restore occasion_move occasion_cancel"
        " occasion_restore interest start",
        "wagtailsnippetchoosers_events_event: create",
    )),
    (OFFICE, _names("evenings: activity all_figures budget take_out visits")),
    (COORDINATORS, _names("evenings: add_leader drop_leader note_unique paper")),
    (READERS, _names("evenings: calendar")),
    # Study circles: the board reads, the coordinators act.
    (OFFICE, _names("circles: list circle rules")),
    (COORDINATORS, _names(
        "circles: change columns give_over new person promise reveal rules_change rules_drop"
        " rules_new take_out",
    )),
    # The board reads who has signed up; the coordinators act.
    (COORDINATORS, _names("activities: answers people_add people_export person_cancel person_give_back person_move"
                           " person_queue")),
    # The register of members: the board and the treasurer read, one role writes.
    (REGISTER, _names("register: list person save_list drop_list")),
    (REGISTRARS, _names("register: add change duplicates duplicates_answer end export import import_try import_undo"
                        " membership paper")),
    # Newsletters: editors write and test, the board says yes.
    (EDITORS, _names(
        "issues: list list_results add edit delete history history_results usage preview_on_add"
        " preview_on_edit revisions_compare revisions_revert revisions_view"
        " news subject look checks as_mail send_test mean_day try_links readers ask_second result"
        " subscribers sender",
    )),
    (BOARD, _names("issues: yes second stop pause resume again bounced")),
    (REGISTRARS, _names("issues: try_again papers paper")),
    # Money: the board sees sums, the treasurer everything.
    (SUMS, _names("fees: list")),
    (TREASURER, _names(
        "fees: charge waive make_void move_over give_back undo receive to_check to_pair row files file"
        " payouts payout books take_out fetch_again close accounts",
    )),
    # Councils, clinics and lectures.
    (OFFICE, _names(
        "outreach: appoint council council_add council_change coverage issue issue_add mandate"
        " mandate_end mandate_name meeting meeting_add organisation organisation_add report"
        " seat_add seat_close",
        "outreach: clinic clinic_add clinic_change clinics contact contact_add contact_objects"
        " lecture lecture_add lecture_change lecture_follow lecture_questions lecture_step lecturer"
        " lecturer_add lectures lectures_export letters letters_make letters_paper letters_posted"
        " order order_posted touch_add touch_done",
        "outreach: calls care theme theme_add theme_take year year_export",
        "volunteers: phone phone_regret",
    )),
    # Who sorts what members tell about care; the board sees themes.
    (COORDINATORS, _names("outreach: care_sort")),
    # Those who want to help: the coordinator and the board.
    (OFFICE, _names(
        "volunteers: away board called come_back draft drafts duty duty_add give hand_over lead lead_roles meeting"
        " meetings monday regret shift shifts step write",
    )),
    (OFFICE, _names(*(
        f"{space}: add copy edit history history_results list list_results usage"
        for space in ("volunteer_roles", "volunteer_trainings")
    ), *(
        f"wagtailsnippetchoosers_volunteers_{model}: create" for model in ("role", "training")
    ))),
    # What membership is, what it costs and when it is asked for: the board.
    (BOARD, _names(*(
        f"{space}: add copy edit history history_results list list_results usage"
        for space in ("membership_types", "fee_rows", "reminder_rules")
    ), *(
        f"wagtailsnippetchoosers_members_{model}: create"
        for model in ("membershiptype", "fee", "reminderrule")
    ))),
    # How the association presents itself.
    (DESK, _names("wagtailsettings: edit preview_on_edit")),
    # Who may log in, and the machinery.
    (ADMINISTRATOR, _names(
        "wagtailadmin_collections: add delete edit index set_privacy",
        "wagtailadmin_pages: lock unlock",
        "wagtailadmin_reports: locked_pages locked_pages_results",
        "wagtailadmin_workflows: add add_task disable disable_task edit edit_task enable"
        " enable_task index index_results remove select_task_type task_index task_index_results"
        " usage usage_results",
        "wagtailredirects: add delete edit index index_results process_import start_import",
        "wagtailsites: add copy delete edit history history_results index index_results usage",
        "wagtailusers_users: add copy delete edit history history_results index index_results"
        " usage",
        "members_new_lock",
        "wagtailusers_groups: add delete edit history history_results index index_results usage",
        "wagtailsnippets: index",
        "crisis_lines: delete", "membership_types: delete", "fee_rows: delete",
        "reminder_rules: delete", "volunteer_roles: delete", "volunteer_trainings: delete",
    )),
]  # fmt: skip

STAFF = {name: roles for roles, names in _TABLE for name in names}
