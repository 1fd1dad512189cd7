-- +goose Up
CREATE TABLE quotas (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    line_id TEXT NOT NULL,
    period_id TEXT NOT NULL,
    minimum BIGINT NOT NULL,
    ceiling BIGINT NOT NULL,
    reserve BIGINT NOT NULL,
    source_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE statements (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    obligation_id TEXT NOT NULL,
    number TEXT NOT NULL,
    on_day TEXT NOT NULL,
    signatory TEXT NOT NULL,
    name TEXT NOT NULL,
    upload_id TEXT NOT NULL,
    text TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE windows (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    line_id TEXT NOT NULL,
    period_id TEXT NOT NULL,
    zone TEXT NOT NULL,
    opens_at BIGINT NOT NULL,
    closes_at BIGINT NOT NULL,
    names TEXT NOT NULL,
    birth_year BOOLEAN NOT NULL,
    per_hour INTEGER NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE window_pages (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    window_id TEXT NOT NULL,
    obligation_id TEXT NOT NULL,
    token TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE objections (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    window_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    obligation_id TEXT NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    row_id TEXT NOT NULL,
    content BYTEA NOT NULL,
    sender BYTEA NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at BIGINT NOT NULL,
    roster_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE movements (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    obligation_id TEXT NOT NULL,
    roster_id TEXT NOT NULL,
    row_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    on_day TEXT NOT NULL,
    note BYTEA NOT NULL,
    source_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE claims (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    obligation_id TEXT NOT NULL,
    row_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    event TEXT NOT NULL,
    on_day TEXT NOT NULL,
    state TEXT NOT NULL,
    estimate BIGINT NOT NULL,
    problem TEXT NOT NULL,
    rule_table TEXT NOT NULL,
    rule_version TEXT NOT NULL,
    report_by TEXT NOT NULL,
    claim_by TEXT NOT NULL,
    complete_on TEXT NOT NULL,
    pay_by TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE claim_documents (
    claim_id TEXT NOT NULL,
    code TEXT NOT NULL,
    received_on TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (claim_id, code)
);

CREATE UNIQUE INDEX quotas_once ON quotas (period_id, unit_id) WHERE known_to = 0;
CREATE UNIQUE INDEX window_pages_token ON window_pages (token);
CREATE UNIQUE INDEX window_pages_once ON window_pages (window_id, obligation_id);
CREATE UNIQUE INDEX objections_code ON objections (window_id, code);
CREATE UNIQUE INDEX movements_roster ON movements (roster_id);
CREATE UNIQUE INDEX claims_once ON claims (person_id) WHERE state <> 'withdrawn';

CREATE INDEX statements_agreement ON statements (agreement_id);
CREATE INDEX statements_obligation ON statements (obligation_id);
CREATE INDEX windows_agreement ON windows (agreement_id);
CREATE INDEX objections_sender ON objections (window_id, sender, created_at);
CREATE INDEX objections_obligation ON objections (obligation_id);
CREATE INDEX movements_obligation ON movements (obligation_id);
CREATE INDEX claims_agreement ON claims (agreement_id, state);
CREATE INDEX claims_row ON claims (row_id);

-- +goose Down
DROP TABLE claim_documents;
DROP TABLE claims;
DROP TABLE movements;
DROP TABLE objections;
DROP TABLE window_pages;
DROP TABLE windows;
DROP TABLE statements;
DROP TABLE quotas;
