package ledger

import (
	"context"
	"fmt"

	"payung/keyring"
)

// KeyUse is how much is sealed under one key.
type KeyUse struct {
	keyring.Key
	Rows int64 `json:"rows"`
}

// KeyUses counts the rows under each key, in the order of the ring. Those under
// keys that the ring does not have come last, as one without an ID. It goes
// through every row, which takes about a minute for each ten million.
func (l *Ledger) KeyUses(ctx context.Context) ([]KeyUse, error) {
	keys := l.keys.Keys()
	out := make([]KeyUse, len(keys)+1)
	for i, k := range keys {
		out[i].Key = k
	}
	for _, c := range sealedColumns() {
		place := map[string]int{"": -1}
		for i, k := range keys {
			if !k.Retired {
				place[fmt.Sprintf("%s", c.under(k))] = i
			}
		}
		c.window = 10_000 // of keys alone
		var after []any
		for {
			rows, err := l.sealedRows(ctx, c, after, nil)
			if err != nil {
				return nil, err
			}
			for _, r := range rows {
				i, known := place[r.key]
				switch {
				case !known:
					out[len(keys)].Rows++
				case i >= 0:
					out[i].Rows++
				}
			}
			if len(rows) < c.window {
				break
			}
			after = rows[len(rows)-1].row
		}
	}
	if out[len(keys)].Rows == 0 {
		out = out[:len(keys)]
	}
	return out, nil
}
