-- +goose Up
CREATE TABLE weekly_sheets (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    week_on TEXT NOT NULL,
    renderer INTEGER NOT NULL,
    facts TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE weekly_rules (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    weekday INTEGER NOT NULL,
    silent BOOLEAN NOT NULL,
    actor TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE weekly_links (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    token_hash BLOB NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL,
    revoked_by TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE UNIQUE INDEX weekly_sheets_week ON weekly_sheets (agreement_id, week_on);
CREATE UNIQUE INDEX weekly_rules_current ON weekly_rules (agreement_id) WHERE known_to = 0;
CREATE UNIQUE INDEX weekly_links_token ON weekly_links (token_hash);
CREATE UNIQUE INDEX weekly_links_open ON weekly_links (agreement_id) WHERE revoked_at = 0;
CREATE INDEX news_weekly ON news (agreement_id, key) WHERE kind = 'weekly';

-- +goose Down
DROP INDEX news_weekly;
DROP TABLE weekly_links;
DROP TABLE weekly_rules;
DROP TABLE weekly_sheets;
