package ledger

import (
	"payung/domain/calendar"
	"payung/domain/matter"
	"payung/weekly"
)

// holds finds the offices that keep others waiting: villages through their
// kecamatan, everybody else for themselves.
func (g *gathering) holds() error {
	missing, err := g.shortOf()
	if err != nil {
		return err
	}
	found := map[string]*matter.Hold{}
	var order []string
	for _, group := range g.cells.Groups {
		for _, r := range group.Rows {
			id, name := r.Unit.ID, r.Unit.Name
			if group.Name != "" {
				id, name = r.Unit.ParentID, group.Name
			}
			h := found[id]
			if h == nil {
				h = &matter.Hold{ID: id, Name: name}
				found[id], order = h, append(order, id)
			}
			h.Of++
			add(h, r, missing[r.Unit.ID])
		}
	}
	var all []matter.Hold
	for _, id := range order {
		if h := found[id]; h.Silent > 0 {
			all = append(all, *h)
		}
	}
	g.out.Holding, g.out.Holds = len(all), matter.Worst(all, weekly.MostHolds)
	ids := make([]string, len(g.out.Holds))
	for i, h := range g.out.Holds {
		ids[i] = h.ID
	}
	heads, err := g.tx.headPosts(ids)
	for i := range g.out.Holds {
		g.out.Holds[i].Head = heads[g.out.Holds[i].ID].Title
	}
	return err
}

// add counts one office of a hold. It is silent if it is late with anything, or
// was asked with a date and has not answered.
func add(h *matter.Hold, r UnitRow, people int64) {
	late, silent := calendar.Day(""), calendar.Day("")
	waits := false
	for _, c := range r.Cells {
		on := calendar.Day(c.Obligation.TargetOn)
		switch c.State {
		case CellLate:
			waits, late = true, earlier(late, on)
		case CellNoAnswer:
			waits, silent = true, earlier(silent, on)
		}
	}
	if !waits {
		return
	}
	h.Silent, h.People = h.Silent+1, h.People+people
	switch {
	case late != "" && h.Late == 0:
		h.Since = late
	case late != "":
		h.Since = earlier(h.Since, late)
	case h.Late == 0:
		h.Since = earlier(h.Since, silent)
	}
	if late != "" {
		h.Late++
	}
}

// earlier is the earlier of two days; no day is later than any.
func earlier(a, b calendar.Day) calendar.Day {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}

// shortOf is how many people each office is short of what it should name.
func (g *gathering) shortOf() (map[string]int64, error) {
	out := map[string]int64{}
	for _, year := range g.years {
		s, err := g.tx.Shortfalls(g.a.ID, year)
		if err != nil {
			return nil, err
		}
		for _, row := range s.Rows {
			out[row.UnitID] += row.Missing()
		}
	}
	return out, nil
}
