package ledger_test

import (
	"database/sql"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm/schema"

	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// column is what a table says about one of its columns.
type column struct {
	Family  string // text, number, truth, bytes
	NotNull bool
	Key     bool // part of the primary key
}

type table map[string]column

// families maps the type words of both engines and of models to one word.
var families = map[string]string{
	"TEXT": "text", "text": "text", "string": "text",
	"BIGINT": "number", "INTEGER": "number", "bigint": "number", "integer": "number", "int": "number",
	"BOOLEAN": "truth", "boolean": "truth", "bool": "truth",
	"BLOB": "bytes", "bytea": "bytes", "bytes": "bytes",
}

// modelled is what the models say the tables look like.
func modelled(t *testing.T) map[string]table {
	t.Helper()
	out := map[string]table{}
	for _, m := range models.Tables() {
		s, err := schema.Parse(m, &sync.Map{}, schema.NamingStrategy{})
		require.NoError(t, err)
		require.NotContains(t, out, s.Table, "two models of one table")
		out[s.Table] = table{}
		for _, f := range s.Fields {
			out[s.Table][f.DBName] = column{families[string(f.DataType)], f.NotNull || f.PrimaryKey, f.PrimaryKey}
		}
	}
	return out
}

// migrated is what the tables of a migrated database look like, with goose's
// own left out.
func migrated(t *testing.T, url string) (tables map[string]table, indexes map[string]string) {
	t.Helper()
	db := rawDB(t, url)
	sqlite := strings.HasPrefix(url, "sqlite")
	columns := `SELECT c.table_name, c.column_name, c.data_type, c.is_nullable = 'NO', EXISTS (
			SELECT 1 FROM information_schema.table_constraints k JOIN information_schema.key_column_usage u USING (constraint_schema, constraint_name)
			WHERE k.constraint_type = 'PRIMARY KEY' AND u.table_name = c.table_name AND u.column_name = c.column_name)
		FROM information_schema.columns c WHERE c.table_schema = 'public'`
	names := `SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT LIKE '%_pkey'`
	if sqlite {
		columns = `SELECT m.name, c.name, c.type, c."notnull", c.pk > 0 FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'`
		names = `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL`
	}
	tables = map[string]table{}
	each(t, db, columns, func(rows *sql.Rows) error {
		var name, field, kind string
		var c column
		if err := rows.Scan(&name, &field, &kind, &c.NotNull, &c.Key); err != nil {
			return err
		}
		if strings.HasPrefix(name, "goose_") || strings.HasPrefix(name, "sqlite_") {
			return nil
		}
		require.Contains(t, families, kind, "%s.%s", name, field)
		if c.Family = families[kind]; tables[name] == nil {
			tables[name] = table{}
		}
		tables[name][field] = c
		return nil
	})
	indexes = map[string]string{}
	each(t, db, names, func(rows *sql.Rows) error {
		var name, definition string
		err := rows.Scan(&name, &definition)
		unique, _, _ := strings.Cut(definition, " INDEX")
		indexes[name] = unique
		return err
	})
	return tables, indexes
}

func each(t *testing.T, db *sql.DB, query string, row func(*sql.Rows) error) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	for rows.Next() {
		require.NoError(t, row(rows))
	}
	require.NoError(t, rows.Err())
}

func TestMigrationsMakeTheTablesTheModelsDescribe(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		_, err := ledger.Migrate(t.Context(), url)
		require.NoError(t, err)
		have, _ := migrated(t, url)
		want := modelled(t)
		for name := range want {
			require.Equal(t, want[name], have[name], "table %s", name)
		}
		for name := range have {
			require.Contains(t, want, name, "a table without a model")
		}
	})
}

func TestBothEnginesHaveTheSameTablesAndIndexes(t *testing.T) {
	t.Parallel()
	urls := []string{testdb.SQLite(t), testdb.Postgres(t)}
	for _, url := range urls {
		_, err := ledger.Migrate(t.Context(), url)
		require.NoError(t, err)
	}
	tables, indexes := migrated(t, urls[0])
	otherTables, otherIndexes := migrated(t, urls[1])
	require.Equal(t, tables, otherTables)
	require.Equal(t, indexes, otherIndexes, "names and whether they are unique")
}

func TestMigratingAgainChangesNothing(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		applied, err := ledger.Migrate(t.Context(), url)
		require.NoError(t, err)
		require.Positive(t, applied)
		applied, err = ledger.Migrate(t.Context(), url)
		require.NoError(t, err)
		require.Zero(t, applied)
	})
}

// A scoped table is one that can be narrowed to an actor; every table that
// holds somebody's data is one, and the rest is named here with its reason.
func TestEveryTableIsScopedOrHasAReasonNotToBe(t *testing.T) {
	t.Parallel()
	reasons := map[string]string{
		"claim_documents": "reached through claims",
		"engine":          "about the installation",
		"leases":          "about the installation",
		"message_items":   "reached through messages",
		"outbox":          "agreement IDs for the relay",
		"idempotency":     "keyed by actor",
		"keys":            "wrapped keys",
		"upload_parts":    "reached through uploads",
		"letter_duties":   "reached through letters",
		"letter_posts":    "reached through letters",
		"import_findings": "reached through imports",
		"audit_heads":     "a hash for each chain",
		"unit_counters":   "reached through periods",
		"counter_deltas":  "reached through agreements",
		"rollups":         "reached through agreements",
		"daily_figures":   "reached through agreements",
		"uptimes":         "about the installation",
		"outages":         "about the installation",
		"clock":           "about the installation",
	}
	for name, columns := range modelled(t) {
		_, scoped := columns["regency_code"]
		_, reason := reasons[name]
		require.NotEqual(t, scoped, reason, "table %s", name)
	}
}
