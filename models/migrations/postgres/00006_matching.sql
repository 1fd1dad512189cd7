-- +goose Up
CREATE TABLE matchings (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    period_id TEXT NOT NULL,
    named INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    source_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX matchings_period ON matchings (period_id);

-- +goose Down
DROP TABLE matchings;
