package ledger

import (
	"context"
	"database/sql"
	"errors"

	"payung/models"
)

// SQL that takes in one row; prepared once for each batch.
const (
	insertPerson = `INSERT INTO persons (id, province_code, regency_code, unit_id, branch_id, nik_cipher, nik_index, nik_last4, key_id, name, born, sex, likeness, created_at)
		VALUES ($1, $2, $3, '', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (province_code, regency_code, nik_index) DO NOTHING`
	insertPlace = `INSERT INTO roster_rows (id, province_code, regency_code, unit_id, branch_id, roster_id, person_id, number, name, born, sex, wage, detail, content, from_day, to_day, leaving, removed_by, findings)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', '', '', $16) ON CONFLICT (roster_id, person_id) DO NOTHING`
	findPerson = `SELECT id FROM persons WHERE province_code = $1 AND regency_code = $2 AND nik_index = $3`
)

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
		fresh, err := affected(person.ExecContext(ctx, s.personID, r.ProvinceCode, r.RegencyCode, r.BranchID,
			s.cipher, s.index, s.last4, tx.l.keys.ID(), s.Name, string(s.Born), s.Sex, s.likeness, tx.micros()))
		if err != nil {
			return placed, err
		}
		if fresh == 0 {
			if err := find.QueryRowContext(ctx, r.ProvinceCode, r.RegencyCode, s.index).Scan(&s.personID); err != nil {
				return placed, err
			}
		}
		n, err := affected(place.ExecContext(ctx, s.rowID, r.ProvinceCode, r.RegencyCode, r.UnitID, r.BranchID, r.ID, s.personID,
			s.Number, s.Name, string(s.Born), s.Sex, s.Wage, s.detail, s.content, string(s.From), s.Findings))
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
