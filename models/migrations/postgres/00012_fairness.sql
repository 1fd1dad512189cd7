-- +goose Up
CREATE TABLE extension_requests (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    obligation_id TEXT NOT NULL,
    generation INTEGER NOT NULL,
    target_on TEXT NOT NULL,
    fatal_on TEXT NOT NULL,
    until_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_post_id TEXT NOT NULL,
    upload_id TEXT NOT NULL,
    late BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    approved_on TEXT NOT NULL,
    approver_post_id TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    answered_at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE pauses (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    obligation_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    holder_post_id TEXT NOT NULL,
    holder TEXT NOT NULL,
    since_on TEXT NOT NULL,
    ask_at BIGINT NOT NULL,
    asked INTEGER NOT NULL,
    ended_at BIGINT NOT NULL,
    ended_note TEXT NOT NULL,
    ended_by TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE uptimes (
    id TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    to_at BIGINT NOT NULL,
    planned BOOLEAN NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE outages (
    id TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    to_at BIGINT NOT NULL,
    planned BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE graces (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    outage_id TEXT NOT NULL,
    target_on TEXT NOT NULL,
    fatal_on TEXT NOT NULL,
    until_on TEXT NOT NULL,
    fatal_until TEXT NOT NULL,
    lost_minutes INTEGER NOT NULL,
    duties INTEGER NOT NULL,
    state TEXT NOT NULL,
    approver_post_id TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    answered_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE fairness (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    party_id TEXT NOT NULL,
    max_extensions INTEGER NOT NULL,
    approver_level INTEGER NOT NULL,
    pause_days INTEGER NOT NULL,
    outage_days INTEGER NOT NULL,
    outage_minutes INTEGER NOT NULL,
    office_opens INTEGER NOT NULL,
    office_closes INTEGER NOT NULL,
    actor TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE clock (
    id INTEGER NOT NULL,
    seen_at BIGINT NOT NULL,
    doubted_at BIGINT NOT NULL,
    expected_at BIGINT NOT NULL,
    cause TEXT NOT NULL,
    process TEXT NOT NULL,
    confirmed_at BIGINT NOT NULL,
    confirmed_by TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE feeds (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    party_id TEXT NOT NULL,
    token_hash BYTEA NOT NULL,
    language TEXT NOT NULL,
    label TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL,
    revoked_by TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE UNIQUE INDEX extension_requests_waiting ON extension_requests (obligation_id) WHERE state = 'waiting';
CREATE UNIQUE INDEX pauses_running ON pauses (obligation_id) WHERE ended_at = 0;
CREATE UNIQUE INDEX graces_once ON graces (outage_id, agreement_id, target_on, fatal_on);
CREATE UNIQUE INDEX fairness_current ON fairness (party_id) WHERE known_to = 0;
CREATE UNIQUE INDEX feeds_token ON feeds (token_hash);

CREATE INDEX extension_requests_agreement ON extension_requests (agreement_id, state);
CREATE INDEX extension_requests_obligation ON extension_requests (obligation_id);
CREATE INDEX pauses_agreement ON pauses (agreement_id, ended_at);
CREATE INDEX pauses_obligation ON pauses (obligation_id);
CREATE INDEX pauses_ask ON pauses (ask_at) WHERE ended_at = 0;
CREATE INDEX graces_agreement ON graces (agreement_id, state);

-- Pauses that began before they had a ledger of their own.
INSERT INTO pauses (id, province_code, regency_code, unit_id, branch_id, agreement_id, obligation_id, reason, note, holder_post_id, holder, since_on, ask_at, asked, ended_at, ended_note, ended_by, actor, created_at)
SELECT o.id, o.province_code, o.regency_code, o.unit_id, o.branch_id, o.agreement_id, o.id, 'other', COALESCE(c.reason, ''), '', '', COALESCE(c.on_day, o.opened_on), 0, 0, 0, '', '', COALESCE(c.actor, ''), o.paused_at
FROM obligations o
LEFT JOIN obligation_changes c ON c.obligation_id = o.id AND c.kind = 'paused' AND c.recorded_at = o.paused_at
WHERE o.paused_at <> 0;

-- +goose Down
DROP TABLE feeds;
DROP TABLE clock;
DROP TABLE fairness;
DROP TABLE graces;
DROP TABLE outages;
DROP TABLE uptimes;
DROP TABLE pauses;
DROP TABLE extension_requests;
