package intake

import (
	"slices"

	"payung/domain/roster"
)

// Reserves are people named to take the place of refused ones.
type Reserves struct {
	Moved   int `json:"moved"`
	Waiting int `json:"waiting"`
}

// fill puts reserves on the list who take the place of refused people, as if
// they stood below the last row.
func (r *reader) fill(filled roster.Filled) {
	if len(filled.Moved) == 0 || r.Import.Position > r.last {
		return // nobody to put, or an earlier attempt has
	}
	r.batch.Position = r.last + 1
	for _, row := range r.reserves {
		if slices.Contains(filled.Moved, int(row.Number)) {
			r.batch.Rows = append(r.batch.Rows, row)
		}
	}
}
