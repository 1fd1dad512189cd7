-- +goose Up
ALTER TABLE engine ADD COLUMN index_check BLOB;

-- Who saw which NIK is one look into an index of its own; other entries do not
-- pay for it.
CREATE INDEX audit_revealed ON audit_entries (at) WHERE action = 'nik.revealed';

-- +goose Down
DROP INDEX audit_revealed;
ALTER TABLE engine DROP COLUMN index_check;
