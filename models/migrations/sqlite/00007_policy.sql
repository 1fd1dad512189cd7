-- +goose Up
-- A renewal's ladder was a copy of the one that is built in for its kind. It
-- goes by that again, or by what its Pemda has chosen.
UPDATE obligations SET ladder = '' WHERE ordered_by = 'renewal';

ALTER TABLE obligations ADD COLUMN counted_from TEXT NOT NULL DEFAULT '';
ALTER TABLE obligations ADD COLUMN counted_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE obligations ADD COLUMN taken_steps TEXT NOT NULL DEFAULT '';
ALTER TABLE engine ADD COLUMN rules BIGINT NOT NULL DEFAULT 1;
ALTER TABLE engine ADD COLUMN calendar TEXT NOT NULL DEFAULT '';

CREATE TABLE ladders (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    party_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    ladder TEXT NOT NULL,
    actor TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE hours (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    party_id TEXT NOT NULL,
    morning INTEGER NOT NULL,
    opens INTEGER NOT NULL,
    closes INTEGER NOT NULL,
    week INTEGER NOT NULL,
    cuti_works BOOLEAN NOT NULL,
    actor TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE holidays (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    party_id TEXT NOT NULL,
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    decree TEXT NOT NULL,
    decreed_on TEXT NOT NULL,
    verified BOOLEAN NOT NULL,
    actor TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE recalculations (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    change_id TEXT NOT NULL,
    cause TEXT NOT NULL,
    reason TEXT NOT NULL,
    dates BIGINT NOT NULL,
    appear BIGINT NOT NULL,
    vanish BIGINT NOT NULL,
    move BIGINT NOT NULL,
    detail TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    done_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE UNIQUE INDEX ladders_once ON ladders (party_id, kind) WHERE known_to = 0;
CREATE UNIQUE INDEX hours_once ON hours (party_id) WHERE known_to = 0;
CREATE UNIQUE INDEX holidays_once ON holidays (party_id, day) WHERE known_to = 0;
CREATE INDEX recalculations_waiting ON recalculations (id) WHERE done_at = 0;
CREATE INDEX recalculations_agreement ON recalculations (agreement_id, id);
CREATE INDEX recalculations_change ON recalculations (change_id);
CREATE INDEX agreements_pemda ON agreements (pemda_party_id);

-- +goose Down
DROP INDEX agreements_pemda;
DROP TABLE recalculations;
DROP TABLE holidays;
DROP TABLE hours;
DROP TABLE ladders;
ALTER TABLE engine DROP COLUMN calendar;
ALTER TABLE engine DROP COLUMN rules;
ALTER TABLE obligations DROP COLUMN taken_steps;
ALTER TABLE obligations DROP COLUMN counted_days;
ALTER TABLE obligations DROP COLUMN counted_from;
