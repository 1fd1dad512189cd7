package delivery_test

import (
	"database/sql"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver
	"github.com/stretchr/testify/require"

	"payung/delivery"
	"payung/domain/calendar"
	"payung/ledger"
)

// exec breaks something behind the ledger's back.
func (h *house) exec(query string, args ...any) {
	h.t.Helper()
	name, dsn := "pgx", h.url
	if path, ok := strings.CutPrefix(h.url, "sqlite://"); ok {
		name, dsn = "sqlite", path+"?_pragma=busy_timeout(10000)"
	}
	db, err := sql.Open(name, dsn)
	require.NoError(h.t, err)
	defer func() { require.NoError(h.t, db.Close()) }()
	_, err = db.ExecContext(h.t.Context(), query, args...)
	require.NoError(h.t, err)
}

// free is the price of what costs nothing.
func free(calendar.Day) int64 { return 0 }

// linksOf are the messages that wait to be sent by hand.
func linksOf(tx *ledger.Tx) ([]string, error) {
	found, err := delivery.Links(tx, 100)
	ids := make([]string, len(found))
	for i, l := range found {
		ids[i] = l.ID
	}
	return ids, err
}

func sentByHand(tx *ledger.Tx, id string) error { return delivery.LinkSent(tx, id) }
