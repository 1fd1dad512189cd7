package ledger

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"payung/models"
)

const uniqueViolation = "23505"

// copyRows takes rows in by COPY, the fastest way over the wire. Who is known
// already is asked first; should somebody else bring in the same people at the
// same moment, the rows go in one by one instead. It reports how many it put on
// the roster.
func (tx *Tx) copyRows(r models.Roster, in []staged) (int64, error) {
	crossed := false
	err := tx.conn.Raw(func(driver any) error {
		c, ok := driver.(*stdlib.Conn)
		if !ok {
			return errors.New("ledger: this driver cannot copy")
		}
		b := bulk{tx: tx, conn: c.Conn(), roster: r}
		err := b.take(tx.ctx, in)
		if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.Code == uniqueViolation {
			crossed = true
			_, err = c.Conn().Exec(tx.ctx, "ROLLBACK TO SAVEPOINT bulk")
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	if crossed {
		return tx.insertRows(r, in)
	}
	return int64(len(in)), nil
}

// bulk is rows on their way into one roster.
type bulk struct {
	tx     *Tx
	conn   *pgx.Conn
	roster models.Roster
}

func (b bulk) take(ctx context.Context, in []staged) error {
	known, err := b.known(ctx, in)
	if err != nil {
		return err
	}
	if _, err := b.conn.Exec(ctx, "SAVEPOINT bulk"); err != nil {
		return err
	}
	fresh := make([]int, 0, len(in))
	for i := range in {
		if !known[i] {
			fresh = append(fresh, i)
		}
	}
	if err := b.copy(ctx, "persons", personColumns, len(fresh), func(i int) []any { return b.tx.personValues(b.roster, &in[fresh[i]]) }); err != nil {
		return err
	}
	return b.copy(ctx, "roster_rows", placeColumns, len(in), func(i int) []any { return b.tx.placeValues(b.roster, &in[i]) })
}

// known gives rows the IDs of people who are known already, and reports which
// they are.
func (b bulk) known(ctx context.Context, in []staged) ([]bool, error) {
	indexes, found := make([][]byte, len(in)), make([]bool, len(in))
	for i := range in {
		indexes[i] = in[i].index
	}
	// A subquery for each, because a join might read all persons: the planner
	// knows nothing of an array.
	rows, err := b.conn.Query(ctx, `SELECT n, id FROM (SELECT n, (SELECT p.id FROM persons p WHERE p.province_code = $1 AND p.regency_code = $2 AND p.nik_index = i) AS id
		FROM unnest($3::bytea[]) WITH ORDINALITY AS t (i, n)) k WHERE id IS NOT NULL`, b.roster.ProvinceCode, b.roster.RegencyCode, indexes)
	if err != nil {
		return nil, err
	}
	var n int
	var id string
	_, err = pgx.ForEachRow(rows, []any{&n, &id}, func() error {
		in[n-1].personID, found[n-1] = id, true
		return nil
	})
	return found, err
}

func (b bulk) copy(ctx context.Context, table string, columns []string, n int, values func(int) []any) error {
	_, err := b.conn.CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromSlice(n, func(i int) ([]any, error) { return values(i), nil }))
	return err
}
