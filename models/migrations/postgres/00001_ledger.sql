-- +goose Up
CREATE TABLE engine (
    id INTEGER NOT NULL,
    epoch BIGINT NOT NULL,
    key_id TEXT NOT NULL,
    key_check BYTEA,
    sampled_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE leases (
    name TEXT NOT NULL,
    holder TEXT NOT NULL,
    fence BIGINT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE outbox (
    id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE idempotency (
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    hash BYTEA NOT NULL,
    answer TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (actor, key)
);

CREATE TABLE keys (
    id TEXT NOT NULL,
    scope_kind TEXT NOT NULL,
    scope_id TEXT NOT NULL,
    wrapped BYTEA,
    created_at BIGINT NOT NULL,
    destroyed_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE audit_entries (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    detail TEXT NOT NULL,
    digest BYTEA,
    content_hash BYTEA NOT NULL,
    chain TEXT NOT NULL,
    seq BIGINT NOT NULL,
    chain_hash BYTEA,
    PRIMARY KEY (id)
);

CREATE TABLE audit_heads (
    chain TEXT NOT NULL,
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (chain)
);

CREATE TABLE sources (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    published_on TEXT NOT NULL,
    said_by TEXT NOT NULL,
    reference TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE parties (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    region_code TEXT NOT NULL,
    zone TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    address TEXT NOT NULL,
    office_hours TEXT NOT NULL,
    bank_account TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE units (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    party_id TEXT NOT NULL,
    parent_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    region_code TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE posts (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    party_id TEXT NOT NULL,
    superior_id TEXT NOT NULL,
    deputy_id TEXT NOT NULL,
    title TEXT NOT NULL,
    role TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE post_holders (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    post_id TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    capacity TEXT NOT NULL,
    mandate TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE regulations (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    year INTEGER NOT NULL,
    title TEXT NOT NULL,
    issuer TEXT NOT NULL,
    in_force_from TEXT NOT NULL,
    in_force_to TEXT NOT NULL,
    replaced_by_id TEXT NOT NULL,
    jdih_url TEXT NOT NULL,
    verified_jdih BOOLEAN NOT NULL,
    from_precision TEXT NOT NULL,
    source_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE citations (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    regulation_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    number TEXT NOT NULL,
    year INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE articles (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    regulation_id TEXT NOT NULL,
    label TEXT NOT NULL,
    text TEXT NOT NULL,
    duty_role TEXT NOT NULL,
    group_code TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE agreements (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    title TEXT NOT NULL,
    pemda_party_id TEXT NOT NULL,
    bpjs_party_id TEXT NOT NULL,
    serving_party_id TEXT NOT NULL,
    zone TEXT NOT NULL,
    ladder TEXT NOT NULL,
    cuti_moves BOOLEAN NOT NULL,
    imported_on TEXT NOT NULL,
    historical BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    armed_until BIGINT NOT NULL,
    closed_on TEXT NOT NULL,
    close_reason TEXT NOT NULL,
    source_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE agreement_numbers (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    issuer_party_id TEXT NOT NULL,
    year INTEGER NOT NULL,
    number TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE lines (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    group_code TEXT NOT NULL,
    programmes TEXT NOT NULL,
    state TEXT NOT NULL,
    planned_for TEXT NOT NULL,
    funding_source TEXT NOT NULL,
    payer_party_id TEXT NOT NULL,
    wage BIGINT NOT NULL,
    target_minimum BIGINT NOT NULL,
    target_hope BIGINT NOT NULL,
    budget_ceiling BIGINT NOT NULL,
    destination TEXT NOT NULL,
    source_id TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE line_leads (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    line_id TEXT NOT NULL,
    lead_unit_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE bases (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    regulation_id TEXT NOT NULL,
    group_code TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    source_id TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE milestones (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    code TEXT NOT NULL,
    about TEXT NOT NULL,
    on_day TEXT NOT NULL,
    precision TEXT NOT NULL,
    source_id TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE signatures (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    party_id TEXT NOT NULL,
    role TEXT NOT NULL,
    post_title TEXT NOT NULL,
    name TEXT NOT NULL,
    mandate TEXT NOT NULL,
    place TEXT NOT NULL,
    position INTEGER NOT NULL,
    on_day TEXT NOT NULL,
    precision TEXT NOT NULL,
    source_id TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE periods (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    line_id TEXT NOT NULL,
    year INTEGER NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    renews_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE renewals (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    year INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    opened_on TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE decisions (
    request_id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    hash BYTEA NOT NULL,
    state TEXT NOT NULL,
    answer TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    decided_at BIGINT NOT NULL,
    PRIMARY KEY (request_id)
);

CREATE TABLE meetings (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    on_day TEXT NOT NULL,
    precision TEXT NOT NULL,
    place TEXT NOT NULL,
    agenda TEXT NOT NULL,
    chaired_by TEXT NOT NULL,
    source_id TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE attendances (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    present BOOLEAN NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE meeting_decisions (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE happenings (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    region_code TEXT NOT NULL,
    group_code TEXT NOT NULL,
    on_day TEXT NOT NULL,
    precision TEXT NOT NULL,
    event_day TEXT NOT NULL,
    event_precision TEXT NOT NULL,
    programme TEXT NOT NULL,
    amount BIGINT NOT NULL,
    text TEXT NOT NULL,
    source_id TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE obligations (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    line_id TEXT NOT NULL,
    period_id TEXT NOT NULL,
    group_code TEXT NOT NULL,
    kind TEXT NOT NULL,
    owner_post_id TEXT NOT NULL,
    destination TEXT NOT NULL,
    ordered_by TEXT NOT NULL,
    ordered_by_id TEXT NOT NULL,
    article_id TEXT NOT NULL,
    ladder TEXT NOT NULL,
    target_on TEXT NOT NULL,
    fatal_on TEXT NOT NULL,
    target_at BIGINT NOT NULL,
    fatal_at BIGINT NOT NULL,
    generation INTEGER NOT NULL,
    state TEXT NOT NULL,
    closed_how TEXT NOT NULL,
    closed_on TEXT NOT NULL,
    paused_at BIGINT NOT NULL,
    extensions INTEGER NOT NULL,
    taken_until BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    next_step TEXT NOT NULL,
    noticed_at BIGINT NOT NULL,
    lapsed_at BIGINT NOT NULL,
    fault TEXT NOT NULL,
    opened_on TEXT NOT NULL,
    first_target TEXT NOT NULL,
    first_fatal TEXT NOT NULL,
    source_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE obligation_changes (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    obligation_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    on_day TEXT NOT NULL,
    state TEXT NOT NULL,
    closed_how TEXT NOT NULL,
    target_on TEXT NOT NULL,
    fatal_on TEXT NOT NULL,
    generation INTEGER NOT NULL,
    reason TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    calendar TEXT NOT NULL,
    actor TEXT NOT NULL,
    source_id TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE notices (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    obligation_id TEXT NOT NULL,
    step TEXT NOT NULL,
    generation INTEGER NOT NULL,
    post_id TEXT NOT NULL,
    tone TEXT NOT NULL,
    kind TEXT NOT NULL,
    group_code TEXT NOT NULL,
    target_on TEXT NOT NULL,
    missed TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE figures (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    subject_name TEXT NOT NULL,
    group_code TEXT NOT NULL,
    measure TEXT NOT NULL,
    value BIGINT NOT NULL,
    about BOOLEAN NOT NULL,
    definition TEXT NOT NULL,
    on_day TEXT NOT NULL,
    precision TEXT NOT NULL,
    source_id TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE prospects (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    region_code TEXT NOT NULL,
    group_code TEXT NOT NULL,
    on_day TEXT NOT NULL,
    next_step TEXT NOT NULL,
    next_on TEXT NOT NULL,
    source_id TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE statuses (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    line_id TEXT NOT NULL,
    period_id TEXT NOT NULL,
    state TEXT NOT NULL,
    people BIGINT NOT NULL,
    until TEXT NOT NULL,
    on_day TEXT NOT NULL,
    precision TEXT NOT NULL,
    source_id TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE unit_counters (
    period_id TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    state TEXT NOT NULL,
    people BIGINT NOT NULL,
    until TEXT NOT NULL,
    PRIMARY KEY (period_id, unit_id, state)
);

CREATE TABLE counter_deltas (
    id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    group_code TEXT NOT NULL,
    measure TEXT NOT NULL,
    delta BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE rollups (
    agreement_id TEXT NOT NULL,
    group_code TEXT NOT NULL,
    measure TEXT NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (agreement_id, group_code, measure)
);

CREATE TABLE daily_figures (
    day TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    group_code TEXT NOT NULL,
    measure TEXT NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (day, agreement_id, group_code, measure)
);

CREATE TABLE persons (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    nik_cipher BYTEA NOT NULL,
    nik_index BYTEA NOT NULL,
    nik_last4 TEXT NOT NULL,
    key_id TEXT NOT NULL,
    name TEXT NOT NULL,
    born TEXT NOT NULL,
    sex TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE rosters (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    line_id TEXT NOT NULL,
    period_id TEXT NOT NULL,
    obligation_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    people BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    on_day TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE roster_rows (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    roster_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    name TEXT NOT NULL,
    born TEXT NOT NULL,
    wage BIGINT NOT NULL,
    findings TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE bills (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    line_id TEXT NOT NULL,
    period_id TEXT NOT NULL,
    from_month TEXT NOT NULL,
    to_month TEXT NOT NULL,
    people BIGINT NOT NULL,
    jkk BIGINT NOT NULL,
    jkm BIGINT NOT NULL,
    jht BIGINT NOT NULL,
    total BIGINT NOT NULL,
    monthly TEXT NOT NULL,
    due_on TEXT NOT NULL,
    rule TEXT NOT NULL,
    rounding TEXT NOT NULL,
    calendar TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE payments (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    bill_id TEXT NOT NULL,
    amount BIGINT NOT NULL,
    reference TEXT NOT NULL,
    on_day TEXT NOT NULL,
    precision TEXT NOT NULL,
    source_id TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    PRIMARY KEY (id)
);

-- What must be unique is a constraint, so that two requests at once cannot both win.
CREATE UNIQUE INDEX agreement_numbers_once ON agreement_numbers (issuer_party_id, year, number);
CREATE UNIQUE INDEX periods_once ON periods (line_id, year) WHERE known_to = 0;
CREATE UNIQUE INDEX renewals_one_open ON renewals (agreement_id) WHERE state = 'open';
CREATE UNIQUE INDEX notices_sent_once ON notices (obligation_id, step, generation, post_id);
CREATE UNIQUE INDEX persons_once ON persons (province_code, regency_code, nik_index);
CREATE UNIQUE INDEX payments_once ON payments (bill_id, reference) WHERE known_to = 0;
CREATE UNIQUE INDEX milestones_once ON milestones (agreement_id, code, about, source_id) WHERE known_to = 0;
CREATE UNIQUE INDEX lines_once ON lines (agreement_id, group_code) WHERE known_to = 0 AND state <> 'ended';
CREATE UNIQUE INDEX attendances_once ON attendances (meeting_id, unit_id);
CREATE UNIQUE INDEX rosters_once ON rosters (obligation_id, version);
CREATE UNIQUE INDEX roster_rows_once ON roster_rows (roster_id, person_id);
CREATE UNIQUE INDEX units_once ON units (party_id, region_code) WHERE region_code <> '' AND valid_to = '';
CREATE UNIQUE INDEX obligations_once ON obligations (period_id, unit_id, kind) WHERE period_id <> '' AND state <> 'cancelled';
CREATE UNIQUE INDEX bills_once ON bills (period_id, unit_id, from_month);
CREATE UNIQUE INDEX audit_sealed_once ON audit_entries (chain, seq) WHERE seq > 0;

CREATE INDEX outbox_agreement ON outbox (agreement_id);
CREATE INDEX audit_unsealed ON audit_entries (id) WHERE seq = 0;
CREATE INDEX audit_subject ON audit_entries (subject_id);
CREATE INDEX sources_scope ON sources (regency_code);
CREATE INDEX parties_region ON parties (region_code);
CREATE INDEX units_scope ON units (regency_code, kind);
CREATE INDEX posts_unit ON posts (unit_id);
CREATE INDEX posts_party ON posts (party_id, role);
CREATE INDEX post_holders_post ON post_holders (post_id);
CREATE INDEX citations_regulation ON citations (regulation_id);
CREATE INDEX articles_regulation ON articles (regulation_id);
CREATE INDEX agreements_scope ON agreements (province_code, regency_code);
CREATE INDEX agreement_numbers_agreement ON agreement_numbers (agreement_id);
CREATE INDEX lines_agreement ON lines (agreement_id);
CREATE INDEX line_leads_agreement ON line_leads (agreement_id);
CREATE INDEX bases_agreement ON bases (agreement_id);
CREATE INDEX bases_regulation ON bases (regulation_id);
CREATE INDEX signatures_agreement ON signatures (agreement_id);
CREATE INDEX periods_agreement ON periods (agreement_id);
CREATE INDEX renewals_agreement ON renewals (agreement_id);
CREATE INDEX decisions_pending ON decisions (created_at) WHERE state = 'pending';
CREATE INDEX decisions_agreement ON decisions (agreement_id);
CREATE INDEX meetings_agreement ON meetings (agreement_id);
CREATE INDEX meeting_decisions_meeting ON meeting_decisions (meeting_id);
CREATE INDEX happenings_agreement ON happenings (agreement_id);
CREATE INDEX happenings_region ON happenings (region_code);
CREATE INDEX obligations_next ON obligations (agreement_id, next_at) WHERE next_at > 0;
CREATE INDEX obligations_state ON obligations (agreement_id, state);
CREATE INDEX obligations_period ON obligations (period_id, kind, state);
CREATE INDEX obligations_unit ON obligations (unit_id, state);
CREATE INDEX obligation_changes_of ON obligation_changes (obligation_id, recorded_at);
CREATE INDEX obligation_changes_agreement ON obligation_changes (agreement_id);
CREATE INDEX notices_post ON notices (post_id, created_at);
CREATE INDEX notices_agreement ON notices (agreement_id, created_at);
CREATE INDEX figures_agreement ON figures (agreement_id);
CREATE INDEX figures_subject ON figures (subject_id);
CREATE INDEX prospects_region ON prospects (province_code, region_code);
CREATE INDEX statuses_agreement ON statuses (agreement_id);
CREATE INDEX daily_figures_agreement ON daily_figures (agreement_id, day);
CREATE INDEX rosters_agreement ON rosters (agreement_id);
CREATE INDEX roster_rows_person ON roster_rows (person_id);
CREATE INDEX bills_agreement ON bills (agreement_id);
CREATE INDEX payments_agreement ON payments (agreement_id);

-- +goose Down
DROP TABLE payments;
DROP TABLE bills;
DROP TABLE roster_rows;
DROP TABLE rosters;
DROP TABLE persons;
DROP TABLE daily_figures;
DROP TABLE rollups;
DROP TABLE counter_deltas;
DROP TABLE unit_counters;
DROP TABLE statuses;
DROP TABLE prospects;
DROP TABLE figures;
DROP TABLE notices;
DROP TABLE obligation_changes;
DROP TABLE obligations;
DROP TABLE happenings;
DROP TABLE meeting_decisions;
DROP TABLE attendances;
DROP TABLE meetings;
DROP TABLE decisions;
DROP TABLE renewals;
DROP TABLE periods;
DROP TABLE signatures;
DROP TABLE milestones;
DROP TABLE bases;
DROP TABLE line_leads;
DROP TABLE lines;
DROP TABLE agreement_numbers;
DROP TABLE agreements;
DROP TABLE articles;
DROP TABLE citations;
DROP TABLE regulations;
DROP TABLE post_holders;
DROP TABLE posts;
DROP TABLE units;
DROP TABLE parties;
DROP TABLE sources;
DROP TABLE audit_heads;
DROP TABLE audit_entries;
DROP TABLE keys;
DROP TABLE idempotency;
DROP TABLE outbox;
DROP TABLE leases;
DROP TABLE engine;
