package ledger

import (
	"cmp"
	"slices"

	"payung/domain/quota"
	"payung/models"
)

// How a unit stands with the list of a year.
const (
	AnswerNone  = "none"  // it has not answered, which is not zero
	AnswerNihil = "nihil" // it has signed that there is nobody
	AnswerList  = "list"
	AnswerOther = "receiver" // the receiver says it has the list
)

// AnswerKinds lists them.
func AnswerKinds() []string { return []string{AnswerNone, AnswerNihil, AnswerList, AnswerOther} }

// Shortfall is one unit beside what it should name.
type Shortfall struct {
	UnitID, UnitName, UnitKind, Kecamatan string
	ObligationID                          string // "": it owes no list of the year
	Answer                                string
	quota.Quota
	Set      bool // somebody has said how many
	Listed   int64
	SourceID string
}

// Missing is how many people the unit is short of its minimum.
func (s Shortfall) Missing() int64 { return s.Short(s.Listed) }

// Excess is how many people the unit has named beyond its ceiling.
func (s Shortfall) Excess() int64 { return s.Over(s.Listed) }

// Shortfalls is a year's units beside what they should name.
type Shortfalls struct {
	Period models.Period
	Rows   []Shortfall
	Totals ShortfallTotals
}

// ShortfallTotals sums over units.
type ShortfallTotals struct {
	Units, Set                       int   // in all, and with a quota
	Below, Above                     int   // under the minimum, over the ceiling
	Silent                           int   // below and not answered
	Minimum, Ceiling, Listed, Missed int64 // people
	Excess                           int64
}

// Shortfalls lists the units that owe a list of a year or should name people for
// it, by kecamatan and name, with the people listed by each.
func (tx *Tx) Shortfalls(agreementID, periodID string) (Shortfalls, error) {
	var out Shortfalls
	a, err := tx.Agreement(agreementID)
	if err != nil {
		return out, err
	}
	if out.Period, err = tx.period(a.ID, periodID); err != nil {
		return out, err
	}
	var quotas []models.Quota
	if err := tx.from("quotas").Where("period_id = ? AND known_to = 0", periodID).Find(&quotas).Error; err != nil {
		return out, wrap("quotas", err)
	}
	var duties []models.Obligation
	if err := tx.owingLists(periodID).Find(&duties).Error; err != nil {
		return out, wrap("duties", err)
	}
	rows := map[string]*Shortfall{}
	at := func(unit string) *Shortfall {
		if rows[unit] == nil {
			rows[unit] = &Shortfall{UnitID: unit, Answer: AnswerNone}
		}
		return rows[unit]
	}
	for _, o := range duties {
		s := at(o.UnitID)
		s.ObligationID, s.Answer = o.ID, answerOf(o)
	}
	for _, q := range quotas {
		s := at(q.UnitID)
		s.Quota, s.Set, s.SourceID = quotaOf(q), true, q.SourceID
	}
	if err := tx.nameShortfalls(a, periodID, rows); err != nil {
		return out, err
	}
	for _, s := range rows {
		out.Rows = append(out.Rows, *s)
		out.Totals.add(*s)
	}
	slices.SortFunc(out.Rows, func(x, y Shortfall) int {
		return cmp.Or(cmp.Compare(x.Kecamatan, y.Kecamatan), cmp.Compare(x.UnitName, y.UnitName), cmp.Compare(x.UnitID, y.UnitID))
	})
	return out, nil
}

func answerOf(o models.Obligation) string {
	switch {
	case o.State == StateClosed && o.ClosedHow == ByNihil:
		return AnswerNihil
	case o.State == StateClosed && o.ClosedHow == ByReceiver:
		return AnswerOther
	case o.State == StateClosed || o.State == StateSubmitted:
		return AnswerList
	}
	return AnswerNone
}

// nameShortfalls adds names and how many people each unit has listed.
func (tx *Tx) nameShortfalls(a models.Agreement, periodID string, rows map[string]*Shortfall) error {
	var units []models.Unit
	if err := tx.from("units").Where("party_id = ?", a.PemdaPartyID).Find(&units).Error; err != nil {
		return wrap("units", err)
	}
	names := make(map[string]string, len(units))
	for _, u := range units {
		names[u.ID] = u.Name
	}
	for _, u := range units {
		if s := rows[u.ID]; s != nil {
			s.UnitName, s.UnitKind = u.Name, u.Kind
			if u.Kind != "kecamatan" {
				s.Kecamatan = names[u.ParentID]
			}
		}
	}
	var counts []models.UnitCounter
	if err := tx.db.Where("period_id = ? AND state = 'listed'", periodID).Find(&counts).Error; err != nil {
		return wrap("counts", err)
	}
	for _, c := range counts {
		if s := rows[c.UnitID]; s != nil {
			s.Listed = c.People
		}
	}
	return nil
}

func (t *ShortfallTotals) add(s Shortfall) {
	t.Units++
	t.Listed += s.Listed
	if !s.Set {
		return
	}
	t.Set++
	t.Minimum += s.Minimum
	t.Ceiling += s.Ceiling
	t.Missed += s.Missing()
	t.Excess += s.Excess()
	if s.Missing() > 0 {
		t.Below++
		if s.Answer == AnswerNone {
			t.Silent++
		}
	}
	if s.Excess() > 0 {
		t.Above++
	}
}
