-- +goose Up
-- A list was a full copy in each version; now a row says which version put it
-- there and which took it away.
ALTER TABLE roster_rows RENAME TO roster_rows_old;
ALTER TABLE roster_rows_old RENAME CONSTRAINT roster_rows_pkey TO roster_rows_old_pkey;
DROP INDEX roster_rows_once;
DROP INDEX roster_rows_person;

CREATE TABLE roster_rows (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    roster_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    born TEXT NOT NULL,
    sex TEXT NOT NULL,
    wage BIGINT NOT NULL,
    detail BYTEA NOT NULL,
    content BIGINT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    leaving TEXT NOT NULL,
    removed_by TEXT NOT NULL,
    findings TEXT NOT NULL,
    PRIMARY KEY (id)
);

INSERT INTO roster_rows (id, province_code, regency_code, unit_id, branch_id, roster_id, person_id, number, name, born, sex, wage, detail, content, from_day, to_day, leaving, removed_by, findings)
SELECT o.id, o.province_code, o.regency_code, o.unit_id, o.branch_id, o.roster_id, o.person_id, 0, o.name, o.born, p.sex, o.wage, ''::bytea, 0, '', '', '',
    COALESCE((SELECT n.id FROM rosters n WHERE n.obligation_id = r.obligation_id AND n.version = r.version + 1), ''), o.findings
FROM roster_rows_old o JOIN rosters r ON r.id = o.roster_id JOIN persons p ON p.id = o.person_id;
DROP TABLE roster_rows_old;

ALTER TABLE rosters ADD COLUMN kind TEXT NOT NULL DEFAULT 'list';
ALTER TABLE rosters ADD COLUMN added BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rosters ADD COLUMN removed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rosters ADD COLUMN import_id TEXT NOT NULL DEFAULT '';
ALTER TABLE rosters ADD COLUMN on_behalf TEXT NOT NULL DEFAULT '';
ALTER TABLE persons ADD COLUMN likeness BIGINT NOT NULL DEFAULT 0;
UPDATE rosters SET added = people;

CREATE TABLE conflicts (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    year INTEGER NOT NULL,
    overlap TEXT NOT NULL,
    rule TEXT NOT NULL,
    winner TEXT NOT NULL,
    state TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE conflict_sides (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    conflict_id TEXT NOT NULL,
    row_id TEXT NOT NULL,
    obligation_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    group_code TEXT NOT NULL,
    funding_source TEXT NOT NULL,
    outcome TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE uploads (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    batch TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    obligation_id TEXT NOT NULL,
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    problem TEXT NOT NULL,
    sender TEXT NOT NULL,
    on_behalf TEXT NOT NULL,
    proposals TEXT NOT NULL,
    received_on TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE upload_parts (
    upload_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    data BYTEA NOT NULL,
    PRIMARY KEY (upload_id, seq)
);

CREATE TABLE imports (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    obligation_id TEXT NOT NULL,
    upload_id TEXT NOT NULL,
    roster_id TEXT NOT NULL,
    state TEXT NOT NULL,
    problem TEXT NOT NULL,
    sheet TEXT NOT NULL,
    mapping TEXT NOT NULL,
    base TEXT NOT NULL,
    answers TEXT NOT NULL,
    position BIGINT NOT NULL,
    rows BIGINT NOT NULL,
    good BIGINT NOT NULL,
    bad BIGINT NOT NULL,
    leavers BIGINT NOT NULL,
    waiting BIGINT NOT NULL,
    skipped BIGINT NOT NULL,
    total BIGINT NOT NULL,
    result TEXT NOT NULL,
    on_day TEXT NOT NULL,
    on_behalf TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE import_findings (
    import_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    column_no INTEGER NOT NULL,
    field TEXT NOT NULL,
    level TEXT NOT NULL,
    rule TEXT NOT NULL,
    found TEXT NOT NULL,
    params TEXT NOT NULL,
    PRIMARY KEY (import_id, number, seq)
);

CREATE TABLE heading_maps (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    signature TEXT NOT NULL,
    mapping TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

-- One index finds a NIK in a kabupaten and in all of them.
DROP INDEX persons_once;
CREATE UNIQUE INDEX persons_once ON persons (nik_index, regency_code, province_code);
DROP INDEX rosters_once;
CREATE UNIQUE INDEX rosters_once ON rosters (obligation_id, version) WHERE version > 0;
CREATE UNIQUE INDEX roster_rows_once ON roster_rows (roster_id, person_id);
CREATE UNIQUE INDEX conflicts_once ON conflicts (person_id, year) WHERE state = 'open';
CREATE UNIQUE INDEX conflict_sides_once ON conflict_sides (conflict_id, row_id);
CREATE UNIQUE INDEX imports_roster ON imports (roster_id);
CREATE UNIQUE INDEX heading_maps_once ON heading_maps (unit_id, signature);

CREATE INDEX roster_rows_person ON roster_rows (person_id);
CREATE INDEX persons_likeness ON persons (likeness);
CREATE INDEX conflicts_state ON conflicts (regency_code, state);
CREATE INDEX conflict_sides_row ON conflict_sides (row_id);
CREATE INDEX roster_rows_removed ON roster_rows (removed_by) WHERE removed_by <> '';
CREATE INDEX conflict_sides_unit ON conflict_sides (unit_id);
CREATE INDEX uploads_scope ON uploads (regency_code, state);
CREATE INDEX uploads_hash ON uploads (hash);
CREATE INDEX uploads_batch ON uploads (batch) WHERE batch <> '';
CREATE INDEX imports_obligation ON imports (obligation_id);
CREATE INDEX imports_upload ON imports (upload_id);
CREATE INDEX imports_reading ON imports (updated_at) WHERE state = 'reading';

-- +goose Down
-- There is no way back from here that keeps the lists: restore a backup.
SELECT 1;
