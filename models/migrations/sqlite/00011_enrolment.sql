-- +goose Up
-- A batch whose workflow may have something to learn; '': the agreement itself.
ALTER TABLE outbox ADD COLUMN enrolment_id TEXT NOT NULL DEFAULT '';

-- The batch whose answers a count follows from; '': somebody said the count.
ALTER TABLE statuses ADD COLUMN enrolment_id TEXT NOT NULL DEFAULT '';

CREATE TABLE enrolments (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    line_id TEXT NOT NULL,
    period_id TEXT NOT NULL,
    group_code TEXT NOT NULL,
    number INTEGER NOT NULL,
    desk_post_id TEXT NOT NULL,
    branch_post_id TEXT NOT NULL,
    terms TEXT NOT NULL,
    forms_on TEXT NOT NULL,
    forms_receipt TEXT NOT NULL,
    sent_on TEXT NOT NULL,
    sent_receipt TEXT NOT NULL,
    cards_on TEXT NOT NULL,
    certificate TEXT NOT NULL,
    closed_on TEXT NOT NULL,
    close_reason TEXT NOT NULL,
    version BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    armed_until BIGINT NOT NULL,
    heard_end BOOLEAN NOT NULL,
    source_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE enrolment_rows (
    enrolment_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    period_id TEXT NOT NULL,
    obligation_id TEXT NOT NULL,
    row_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    on_day TEXT NOT NULL,
    card BLOB NOT NULL,
    employer TEXT NOT NULL,
    correction_id TEXT NOT NULL,
    PRIMARY KEY (enrolment_id, number)
) WITHOUT ROWID;

CREATE TABLE card_receipts (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    enrolment_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    people BIGINT NOT NULL,
    on_day TEXT NOT NULL,
    number TEXT NOT NULL,
    receiver BLOB NOT NULL,
    source_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

-- Nobody is with the branch twice in a year of a line.
CREATE UNIQUE INDEX enrolment_rows_person ON enrolment_rows (period_id, person_id) WHERE state IN ('waiting', 'registered');
CREATE UNIQUE INDEX enrolments_number ON enrolments (period_id, number);

CREATE INDEX enrolments_agreement ON enrolments (agreement_id);
CREATE INDEX enrolments_open ON enrolments (id) WHERE closed_on = '' OR NOT heard_end;
CREATE INDEX enrolment_rows_unit ON enrolment_rows (period_id, unit_id);
CREATE INDEX enrolment_rows_row ON enrolment_rows (row_id) WHERE state IN ('rejected', 'withdrawn');
CREATE INDEX enrolment_rows_correction ON enrolment_rows (correction_id) WHERE correction_id <> '';
CREATE INDEX card_receipts_enrolment ON card_receipts (enrolment_id);

-- +goose Down
DROP TABLE card_receipts;
DROP TABLE enrolment_rows;
DROP TABLE enrolments;
ALTER TABLE statuses DROP COLUMN enrolment_id;
ALTER TABLE outbox DROP COLUMN enrolment_id;
