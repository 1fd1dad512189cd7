package contribution

import (
	"slices"

	"payung/domain/fault"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

// items are the lines of one programme: none if it was not asked for.
func (t *Table) items(q Query, p worker.Programme, base rupiah.Amount, explain string) ([]Item, error) {
	if !slices.Contains(q.Programmes, p) {
		return nil, nil
	}
	var items []Item
	for _, r := range t.Rates {
		if !r.applies(q, p) {
			continue
		}
		it, err := r.item(base, q.Rounding, explain)
		if err != nil {
			return nil, err
		}
		if err := t.relieve(&it, q); err != nil {
			return nil, err
		}
		items = append(items, it)
	}
	if len(items) == 0 {
		return nil, fault.New(fault.Invalid, NoRate, "no rate of %s for %s is known in %s", p, q.Segment, q.Month).
			With("programme", string(p)).With("month", string(q.Month))
	}
	return items, nil
}

func (r Rate) applies(q Query, p worker.Programme) bool {
	return r.Programme == p && r.Segment == q.Segment && r.Holds(q.Month) &&
		(r.Risk == "" || r.Risk == q.Risk) &&
		(r.JKP == "" || (r.JKP == "in") == q.JKP)
}

func (r Rate) item(base rupiah.Amount, rounding rupiah.Rounding, explain string) (Item, error) {
	it := Item{Programme: r.Programme, Share: r.Share, Rule: r.version(r.ID), Provenance: r.Provenance}
	if r.Flat > 0 {
		it.Full, it.Amount = r.Flat, r.Flat
		it.Explain = []worker.Note{{Key: "flat_amount", Params: map[string]string{"amount": whole(r.Flat)}}}
		return it, nil
	}
	full, err := rupiah.MulRate(base, r.Hundredths, rounding)
	if err != nil {
		return Item{}, tooLarge()
	}
	it.Hundredths, it.Base, it.Full, it.Amount = r.Hundredths, base, full, full
	it.Explain = []worker.Note{{Key: explain, Params: map[string]string{"hundredths": whole(r.Hundredths), "base": whole(base)}}}
	if r.Note != "" {
		it.Explain = append(it.Explain, worker.Note{Key: r.Note})
	}
	return it, nil
}
