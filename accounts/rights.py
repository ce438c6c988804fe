"""Which role may do which deed. One table; `workflows.deed.deed` holds every deed against it.

A deed not named here is refused to everybody but the desk itself. Some deeds ask more by themselves: a clearance is
given only by the role it was asked of, a release only by the head.
"""

from collections.abc import Mapping

HEAD, PR, LEGAL, OPERATIONS = "head", "pr", "legal", "operations"
EXECUTIVE, OBSERVER, ADMINISTRATOR = "executive", "observer", "administrator"

WORKING = frozenset({HEAD, PR, LEGAL, OPERATIONS})
"""Who works on an incident. Executives and observers read."""

_BY_ROLES: tuple[tuple[frozenset[str], str], ...] = (
    (
        WORKING,
        """
        save_intake_answer add_fact edit_fact settle_fact confirm_reported record_note take_stock
        answer_proposal judge_type
        add_audience remove_audience restore_audience assign_audience record_contact save_contact_draft set_stance review_stances
        save_audience_answer return_to_prefilled propose_audiences
        draft_statement redraft edit_sentence add_sentence restore_version send_to_clear correct_statement choose_jurisdictions
        take_corrections keep_sentences check_languages note_family_told note_filing paste_notice
        decide_clearance ask_override decide_override watch_for_knowledge decide_warning record_report
        correct_item undo_correction set_relevance split_item join_item unsort_item add_item
        acknowledge_alert attach_file detach_file keep_personal open_personal
        """,
    ),
    # These ask by themselves for the head, or for legal: whoever is named a deputy may do them as well.
    (WORKING, "release_statement clear_and_release preclear_template withdraw_preclearance"),
    (frozenset({HEAD, PR}), "add_feed add_many import_opml pause_feed resume_feed remove_feed read_now"),
    (frozenset({HEAD, PR}), "add_watch_term remove_watch_term save_watch undo_watch preview_watch look_back request_rescore"),
    (frozenset({HEAD, PR}), "arm_rule set_delivery try_rule_on_history request_retraining undo_retraining turn_job"),
    (frozenset({HEAD, PR, LEGAL}), "save_template restore_template"),
    (frozenset({HEAD, LEGAL}), "overrule_type hold_personal erase_personal"),
    (frozenset({HEAD}), "take_in take_out restrict_incident"),
    (frozenset({HEAD, PR, ADMINISTRATOR}), "open_incident open_sample remove_example"),
    (WORKING | {ADMINISTRATOR}, "name_deputy end_deputy"),
    (frozenset({HEAD, ADMINISTRATOR}), "add_target pause_target remove_target send_test"),
    (
        frozenset({ADMINISTRATOR}),
        "add_person add_account add_owner reset_password set_roles close_account open_account",
    ),
)


def _table() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for roles, deeds in _BY_ROLES:
        for name in deeds.split():
            found[name] = found.get(name, frozenset()) | roles
    return found


RIGHTS: Mapping[str, frozenset[str]] = _table()
