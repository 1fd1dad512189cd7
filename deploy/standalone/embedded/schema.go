package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/crc32"
	"strings"

	"go.temporal.io/server/common/persistence/sql/sqlplugin"
	"go.temporal.io/server/schema/sqlite"
)

// ErrSchema says that the file was not made with the schema of this version of
// the server. There is no way to upgrade one: move it away and begin with a new
// file.
var ErrSchema = errors.New("the Temporal store has another schema")

// applySchema makes the tables of an empty file in one transaction, so that a
// crash leaves either none or all, and refuses a file with other tables. The
// checksum of the schema is kept in the file as its user version.
func (st *store) applySchema(ctx context.Context) error {
	var want recorder
	if err := sqlite.SetupSchemaOnDB(&want); err != nil {
		return err
	}
	return st.query(ctx, func(tx *sql.Tx) error {
		var tables int
		var version int32
		err := tx.QueryRowContext(ctx, `SELECT count(*), (SELECT user_version FROM pragma_user_version) FROM sqlite_master`).
			Scan(&tables, &version)
		switch {
		case err != nil:
			return err
		case tables == 0:
			return want.apply(ctx, tx)
		case version != want.version():
			return ErrSchema
		}
		return nil
	})
}

// recorder notes the statements of the schema instead of executing them. The
// server's package hands out its schema in no other way.
type recorder struct {
	sqlplugin.AdminDB
	statements []string
}

// Exec notes one statement.
func (r *recorder) Exec(statement string, _ ...any) error {
	r.statements = append(r.statements, statement)
	return nil
}

func (r *recorder) version() int32 {
	return int32(crc32.ChecksumIEEE([]byte(strings.Join(r.statements, ";"))))
}

func (r *recorder) apply(ctx context.Context, tx *sql.Tx) error {
	for _, statement := range r.statements {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", r.version()))
	return err
}
