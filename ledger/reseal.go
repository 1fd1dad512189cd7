package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"payung/models"
)

// resealing is how far one pass over the sealed columns has come. A pass that
// is cut short begins again: rows that others wrote behind its back are found
// by the next one.
type resealing struct {
	column int
	after  []any
	again  int64
	lost   int64     // rows that no key of the ring opens
	rest   time.Time // no pass before that
}

// restAfter is how long the resealer rests once it has found nothing to do: to
// look at ten million rows takes a minute.
const restAfter = time.Hour

// Resealer is the work of a loop that moves everything sealed to the newest
// key, some rows in each turn. With one key it does nothing.
func (l *Ledger) Resealer() func(context.Context, *Hold) (more bool, err error) {
	var at resealing
	return func(ctx context.Context, h *Hold) (bool, error) {
		if at.column == 0 && at.after == nil && (!l.twoKeys() || l.now().Before(at.rest)) {
			return false, nil
		}
		columns := sealedColumns()
		done, err := l.reseal(ctx, h, columns[at.column], &at)
		if err != nil || !done {
			return err == nil, err
		}
		at.column, at.after = at.column+1, nil
		if at.column < len(columns) {
			return true, nil
		}
		pass := at
		if at = (resealing{}); pass.again == 0 {
			at.rest = l.now().Add(restAfter)
		}
		return false, l.resealed(ctx, h, pass)
	}
}

// twoKeys reports whether anything can be under another key than the newest.
func (l *Ledger) twoKeys() bool {
	n := 0
	for _, k := range l.keys.Keys() {
		if !k.Retired {
			n++
		}
	}
	return n > 1
}

// reseal deals with the next rows of a column and reports whether they were
// the last.
func (l *Ledger) reseal(ctx context.Context, h *Hold, c sealedColumn, at *resealing) (done bool, err error) {
	newest := l.keys.Keys()[0]
	rows, err := l.sealedRows(ctx, c, at.after, &newest)
	if err != nil {
		return false, err
	}
	var again, lost int64
	write := func(tx *Tx) error {
		again, lost = 0, 0
		if err := tx.mustSealWith(newest.ID); err != nil {
			return err
		}
		for _, r := range rows {
			if len(r.value) == 0 {
				continue
			}
			fresh, err := c.again(l.keys, r.value, c.about(r.row))
			if err != nil {
				lost++
				continue
			}
			if err := tx.reseal(c, r, fresh, newest.ID); err != nil {
				return err
			}
			again++
		}
		return nil
	}
	if slices.ContainsFunc(rows, func(r sealedRow) bool { return len(r.value) > 0 }) {
		if err := h.Write(ctx, write); err != nil {
			return false, err
		}
	}
	at.again, at.lost = at.again+again, at.lost+lost
	if len(rows) > 0 {
		at.after = rows[len(rows)-1].row
	}
	return len(rows) < c.window, nil
}

// mustSealWith stops a process that has not heard of the newest key from
// undoing what the others do.
func (tx *Tx) mustSealWith(keyID string) error {
	var e models.Engine
	if err := tx.db.Take(&e, 1).Error; err != nil {
		return err
	}
	if e.KeyID != keyID {
		return fmt.Errorf("ledger: key %s seals here by now, and this process still has %s: start it again", e.KeyID, keyID)
	}
	return nil
}

// reseal replaces a value unless somebody else has meanwhile.
func (tx *Tx) reseal(c sealedColumn, r sealedRow, fresh []byte, keyID string) error {
	set, args := c.column+" = ?", []any{fresh}
	if c.named {
		set, args = set+", key_id = ?", append(args, keyID)
	}
	where := strings.Join(c.row, " = ? AND ") + " = ? AND " + c.column + " = ?"
	args = append(append(args, r.row...), r.value)
	return tx.db.Exec("UPDATE "+c.table+" SET "+set+" WHERE "+where, args...).Error
}

// resealed writes down what a pass has done.
func (l *Ledger) resealed(ctx context.Context, h *Hold, pass resealing) error {
	if pass.lost > 0 {
		l.log.ErrorContext(ctx, "some rows are sealed under no key of the key file", "rows", pass.lost)
	}
	if pass.again == 0 {
		return nil
	}
	return h.Write(ctx, func(tx *Tx) error {
		return tx.audit("key.resealed", "key", l.keys.ID(), models.Scope{}, map[string]any{"rows": pass.again, "unopened": pass.lost})
	})
}
