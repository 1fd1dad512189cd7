package contribution

import (
	"slices"

	"payung/domain/rupiah"
	"payung/domain/worker"
)

// Relief lets contributions of some months be paid in part.
type Relief struct {
	ID         string             `json:"id"`
	Programmes []worker.Programme `json:"programmes"`
	Sectors    []Sector           `json:"sectors,omitempty"` // empty: any
	// Pays is the part still owed, in hundredths of a per cent of the full,
	// rounded contribution.
	Pays int64 `json:"pays_hundredths"`
	// NotFor are payers the relief excludes, UnsettledFor those for whom nobody
	// has said. If either is given, an unknown payer is unsettled too.
	NotFor       []worker.Payer `json:"not_for,omitempty"`
	UnsettledFor []worker.Payer `json:"unsettled_for,omitempty"`
	Scope
	worker.Provenance
}

// verdicts on a relief for one item; they are keys of notes.
const (
	reliefApplied   = "relief_applied"
	reliefExcluded  = "relief_excludes_payer"
	reliefUnsettled = "relief_not_settled_for_payer"
)

// relieve reduces the item by the relief of the month, or notes why one that
// looks as if it applied does not. What is unsettled is owed in full.
func (t *Table) relieve(it *Item, q Query) error {
	for _, r := range t.Reliefs {
		if !r.concerns(*it, q) {
			continue
		}
		verdict := r.verdict(q.Payer)
		it.Explain = append(it.Explain, worker.Note{Key: verdict, Params: map[string]string{
			"relief": r.ID, "pays_hundredths": whole(r.Pays), "payer": string(q.Payer),
		}})
		if verdict != reliefApplied {
			continue
		}
		owed, err := rupiah.MulRate(it.Full, r.Pays, q.Rounding)
		if err != nil {
			return tooLarge()
		}
		it.Amount, it.Relief = owed, r.version(r.ID)
	}
	return nil
}

func (r Relief) concerns(it Item, q Query) bool {
	sector := q.Sector
	if sector == "" {
		sector = OtherSector
	}
	return r.covers(q.Segment, q.Month) && slices.Contains(r.Programmes, it.Programme) &&
		(len(r.Sectors) == 0 || slices.Contains(r.Sectors, sector))
}

func (r Relief) verdict(p worker.Payer) string {
	anybody := len(r.NotFor) == 0 && len(r.UnsettledFor) == 0
	switch {
	case slices.Contains(r.NotFor, p):
		return reliefExcluded
	case slices.Contains(r.UnsettledFor, p), p == "" && !anybody:
		return reliefUnsettled
	default:
		return reliefApplied
	}
}
