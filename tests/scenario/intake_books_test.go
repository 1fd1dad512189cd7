package scenario_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the drivers, for a look past the program
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"payung/keyring"
	"payung/ledger"
)

// books are the tables of a ledger, past the program.
type books struct {
	t    testing.TB
	url  string // sqlite://… or postgres://…
	data string // folder beside which the key lies
}

// liteBooks are those of a data folder.
func liteBooks(tb testing.TB, data string) books {
	tb.Helper()
	return books{tb, "sqlite://" + filepath.Join(data, "ledger.db"), data}
}

// count asks for one number.
func (b books) count(query string, args ...any) (n int) {
	b.t.Helper()
	driver, dsn := "pgx", b.url
	if path, ok := strings.CutPrefix(b.url, "sqlite://"); ok {
		driver, dsn = "sqlite", "file:"+path+"?_pragma=busy_timeout(10000)"
	}
	db, err := sql.Open(driver, dsn)
	require.NoError(b.t, err)
	defer func() { require.NoError(b.t, db.Close()) }()
	require.NoError(b.t, db.QueryRowContext(b.t.Context(), query, args...).Scan(&n))
	return n
}

// balance checks what has to hold of lists whatever happened to the server: no
// person without a list, no place without a person, no version twice and none
// left out, as many people as were counted, and every sum as it is counted anew.
func (b books) balance() {
	b.t.Helper()
	for what, query := range map[string]string{
		"people on no list":           `SELECT COUNT(*) FROM persons p WHERE NOT EXISTS (SELECT 1 FROM roster_rows r WHERE r.person_id = p.id)`,
		"places of nobody":            `SELECT COUNT(*) FROM roster_rows r WHERE NOT EXISTS (SELECT 1 FROM persons p WHERE p.id = r.person_id)`,
		"places on no list":           `SELECT COUNT(*) FROM roster_rows r WHERE NOT EXISTS (SELECT 1 FROM rosters v WHERE v.id = r.roster_id)`,
		"persons stored twice":        `SELECT COUNT(*) FROM (SELECT 1 FROM persons GROUP BY regency_code, nik_index HAVING COUNT(*) > 1) t`,
		"standing twice on one list":  `SELECT COUNT(*) FROM (SELECT 1 FROM roster_rows r JOIN rosters v ON v.id = r.roster_id AND v.version > 0 WHERE r.removed_by = '' GROUP BY v.obligation_id, r.person_id HAVING COUNT(*) > 1) t`,
		"versions left out":           `SELECT COUNT(*) FROM (SELECT 1 FROM rosters WHERE version > 0 GROUP BY obligation_id HAVING MAX(version) <> COUNT(*)) t`,
		"lists of no reading":         `SELECT COUNT(*) FROM rosters v WHERE v.version = 0 AND NOT EXISTS (SELECT 1 FROM imports i WHERE i.roster_id = v.id AND i.state IN ('reading', 'ready', 'held', 'refused'))`,
		"readings counted wrong":      `SELECT COUNT(*) FROM imports i WHERE i.state = 'ready' AND i.good <> (SELECT COUNT(*) FROM roster_rows r WHERE r.roster_id = i.roster_id)`,
		"rows neither good nor bad":   `SELECT COUNT(*) FROM imports WHERE rows <> good + bad`,
		"findings of no reading":      `SELECT COUNT(*) FROM import_findings f WHERE NOT EXISTS (SELECT 1 FROM imports i WHERE i.id = f.import_id AND i.state <> 'dropped')`,
		"parts of no file":            `SELECT COUNT(*) FROM upload_parts p WHERE NOT EXISTS (SELECT 1 FROM uploads u WHERE u.id = p.upload_id)`,
		"files twice":                 `SELECT COUNT(*) FROM (SELECT 1 FROM uploads WHERE state <> 'receiving' GROUP BY regency_code, hash HAVING COUNT(*) > 1) t`,
		"open conflicts of one place": `SELECT COUNT(*) FROM conflicts c WHERE c.state = 'open' AND (SELECT COUNT(*) FROM conflict_sides s JOIN roster_rows r ON r.id = s.row_id AND r.removed_by = '' WHERE s.conflict_id = c.id) < 2`,
		"people a decision took away": `SELECT COUNT(*) FROM conflicts c WHERE c.state = 'decided' AND NOT EXISTS (SELECT 1 FROM conflict_sides s JOIN roster_rows r ON r.id = s.row_id AND r.removed_by = '' WHERE s.conflict_id = c.id)`,
	} {
		require.Zero(b.t, b.count(query), what)
	}
	keys, err := keyring.Load(b.data + ".key")
	require.NoError(b.t, err)
	l, err := ledger.Open(b.t.Context(), ledger.Options{Database: b.url, Keys: func(bool) (*keyring.Ring, error) { return keys, nil }})
	require.NoError(b.t, err)
	wrong, err := l.Recount(b.t.Context())
	require.NoError(b.t, err)
	require.Zero(b.t, wrong, "sums that differ from what they sum")
	require.NoError(b.t, l.Close())
}
