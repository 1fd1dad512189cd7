-- +goose Up
CREATE TABLE preferences (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    holder_id TEXT NOT NULL,
    channels TEXT NOT NULL,
    stopped TEXT NOT NULL,
    language TEXT NOT NULL,
    opted_in_on TEXT NOT NULL,
    opted_in_how TEXT NOT NULL,
    actor TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE handovers (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    post_id TEXT NOT NULL,
    from_holder_id TEXT NOT NULL,
    holder_id TEXT NOT NULL,
    on_day TEXT NOT NULL,
    told_at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE tellings (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    period_id TEXT NOT NULL,
    desk TEXT NOT NULL,
    group_name TEXT NOT NULL,
    group_key TEXT NOT NULL,
    part INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    text TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    on_day TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE told_units (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    telling_id TEXT NOT NULL,
    obligation_id TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE UNIQUE INDEX preferences_holder ON preferences (holder_id);
CREATE UNIQUE INDEX handovers_holder ON handovers (holder_id);
CREATE UNIQUE INDEX tellings_once ON tellings (period_id, desk, group_key, text_hash, on_day);
CREATE UNIQUE INDEX told_units_once ON told_units (telling_id, obligation_id);

CREATE INDEX handovers_untold ON handovers (on_day) WHERE told_at = 0;
CREATE INDEX tellings_desk ON tellings (desk, created_at);
CREATE INDEX told_units_obligation ON told_units (obligation_id);

-- +goose Down
DROP TABLE told_units;
DROP TABLE tellings;
DROP TABLE handovers;
DROP TABLE preferences;
