package contribution

import (
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

// FineRule is the fine for paying late, for each month of lateness.
type FineRule struct {
	ID         string `json:"id"`
	Hundredths int64  `json:"hundredths"` // of a per cent a month; 0: no fine exists
	Scope
	worker.Provenance
}

// Late is a contribution paid late.
type Late struct {
	Segment worker.Segment
	Month   calendar.Month // contributed for
	Amount  rupiah.Amount  // owed
	Months  int64          // of lateness, begun ones counted as the caller decides
	Payer   worker.Payer
	// FinePublic charges public money too. The law is written for employers
	// other than state bodies, so without it no budget is fined, nor is an
	// unknown payer.
	FinePublic bool
	Rounding   rupiah.Rounding // empty: half up
}

// Fine is the fine for a late contribution. If there is none, Note says why.
type Fine struct {
	Amount     rupiah.Amount
	Hundredths int64 // applied, of a per cent a month
	Rule       string
	Note       worker.Note
	worker.Provenance
}

// Fine computes the fine for a late contribution. Own-account workers are never
// fined, their membership lapses instead (see [Table.BPUPeriods]).
func (t *Table) Fine(l Late) (Fine, error) {
	if err := t.checkLate(l); err != nil {
		return Fine{}, err
	}
	r, err := find(t.FineRules, l.Segment, l.Month)
	if err != nil {
		return Fine{}, err
	}
	fine := Fine{Rule: r.version(r.ID), Provenance: r.Provenance}
	switch {
	case r.Hundredths == 0:
		fine.Note.Key = "no_fine_in_segment"
		return fine, nil
	case !l.FinePublic && (l.Payer == "" || l.Payer.Public()):
		fine.Note.Key = "fine_off_for_public_money"
		return fine, nil
	}
	if l.Rounding == "" {
		l.Rounding = rupiah.HalfUp
	}
	fine.Hundredths = r.Hundredths
	fine.Amount, err = rupiah.MulRate(l.Amount, r.Hundredths*l.Months, l.Rounding)
	if err != nil {
		return Fine{}, tooLarge()
	}
	fine.Note = worker.Note{Key: "fine_per_month", Params: map[string]string{
		"hundredths": whole(r.Hundredths), "months": whole(l.Months), "amount": whole(l.Amount),
	}}
	return fine, nil
}

// checkLate bounds the months to a century, which also keeps the rate small.
func (t *Table) checkLate(l Late) error {
	if l.Months < 0 || l.Months > 1200 {
		return fault.New(fault.Invalid, BadCount, "%d is no number of months of lateness", l.Months).With("count", whole(l.Months))
	}
	if l.Amount < 0 {
		return fault.New(fault.Invalid, NegativeAmount, "a late contribution cannot be negative")
	}
	if l.Payer != "" && !l.Payer.Known() {
		return unknown(UnknownPayer, "payer", l.Payer)
	}
	if !knownRounding(l.Rounding) {
		return unknown(UnknownRounding, "rounding", l.Rounding)
	}
	return t.checkMonth(l.Month)
}
