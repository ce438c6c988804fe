"""Everything the desk keeps, on one page. Moments are UTC; `version` counts saves of a row that people edit."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy import UniqueConstraint as Unique

from storage.columns import Id, Json, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column:
    return Column("id", Id, primary_key=True, autoincrement=True)


def _of(table: str, name: str | None = None, **options) -> Column:
    return Column(name or f"{table}_id", Id, ForeignKey(f"{table}.id"), index=True, **options)


def _version() -> Column:
    return Column("version", Integer, nullable=False, default=1)


# --- who ---------------------------------------------------------------------------------------------------------

person = Table(
    "person", metadata, _id(),
    Column("name", String(200), nullable=False),
    Column("roles", Json, nullable=False),  # head | pr | legal | operations | executive | observer | administrator
    _of("incident", nullable=True),  # set for the invented persons of an example: they end with it
    Column("deputy_of", Id), Column("deputy_from", UtcDateTime), Column("deputy_until", UtcDateTime),
    Column("active", Boolean, nullable=False, default=True),
    Column("created_at", UtcDateTime, nullable=False),
    _version(),
)  # fmt: skip

organisation = Table(
    "organisation", metadata, _id(),
    Column("name", String(300), nullable=False),
    Column("kind", String(40), nullable=False),  # firm | authority | supplier | dealer | insurer | association
    _version(),
)  # fmt: skip

outlet = Table(
    "outlet", metadata, _id(),
    Column("name", String(300), nullable=False, unique=True),
    Column("tier", Integer, nullable=False, default=2),  # 1 local or national paper that others copy … 3 reposting
    Column("kind", String(40), nullable=False, default="news"),
    _version(),
)  # fmt: skip

reporter = Table(
    "reporter", metadata, _id(), _of("outlet", nullable=True),
    Column("card_number", String(80)), Column("verified_at", UtcDateTime), _of("personal_data", nullable=True),
    _version(),
)  # fmt: skip

personal_data = Table(  # kept apart so that it can be masked, opened with a reason and erased
    "personal_data", metadata, _id(), _of("incident", nullable=True),
    Column("data_class", String(40), nullable=False),  # injured | reporter | complainant | witness | minor
    Column("value", Json),
    Column("retention_until", UtcDateTime), Column("legal_hold", Boolean, nullable=False, default=False),
    Column("erased_at", UtcDateTime), Column("created_at", UtcDateTime, nullable=False),
)  # fmt: skip

account = Table(  # how a person signs in; without one a person is only named
    "account", metadata, _id(), _of("person", nullable=False, unique=True),
    Column("login", String(120), nullable=False, unique=True),
    Column("password_hash", String(300)),  # none: signs in at the organisation's provider
    Column("subject", String(400), unique=True),  # who the provider says it is: issuer and subject
    Column("must_change", Boolean, nullable=False), Column("active", Boolean, nullable=False),
    Column("sessions_from", UtcDateTime, nullable=False),  # a session begun earlier has ended
    Column("created_at", UtcDateTime, nullable=False), _version(),
)  # fmt: skip

sign_in = Table(  # a session at one browser; its token is kept only as a hash
    "sign_in", metadata, _id(), _of("account", nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("begun_at", UtcDateTime, nullable=False), Column("seen_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime), Column("agent", String(300), nullable=False),
)  # fmt: skip

sign_in_failure = Table(  # by the hash of the name that was typed, whether or not there is such an account
    "sign_in_failure", metadata, _id(), Column("login_hash", String(64), nullable=False, unique=True),
    Column("failures", Integer, nullable=False), Column("wait_until", UtcDateTime, nullable=False),
)  # fmt: skip

account_event = Table(  # who was let in, let out, given or taken a right; appended only
    "account_event", metadata, _id(), Column("at", UtcDateTime, nullable=False), Column("actor", String(200)),
    Column("deed", String(60), nullable=False), Column("subject", String(200)), Column("facts", Json, nullable=False),
)  # fmt: skip

# --- the incident ------------------------------------------------------------------------------------------------

incident = Table(
    "incident", metadata, _id(),
    Column("kind", String(20), nullable=False),  # real | example | drill: the last two never deliver anything
    Column("status", String(20), nullable=False),  # intake | open | closed | merged
    Column("title", String(300), nullable=False),
    Column("company", String(300)), Column("office", String(300)), Column("industry", String(120)),
    Column("language", String(12), nullable=False), Column("zone", String(64), nullable=False),
    Column("jurisdictions", Json, nullable=False), Column("listed", Boolean), Column("restricted", Boolean, nullable=False),
    Column("known_at", UtcDateTime), Column("first_call_at", UtcDateTime), Column("first_public_at", UtcDateTime),
    Column("case_offset_s", Integer, nullable=False, default=0),  # case time = wall time + offset
    Column("sample", String(80)),  # the folder under data/samples an example came from
    Column("opened_at", UtcDateTime, nullable=False), Column("opened_by", String(200)),
    Column("closed_at", UtcDateTime), Column("reopened_at", UtcDateTime), Column("merged_into", Id),
    Column("dedupe_key", String(120), unique=True),
    Column("last_sequence", Integer), Column("last_hash", String(64)),  # of its newest event: rows cut off at the end show
    _version(),
    CheckConstraint("kind in ('real', 'example', 'drill')", name="kind"),
)  # fmt: skip

membership = Table(  # the roles of a person in one incident, beside those the person has everywhere
    "membership", metadata, _id(), _of("incident", nullable=False), _of("person", nullable=False),
    Column("roles", Json, nullable=False), Column("given_by", String(200)), Column("given_at", UtcDateTime, nullable=False), _version(),
    Unique("incident_id", "person_id"),
)  # fmt: skip

intake_answer = Table(
    "intake_answer", metadata, _id(), _of("incident", nullable=False),
    Column("field", String(60), nullable=False),
    Column("value", Json), Column("unknown", Boolean, nullable=False, default=False),
    Column("saved_by", String(200)), Column("saved_at", UtcDateTime, nullable=False), _version(),
    Unique("incident_id", "field"),
)  # fmt: skip

fact = Table(
    "fact", metadata, _id(), _of("incident", nullable=False),
    Column("slot", String(60), nullable=False),  # what | when | where | deaths | injured | missing | cause | deed | …
    Column("kind", String(40), nullable=False),  # text | time | place | number | person | deed | finding | arrangement | negative_search
    Column("field", String(60)),  # the intake field it came from
    Column("status", String(20), nullable=False),
    Column("value", Json), Column("wording_zh", Text), Column("wording_en", Text),
    Column("source", String(500)), Column("said_by", String(300)), Column("said_at", UtcDateTime),
    Column("document_number", String(200)),
    Column("confirmed_by", String(200)), Column("confirmed_at", UtcDateTime),
    Column("position", Integer, nullable=False, default=0), Column("public", Boolean, nullable=False, default=True),
    Column("created_at", UtcDateTime, nullable=False), Column("created_by", String(200)),
    Column("dedupe_key", String(200)), _version(),
    Unique("incident_id", "dedupe_key"),
)  # fmt: skip

fact_version = Table(
    "fact_version", metadata, _id(), _of("fact", nullable=False),
    Column("number", Integer, nullable=False), Column("snapshot", Json, nullable=False),
    Column("saved_by", String(200)), Column("saved_at", UtcDateTime, nullable=False),
    Unique("fact_id", "number"),
)  # fmt: skip

fact_use = Table(
    "fact_use", metadata, _id(), _of("fact", nullable=False),
    Column("user_kind", String(30), nullable=False),  # sentence | answer | message
    Column("user_id", Id, nullable=False), Column("fact_version", Integer, nullable=False),
    Column("stale", Boolean, nullable=False, default=False),
    Unique("fact_id", "user_kind", "user_id"), Index(None, "user_kind", "user_id"),
)  # fmt: skip

type_judgement = Table(
    "type_judgement", metadata, _id(), _of("incident", nullable=False),
    Column("made_by", String(200)),  # null: the desk itself
    Column("made_at", UtcDateTime, nullable=False),
    Column("crisis_type", String(20), nullable=False), Column("credit_kind", String(20)),
    Column("confidence", Float), Column("provisional", Boolean, nullable=False),
    Column("runner_up", String(20)), Column("secondary", Json, nullable=False),
    Column("detail", Json, nullable=False),  # reasons with their quotes, what would change it, the deciding question
    Column("reason", Text),  # a person's, when overruling
    Column("state", String(20), nullable=False),  # current | proposed | refused | past
    Column("answers", Json, nullable=False), _version(),
)  # fmt: skip

event = Table(
    "event", metadata, _id(), _of("incident", nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("wall_at", UtcDateTime, nullable=False), Column("case_at", UtcDateTime, nullable=False),
    Column("actor", String(200)),  # null: the desk itself
    Column("deed", String(60), nullable=False), Column("subject_kind", String(30)), Column("subject_id", Id),
    Column("screen", String(40)), Column("facts", Json, nullable=False),  # fills the sentence timeline.<deed>
    Column("before_digest", String(64)), Column("after_digest", String(64)),
    Column("idempotency_key", String(120)),
    Column("previous_hash", String(64), nullable=False), Column("hash", String(64), nullable=False),
    Unique("incident_id", "sequence"), Unique("incident_id", "idempotency_key"),
)  # fmt: skip

event_value = Table(  # what stood before and after; erasing a row leaves the chain of salted digests valid
    "event_value", metadata, _id(), _of("event", nullable=False),
    Column("side", String(10), nullable=False), Column("salt", String(64), nullable=False),
    Column("value", Json), Column("erased_at", UtcDateTime),
    Unique("event_id", "side"),
)  # fmt: skip

clock = Table(  # promises, legal clocks and reminders
    "clock", metadata, _id(), _of("incident", nullable=False),
    Column("rule", String(60), nullable=False), Column("label", Json, nullable=False),
    Column("started_at", UtcDateTime, nullable=False), Column("due_at", UtcDateTime, nullable=False),
    Column("calendar", String(20), nullable=False, default="clock"),  # clock | working_days
    _of("person", "owner_id", nullable=True),
    Column("subject_kind", String(30)), Column("subject_id", Id),
    Column("stopped_at", UtcDateTime), Column("stopped_by", String(200)), Column("kept", Boolean),
    Column("dedupe_key", String(120)), _version(),
    Unique("incident_id", "dedupe_key"),
)  # fmt: skip

# --- audiences ---------------------------------------------------------------------------------------------------

audience = Table(
    "audience", metadata, _id(), _of("incident", nullable=False),
    Column("slug", String(60), nullable=False),
    Column("name_zh", String(200)), Column("name_en", String(200)),
    Column("why", Json, nullable=False),  # why it is in: {zh, en}
    Column("harm", Integer, nullable=False), Column("influence", Integer, nullable=False), Column("interest", Integer, nullable=False),
    Column("stance", String(30), nullable=False),  # positive | neutral | negative_harmed | negative_critic | negative_false_claim
    Column("stance_reason", Text), _of("person", "owner_id", nullable=True), Column("channel", String(60)),
    Column("contacted_at", UtcDateTime), Column("next_contact_at", UtcDateTime),
    Column("position", Integer, nullable=False), Column("custom", Boolean, nullable=False), Column("removed", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False), _version(),
    Unique("incident_id", "slug"),
)  # fmt: skip

audience_answer = Table(
    "audience_answer", metadata, _id(), _of("audience", nullable=False),
    Column("question", String(20), nullable=False),  # who | know | feel | motivate
    Column("text_zh", Text, nullable=False), Column("text_en", Text, nullable=False),
    Column("clauses", Json, nullable=False),  # prefilled: [{zh, en, fact_id | item_id | assumption}]
    Column("edited", Boolean, nullable=False, default=False),
    Column("saved_by", String(200)), Column("saved_at", UtcDateTime, nullable=False), _version(),
    Unique("audience_id", "question"),
)  # fmt: skip

stance_change = Table(
    "stance_change", metadata, _id(), _of("audience", nullable=False),
    Column("stance", String(30), nullable=False), Column("reason", Text),
    Column("changed_by", String(200)), Column("changed_at", UtcDateTime, nullable=False),
)  # fmt: skip

communication = Table(  # outreach, enquiries and complaints
    "communication", metadata, _id(), _of("incident", nullable=False), _of("audience", nullable=True),
    Column("direction", String(4), nullable=False), Column("channel", String(30), nullable=False),
    Column("counterpart", String(300)), _of("personal_data", nullable=True),
    Column("question", Text), Column("answer", Text), Column("answer_version_id", Id),
    Column("at", UtcDateTime, nullable=False), Column("deadline_at", UtcDateTime), Column("answered_at", UtcDateTime),
    Column("handled_by", String(200)), Column("dedupe_key", String(120)), _version(),
    Unique("incident_id", "dedupe_key"),
)  # fmt: skip

contact_draft = Table(  # what somebody is writing about a contact, field by field, until it is recorded
    "contact_draft", metadata, _id(), _of("audience", nullable=False),
    Column("author", String(200), nullable=False), Column("field", String(20), nullable=False), Column("value", Text, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False), Unique("audience_id", "author", "field"),
)  # fmt: skip

# --- what the press says -----------------------------------------------------------------------------------------

feed = Table(
    "feed", metadata, _id(),
    Column("url", String(2000), nullable=False),
    Column("title", String(300), nullable=False), _of("outlet", nullable=True),
    Column("zone", String(64), nullable=False), Column("tier", Integer, nullable=False, default=2),
    _of("incident", nullable=True),  # set for the shipped feeds of an example: they end with it
    Column("paused", Boolean, nullable=False, default=False), Column("removed_at", UtcDateTime),
    Column("etag", String(500)), Column("last_modified", String(200)), Column("body_hash", String(64)),
    Column("last_tried_at", UtcDateTime), Column("last_good_at", UtcDateTime), Column("next_due_at", UtcDateTime, index=True),
    Column("failures", Integer, nullable=False, default=0),
    Column("problem_key", String(80)), Column("problem_facts", Json),  # null key: healthy
    Column("outages", Json),  # the latest that are over: [[since, until, failures], …]
    Column("lease_until", UtcDateTime), Column("leased_by", String(80)),
    Column("created_at", UtcDateTime, nullable=False), Column("dedupe_key", String(64), nullable=False, unique=True), _version(),
)  # fmt: skip

story = Table(
    "story", metadata, _id(),
    Column("title", Text, nullable=False), Column("first_item_id", Id), Column("first_at", UtcDateTime), _version(),
)  # fmt: skip

item = Table(
    "item", metadata, _id(), _of("feed", nullable=True), _of("story", nullable=True),
    Column("outlet", String(300), nullable=False), Column("tier", Integer, nullable=False, default=2),
    Column("key", String(64), nullable=False, unique=True),  # feed and entry, so that re-reading doubles nothing
    Column("title", Text, nullable=False), Column("summary", Text, nullable=False, default=""), Column("link", Text),
    Column("language", String(12)), Column("published_at", UtcDateTime), Column("date_note", String(60)),
    Column("first_seen_at", UtcDateTime, nullable=False), Column("at", UtcDateTime, nullable=False, index=True),  # published, else first seen
    Column("snow", Float), Column("earlier_titles", Json), Column("captured", String(64)), Column("engagement", Json),
    Column("pinned_story", Boolean, nullable=False, default=False),  # a person split or joined it: stays so
    Column("story_before", Json), Column("added_by", String(200)),  # the story it came from, to undo; who entered it by hand
)  # fmt: skip

_CORRECTED = "corrected_tone IS NOT NULL"
item_incident = Table(
    "item_incident", metadata, _id(), _of("item", nullable=False), _of("incident", nullable=False),
    Column("at", UtcDateTime, nullable=False), Column("relevant", Boolean, nullable=False, default=True),
    Column("tone", String(10)), Column("tone_score", Float), Column("certain", Boolean), Column("gravity", Integer),
    Column("attribution", String(10)), Column("reasons", Json), Column("model", String(64)),
    Column("corrected_tone", String(10)), Column("corrected_gravity", Integer), Column("corrected_by", String(200)),
    Column("corrected_at", UtcDateTime), Column("decided_by", String(200)), Column("decided_at", UtcDateTime),  # of `relevant`
    _version(),
    Unique("item_id", "incident_id"), Index(None, "incident_id", "at"),
    Index(None, "corrected_tone", sqlite_where=text(_CORRECTED), postgresql_where=text(_CORRECTED)),  # few of very many
)  # fmt: skip

watch_term = Table(
    "watch_term", metadata, _id(), _of("incident", nullable=False),
    Column("kind", String(20), nullable=False), Column("expression", String(300), nullable=False),
    Column("created_at", UtcDateTime, nullable=False), Unique("incident_id", "expression"),
)  # fmt: skip

# --- what is said ------------------------------------------------------------------------------------------------

statement = Table(  # a text that goes out; its versions and sentences hang below it
    "statement", metadata, _id(), _of("incident", nullable=False),
    Column("kind", String(40), nullable=False), Column("number", Integer, nullable=False),
    Column("state", String(20), nullable=False),  # draft | review | cleared | released | withdrawn
    Column("jurisdiction", String(12), nullable=False), Column("next_update_at", UtcDateTime),
    Column("corrects_id", Id), Column("created_at", UtcDateTime, nullable=False), Column("created_by", String(200)), _version(),
    Column("correction", Json),  # {language: {corrects, corrected}}: what was wrong and what is right
    Unique("incident_id", "kind", "number"),
)  # fmt: skip

statement_version = Table(
    "statement_version", metadata, _id(), _of("statement", nullable=False),
    Column("number", Integer, nullable=False), Column("reason", String(40), nullable=False),  # drafted | edited | refreshed
    Column("template", String(80)), Column("template_hash", String(64)), Column("rules_hash", String(64)), Column("model_hash", String(64)),
    Column("flags", Json, nullable=False), Column("saved_by", String(200)), Column("saved_at", UtcDateTime, nullable=False),
    Unique("statement_id", "number"),
)  # fmt: skip

sentence = Table(  # the same sid across languages and versions is the same sentence
    "sentence", metadata, _id(), _of("statement_version", nullable=False),
    Column("sid", String(60), nullable=False), Column("language", String(12), nullable=False), Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False), Column("principle", String(20), nullable=False),
    Column("facts", Json, nullable=False), Column("edited", Boolean, nullable=False, default=False),
    Column("lead", String(8), nullable=False, default=""),  # the white space that stands before it in the text
    Unique("statement_version_id", "language", "sid"),
)  # fmt: skip

clearance = Table(
    "clearance", metadata, _id(), _of("statement", nullable=False), _of("statement_version", nullable=False),
    Column("role", String(20), nullable=False), Column("state", String(20), nullable=False),  # asked | given | refused | void
    Column("asked_at", UtcDateTime, nullable=False), Column("due_at", UtcDateTime),
    Column("decided_by", String(200)), Column("decided_at", UtcDateTime), Column("note", Text), _version(),
    Column("decided_for", String(200)),  # whom a deputy stood in for
    Column("scope", String(10)),  # slots: the words were cleared ahead with their template | null: the whole text
    Unique("statement_version_id", "role"),
)  # fmt: skip

template_clearance = Table(  # legal or head clears a template ahead: these words, by their hash
    "template_clearance", metadata, _id(), _of("incident", nullable=True),  # set: by invented people, for their example alone
    Column("kind", String(40), nullable=False), Column("language", String(12), nullable=False),
    Column("template_hash", String(64), nullable=False), Column("role", String(20), nullable=False),
    Column("decided_by", String(200), nullable=False), Column("decided_for", String(200)),
    Column("decided_at", UtcDateTime, nullable=False), Column("note", Text),
    Column("withdrawn_at", UtcDateTime), Column("withdrawn_by", String(200)), _version(),
    Index(None, "kind", "language", "template_hash"),
)  # fmt: skip

block_override = Table(  # one finding of one version, let through by legal and head together
    "block_override", metadata, _id(), _of("incident", nullable=False), _of("statement", nullable=False),
    _of("statement_version", nullable=False),
    Column("language", String(12), nullable=False), Column("kind", String(20), nullable=False),
    Column("label", String(300), nullable=False), Column("quote", Text, nullable=False), Column("rule", String(20)),
    Column("finding_key", String(64), nullable=False), Column("version_hash", String(64), nullable=False),
    Column("reason", Text, nullable=False), Column("asked_by", String(200), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("legal", Json), Column("head", Json),  # {by, for, at, given, note}
    Column("state", String(20), nullable=False), _version(),  # asked | standing | refused | void
    Unique("statement_version_id", "finding_key"),
)  # fmt: skip

duty_decision = Table(  # knowledge of a danger came up: whether people must be warned; stays when the words go
    "duty_decision", metadata, _id(), _of("incident", nullable=False), _of("statement", nullable=True),
    Column("sid", String(60), nullable=False), Column("quotes", Json, nullable=False),  # [{language, text}]
    Column("opened_at", UtcDateTime, nullable=False), Column("opened_by", String(200)),
    Column("due_at", UtcDateTime, nullable=False),
    Column("legal", Json), Column("head", Json),  # {by, for, at, choices, reason}
    Column("state", String(20), nullable=False),  # open | decided
    Column("choices", Json), Column("decided_at", UtcDateTime),  # of warn, stop_sale, report; empty: none of them
    Column("reported_to", String(300)), Column("reported_at", UtcDateTime), Column("reported_by", String(200)), _version(),
)  # fmt: skip

publication = Table(  # immutable
    "publication", metadata, _id(), _of("incident", nullable=False), _of("statement", nullable=False), _of("statement_version", nullable=False),
    Column("number", Integer, nullable=False), Column("language", String(12), nullable=False),
    Column("body", Text, nullable=False), Column("sha256", String(64), nullable=False),
    Column("released_at", UtcDateTime, nullable=False), Column("released_by", String(200), nullable=False),
    Column("channels", Json, nullable=False), Column("corrects_id", Id), Column("released_for", String(200)),
    Unique("incident_id", "number", "language"),
)  # fmt: skip

attachment = Table(
    "attachment", metadata, Column("sha256", String(64), primary_key=True), _of("incident", nullable=True),
    Column("name", String(300), nullable=False), Column("media_type", String(120), nullable=False), Column("size", Integer, nullable=False),
    Column("added_by", String(200)), Column("added_at", UtcDateTime, nullable=False),
)  # fmt: skip

upload = Table(  # a kept file as evidence: for a fact, or for the incident; taken off the list, the file stays
    "upload", metadata, _id(), _of("incident", nullable=False), _of("fact", nullable=True),
    Column("sha256", String(64), ForeignKey("attachment.sha256"), nullable=False, index=True),
    Column("name", String(300), nullable=False), Column("media_type", String(120), nullable=False),
    Column("size", Integer, nullable=False), Column("note", Text),
    Column("added_by", String(200)), Column("added_at", UtcDateTime, nullable=False), Column("removed_at", UtcDateTime),
)  # fmt: skip

content_version = Table(  # edited templates, laid over the shipped folders
    "content_version", metadata, _id(), Column("path", String(300), nullable=False), Column("number", Integer, nullable=False),
    Column("body", Text, nullable=False), Column("saved_by", String(200)), Column("saved_at", UtcDateTime, nullable=False),
    Column("state", String(20), nullable=False, server_default="active"),  # active | draft: not used | shipped: back to the folder
    Column("problems", Json),  # why a draft may not be used
    Unique("path", "number"),
)  # fmt: skip

# --- alerts ------------------------------------------------------------------------------------------------------

alert = Table(  # one a rule and story while it is open; what it rests on hangs below it
    "alert", metadata, _id(), _of("incident", nullable=False),
    Column("rule", String(40), nullable=False), Column("level", String(10), nullable=False),  # amber | red
    Column("state", String(20), nullable=False),  # open | acknowledged | over
    Column("why", Json, nullable=False),  # {key, facts}: fills the sentence why.<key>
    Column("count", Integer, nullable=False, default=1),
    Column("first_at", UtcDateTime, nullable=False), Column("last_at", UtcDateTime, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False), Column("raised_at", UtcDateTime),
    Column("step", Integer, nullable=False, default=0), Column("stepped_at", UtcDateTime),  # how far it was passed on
    Column("acknowledged_by", String(200)), Column("acknowledged_at", UtcDateTime), Column("over_at", UtcDateTime), _version(),
    Index(None, "incident_id", "state"),
)  # fmt: skip

alert_evidence = Table(  # the same evidence never counts twice for a rule
    "alert_evidence", metadata, _id(), _of("alert", nullable=False), _of("incident", nullable=False),
    Column("rule", String(40), nullable=False), Column("key", String(160), nullable=False),
    Column("subject", String(120), nullable=False), Column("item_id", Id),
    Column("at", UtcDateTime, nullable=False), Column("why", Json, nullable=False), Unique("incident_id", "rule", "key"),
)  # fmt: skip

alert_rule = Table(  # what an incident has changed of the shipped rules
    "alert_rule", metadata, _id(), _of("incident", nullable=False),
    Column("rule", String(40), nullable=False), Column("armed", Boolean, nullable=False),
    Column("settings", Json, nullable=False), Column("armed_at", UtcDateTime), Column("saved_by", String(200)),
    Column("saved_at", UtcDateTime, nullable=False), _version(), Unique("incident_id", "rule"),
)  # fmt: skip

delivery_target = Table(  # address and secret never leave this table but for the request itself
    "delivery_target", metadata, _id(), Column("name", String(200), nullable=False),
    Column("channel", String(20), nullable=False),  # wecom | dingtalk | feishu | slack | email
    Column("address", Text, nullable=False), Column("secret", Text),
    _of("person", nullable=True), Column("role", String(20)), Column("language", String(12), nullable=False),
    Column("least_level", String(10), nullable=False), Column("rules", Json),  # null: every rule
    Column("step", Integer, nullable=False, default=0),  # 0: at once; 1, 2: when nobody has acknowledged a red one
    Column("paused", Boolean, nullable=False, default=False), Column("removed_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False), Column("created_by", String(200)), _version(),
)  # fmt: skip

# --- work to be done ---------------------------------------------------------------------------------------------

outbox = Table(
    "outbox", metadata, _id(), _of("incident", nullable=True),
    Column("channel", String(40), nullable=False), Column("target", String(500), nullable=False), Column("payload", Json, nullable=False),
    Column("state", String(20), nullable=False), Column("due_at", UtcDateTime, nullable=False, index=True),
    Column("lease_until", UtcDateTime), Column("attempts", Integer, nullable=False, default=0),
    Column("possible_repeat", Boolean, nullable=False, default=False), Column("problem_key", String(80)), Column("problem_facts", Json),
    Column("dedupe_key", String(120), nullable=False, unique=True), Column("created_at", UtcDateTime, nullable=False),
    _of("delivery_target", nullable=True), Column("leased_by", String(80)), Column("sent_at", UtcDateTime),
)  # fmt: skip

delivery_attempt = Table(  # one try of one row of the outbox; without an outcome it is under way, or was when it was killed
    "delivery_attempt", metadata, _id(), _of("outbox", nullable=False), Column("number", Integer, nullable=False),
    Column("started_at", UtcDateTime, nullable=False), Column("ended_at", UtcDateTime),
    Column("outcome", String(20)),  # sent | refused | failed | unknown
    Column("status", Integer), Column("problem_key", String(80)), Column("problem_facts", Json),
    Column("possible_repeat", Boolean, nullable=False, default=False),
    Unique("outbox_id", "number"),
)  # fmt: skip

job = Table(
    "job", metadata, _id(), Column("kind", String(40), nullable=False), Column("payload", Json, nullable=False),
    Column("state", String(20), nullable=False), Column("due_at", UtcDateTime, nullable=False, index=True),
    Column("lease_until", UtcDateTime), Column("attempts", Integer, nullable=False, default=0),
    Column("possible_repeat", Boolean, nullable=False, default=False),
    Column("done", Integer, nullable=False, default=0), Column("total", Integer), Column("problem_key", String(80)), Column("problem_facts", Json),
    Column("dedupe_key", String(120), nullable=False, unique=True), Column("created_at", UtcDateTime, nullable=False),
)  # fmt: skip

heartbeat = Table(  # when a process last said that it lives
    "heartbeat", metadata, Column("process", String(80), primary_key=True), Column("at", UtcDateTime, nullable=False), Column("note", Json),
)  # fmt: skip
