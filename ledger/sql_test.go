package ledger_test

import (
	"database/sql"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
)

// rawDB opens a database behind the ledger's back, to damage or inspect it.
func rawDB(t *testing.T, url string) *sql.DB {
	t.Helper()
	driver, dsn := "pgx", url
	if path, ok := strings.CutPrefix(url, "sqlite://"); ok {
		driver, dsn = "sqlite", "file:"+path+"?_pragma=busy_timeout(10000)"
	}
	db, err := sql.Open(driver, dsn)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

func exec(t *testing.T, url, statement string) {
	t.Helper()
	_, err := rawDB(t, url).ExecContext(t.Context(), statement)
	require.NoError(t, err)
}

// freshDatabase is another empty database on the same engine.
func freshDatabase(t *testing.T, url string) string {
	t.Helper()
	if strings.HasPrefix(url, "sqlite") {
		return testdb.SQLite(t)
	}
	return testdb.Postgres(t)
}

// number reads one number behind the ledger's back.
func number(t *testing.T, url, query string) int {
	t.Helper()
	var n int
	require.NoError(t, rawDB(t, url).QueryRowContext(t.Context(), query).Scan(&n))
	return n
}
