-- +goose Up
ALTER TABLE rosters ADD COLUMN listed_at BIGINT NOT NULL DEFAULT 0;

-- The hash of a file is sealed; what stood in its place becomes a keyed
-- fingerprint. What is still as it was is found by these.
ALTER TABLE uploads ADD COLUMN digest BYTEA NOT NULL DEFAULT ''::bytea;
CREATE INDEX uploads_bare ON uploads (id) WHERE length(digest) = 0;
CREATE INDEX persons_bare ON persons (id) WHERE length(nik_last4) = 4;

-- What readings have prepared is found, to be taken away if nobody wants it.
CREATE INDEX rosters_pending ON rosters (id) WHERE version = 0;
CREATE INDEX rosters_listed ON rosters (regency_code, listed_at);

-- Pages of a list follow the rows of its versions.
CREATE INDEX roster_rows_page ON roster_rows (roster_id, id);

-- +goose Down
DROP INDEX roster_rows_page;
DROP INDEX rosters_listed;
DROP INDEX rosters_pending;
DROP INDEX persons_bare;
DROP INDEX uploads_bare;
ALTER TABLE uploads DROP COLUMN digest;
ALTER TABLE rosters DROP COLUMN listed_at;
