-- +goose Up
CREATE TABLE tallies (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    party_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    period_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    group_code TEXT NOT NULL,
    year INTEGER NOT NULL,
    said_by TEXT NOT NULL,
    on_day TEXT NOT NULL,
    file_name TEXT NOT NULL,
    digest BYTEA NOT NULL,
    grid BYTEA NOT NULL,
    mapping TEXT NOT NULL,
    result TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    applied_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE tally_answers (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    party_id TEXT NOT NULL,
    tally_id TEXT NOT NULL,
    about TEXT NOT NULL,
    place TEXT NOT NULL,
    text TEXT NOT NULL,
    choice TEXT NOT NULL,
    actor TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    PRIMARY KEY (id)
);

-- The same file for the same purpose is one recap; a text has one meaning.
CREATE UNIQUE INDEX tallies_once ON tallies (party_id, kind, group_code, period_id, said_by, on_day, digest);
CREATE UNIQUE INDEX tally_answers_once ON tally_answers (party_id, about, place, text) WHERE known_to = 0;
-- Reported by the same source for the same day, a number is one number.
CREATE UNIQUE INDEX figures_of_units_once ON figures (subject_id, measure, group_code, source_id, on_day) WHERE known_to = 0 AND subject_kind = 'unit' AND agreement_id = '';
CREATE INDEX statuses_source ON statuses (period_id, source_id);
CREATE INDEX figures_source ON figures (source_id);

-- +goose Down
DROP INDEX figures_source;
DROP INDEX statuses_source;
DROP INDEX figures_of_units_once;
DROP TABLE tally_answers;
DROP TABLE tallies;
