package ledger

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"payung/models"
)

// SQL that takes in one row; prepared once for each batch.
var (
	insertPerson = inserting("persons", personColumns) + " ON CONFLICT (province_code, regency_code, nik_index) DO NOTHING"
	insertPlace  = inserting("roster_rows", placeColumns) + " ON CONFLICT (roster_id, person_id) DO NOTHING"
)

const findPerson = `SELECT id FROM persons WHERE province_code = $1 AND regency_code = $2 AND nik_index = $3`

func inserting(table string, columns []string) string {
	marks := make([]string, len(columns))
	for i := range marks {
		marks[i] = "$" + itoa(int64(i+1))
	}
	return "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES (" + strings.Join(marks, ", ") + ")"
}

// insertRows takes rows in one by one, which is the fast way where there is no
// wire in between. It reports how many it put on the roster.
func (tx *Tx) insertRows(r models.Roster, in []staged) (placed int64, err error) {
	var prepared [3]*sql.Stmt
	for i, q := range []string{insertPerson, findPerson, insertPlace} {
		if prepared[i], err = tx.db.Statement.ConnPool.PrepareContext(tx.ctx, q); err != nil { //nolint:sqlclosecheck // below, for each
			return 0, err
		}
		defer func() { err = errors.Join(err, prepared[i].Close()) }()
	}
	person, find, place := prepared[0], prepared[1], prepared[2]
	// The driver starts a goroutine to watch a context that can end, for each
	// statement; that the batch as a whole may end, its transaction sees.
	ctx := context.WithoutCancel(tx.ctx)
	for _, s := range in {
		fresh, err := affected(person.ExecContext(ctx, tx.personValues(r, &s)...))
		if err != nil {
			return placed, err
		}
		if fresh == 0 {
			if err := find.QueryRowContext(ctx, r.ProvinceCode, r.RegencyCode, s.index).Scan(&s.personID); err != nil {
				return placed, err
			}
		}
		n, err := affected(place.ExecContext(ctx, tx.placeValues(r, &s)...))
		if err != nil {
			return placed, err
		}
		placed += n
	}
	return placed, nil
}

func affected(r sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}
