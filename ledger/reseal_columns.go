package ledger

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"payung/keyring"
)

// sealedColumn is a column whose values only the ring opens.
type sealedColumn struct {
	table, column string
	row           []string               // the columns that name a row, in their order
	about         func(row []any) string // what binds a value to its place
	named         bool                   // key_id beside it names the key; otherwise the value itself does
	window        int                    // rows to look at in one go
}

// sealedColumns lists the columns with something sealed. What stands here is
// sealed again when the key changes, and keeps the old key from being retired
// until then.
func sealedColumns() []sealedColumn {
	return []sealedColumn{
		{
			table: "persons", column: "nik_cipher", row: []string{"id"}, named: true, window: 1000,
			about: func(row []any) string { return fmt.Sprint(row[0]) },
		},
		{
			table: "roster_rows", column: "detail", row: []string{"id"}, window: 1000,
			about: func(row []any) string { return detailOf(fmt.Sprint(row[0])) },
		},
		{
			table: "movements", column: "note", row: []string{"id"}, window: 1000,
			about: func(row []any) string { return noteOf(fmt.Sprint(row[0])) },
		},
		{
			table: "objections", column: "content", row: []string{"id"}, window: 1000,
			about: func(row []any) string { return objectionOf(fmt.Sprint(row[0])) },
		},
		{
			table: "logos", column: "data", row: []string{"id"}, window: 50,
			about: func(row []any) string { return logoOf(fmt.Sprint(row[0])) },
		},
		{
			table: "letter_signers", column: "detail", row: []string{"id"}, window: 1000,
			about: func(row []any) string { return signerOf(fmt.Sprint(row[0])) },
		},
		{
			table: "letters", column: "body", row: []string{"id"}, window: 200,
			about: func(row []any) string { return letterOf(fmt.Sprint(row[0])) },
		},
		{
			table: "letters", column: "receipt", row: []string{"id"}, window: 1000,
			about: func(row []any) string { return deliveryOf(fmt.Sprint(row[0])) },
		},
		{
			table: "channels", column: "secret", row: []string{"id"}, window: 1000,
			about: func(row []any) string { return secretOf(fmt.Sprint(row[0])) },
		},
		{
			table: "chat_addresses", column: "address", row: []string{"id"}, window: 1000,
			about: func(row []any) string { return chatOf(fmt.Sprint(row[0])) },
		},
		{
			table: "enrolment_rows", column: "card", row: []string{"enrolment_id", "number"}, window: 1000,
			about: func(row []any) string { return cardPlace(fmt.Sprint(row[0]), row[1]) },
		},
		{
			table: "card_receipts", column: "receiver", row: []string{"id"}, window: 1000,
			about: func(row []any) string { return receiverOf(fmt.Sprint(row[0])) },
		},
		{
			table: "tallies", column: "grid", row: []string{"id"}, window: 8,
			about: func(row []any) string { return gridOf(fmt.Sprint(row[0])) },
		},
		{
			table: "upload_parts", column: "data", row: []string{"upload_id", "seq"}, window: 8,
			about: func(row []any) string { return partOf(fmt.Sprint(row[0]), int(row[1].(int64))) },
		},
		{table: "uploads", column: "digest", row: []string{"id"}, window: 1000, about: func([]any) string { return looseOf() }},
	}
}

// again seals a value with the newest key.
func (c sealedColumn) again(keys *keyring.Ring, sealed []byte, about string) ([]byte, error) {
	if c.named {
		nik, err := keys.OpenNIK(sealed, about)
		if err != nil {
			return nil, err
		}
		return keys.SealNIK(nik, about), nil
	}
	plain, err := keys.Open(sealed, about)
	if err != nil {
		return nil, err
	}
	defer clear(plain)
	return keys.Seal(plain, about), nil
}

// key is the SQL that tells which key a value is under.
func (c sealedColumn) key() string {
	if c.named {
		return "key_id"
	}
	return fmt.Sprintf("substr(%s, 2, %d)", c.column, keyring.TagSize)
}

// under is what key says for a key of the ring.
func (c sealedColumn) under(k keyring.Key) any {
	if c.named {
		return k.ID
	}
	return k.Tag
}

// sealedRow is a row as it is met on the way through a sealed column.
type sealedRow struct {
	row   []any
	key   string // as [sealedColumn.under] has it; "": nothing is in it
	value []byte // nil: not asked for
}

// sealedRows reads one window of a column: after a row, or from the beginning.
// Values come along where they are not under the key that but names; without
// one none do.
func (l *Ledger) sealedRows(ctx context.Context, c sealedColumn, after []any, but *keyring.Key) ([]sealedRow, error) {
	place := strings.Join(c.row, ", ")
	value, args := "NULL", []any(nil)
	if but != nil {
		value, args = fmt.Sprintf("CASE WHEN %s <> ? THEN %s END", c.key(), c.column), []any{c.under(*but)}
	}
	where := ""
	if after != nil {
		where = fmt.Sprintf("WHERE (%s) > (?%s)", place, strings.Repeat(", ?", len(after)-1))
		args = append(args, after...)
	}
	query := fmt.Sprintf("SELECT CASE WHEN length(%[1]s) > 0 THEN %[2]s END, %[3]s, %[4]s FROM %[5]s %[6]s ORDER BY %[4]s LIMIT %[7]d",
		c.column, c.key(), value, place, c.table, where, c.window)
	var out []sealedRow
	err := l.Read(ctx, System("keys"), func(tx *Tx) (err error) {
		out = out[:0]
		rows, err := tx.db.Raw(query, args...).Rows()
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, rows.Close()) }()
		for rows.Next() {
			r := sealedRow{row: make([]any, len(c.row))}
			var key []byte
			into := []any{&key, &r.value}
			for i := range r.row {
				into = append(into, &r.row[i])
			}
			if err := rows.Scan(into...); err != nil {
				return err
			}
			r.key = string(key)
			out = append(out, r)
		}
		return rows.Err()
	})
	return out, err
}
