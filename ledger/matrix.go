package ledger

import (
	"cmp"
	"slices"
	"time"

	"payung/domain/calendar"
	"payung/models"
)

// States of a unit's duty as a page shows them.
const (
	CellNone          = "" // the unit does not owe this
	CellAnswered      = "answered"
	CellReceiver      = "receiver" // closed by who received it
	CellDone          = "done"
	CellNihil         = "nihil"
	CellSubmitted     = "submitted"
	CellLate          = "late"
	CellNoAnswer      = "no_answer"
	CellNotRegistered = "not_registered"
	CellPaused        = "paused"
)

// CellStates lists all of them, the worst first.
func CellStates() []string {
	return []string{CellLate, CellNoAnswer, CellNotRegistered, CellPaused, CellSubmitted, CellNihil, CellDone, CellReceiver, CellAnswered}
}

// Matrix is units against what they owe, with its totals.
type Matrix struct {
	Columns []Column
	Groups  []UnitGroup
	Units   int
}

// Column is one thing that units owe.
type Column struct {
	Kind   string
	Group  string
	Year   int    // of the period; 0: of no year
	Text   string // the decision that ordered it, if one did
	Totals Tally
}

// Tally counts units by state.
type Tally map[string]int

// All is how many are counted.
func (t Tally) All() int {
	n := 0
	for _, k := range t {
		n += k
	}
	return n
}

// UnitGroup is the units of one kecamatan, or of one kind that lies in none.
type UnitGroup struct {
	Name   string // of the kecamatan; "": see Kind
	Kind   string
	Rows   []UnitRow
	Owes   []bool // by column: whether any of them owes it
	Totals Tally  // of all columns
}

// UnitRow is one unit with a cell for each column.
type UnitRow struct {
	Unit   models.Unit
	Cells  []Cell
	People People
	Until  calendar.Day // paid up to
}

// Cell is what one unit owes in one column.
type Cell struct {
	State      string
	Obligation models.Obligation
	DaysLate   int
	Noticed    calendar.Day     // the first dated notice
	Statement  models.Statement // behind a nihil
	Asked      calendar.Day     // more time is asked for, until then; "": it is not
}

// column tells duties apart: each year's list, and each decision's task.
type column struct{ kind, group, period, order string }

func columnOf(o models.Obligation) column {
	c := column{kind: o.Kind, group: o.GroupCode, period: o.PeriodID}
	if o.PeriodID == "" {
		c.order = o.OrderedByID
	}
	return c
}

// matrix sets units against what they owe.
func (v *view) matrix(out *Overview) error {
	duties, err := v.tx.ObligationsAsOf(v.a.ID, v.on, time.Time{})
	if err != nil {
		return err
	}
	duties = slices.DeleteFunc(duties, func(o models.Obligation) bool { return o.UnitID == "" || o.State == StateCancelled })
	people, err := v.peopleByUnit(out.Today)
	if err != nil {
		return err
	}
	statements, err := v.tx.statements(v.a.ID)
	if err != nil {
		return err
	}
	asked := map[string]calendar.Day{}
	if v.on == "" { // of a past day it is not asked
		if asked, err = v.tx.WaitingExtensions(v.a.ID); err != nil {
			return err
		}
	}
	texts := map[string]string{}
	decisions, err := v.tx.MeetingDecisions(v.a.ID)
	if err != nil {
		return err
	}
	for _, d := range decisions {
		texts[d.ID] = d.Text
	}
	years := map[string]int{}
	for _, p := range out.Periods {
		years[p.ID] = p.Year
	}
	index := map[column]int{}
	for _, o := range duties {
		k := columnOf(o)
		if _, ok := index[k]; !ok {
			index[k] = len(out.Matrix.Columns)
			out.Matrix.Columns = append(out.Matrix.Columns, Column{Kind: o.Kind, Group: o.GroupCode, Year: years[o.PeriodID], Text: texts[o.OrderedByID], Totals: Tally{}})
		}
	}
	rows := map[string]*UnitRow{}
	for _, o := range duties {
		row := rows[o.UnitID]
		if row == nil {
			row = &UnitRow{Unit: v.units[o.UnitID], Cells: make([]Cell, len(index)), People: people[o.UnitID].People, Until: people[o.UnitID].until}
			rows[o.UnitID] = row
		}
		i := index[columnOf(o)]
		row.Cells[i] = out.cell(o)
		row.Cells[i].Asked = asked[o.ID]
		if row.Cells[i].State == CellNihil {
			row.Cells[i].Statement = statements[o.ID]
		}
		out.Matrix.Columns[i].Totals[row.Cells[i].State]++
	}
	out.Matrix.Groups, out.Matrix.Units = v.grouped(rows), len(rows)
	return nil
}

// cell judges one duty by the day shown.
func (o *Overview) cell(d models.Obligation) Cell {
	c := Cell{Obligation: d}
	if d.NoticedAt > 0 {
		c.Noticed = o.Zone.DayOf(time.UnixMicro(d.NoticedAt))
	}
	switch {
	case d.State == StateClosed:
		c.State = map[string]string{ByNihil: CellNihil, ByReceiver: CellReceiver, ByDone: CellDone}[d.ClosedHow]
		if c.State == "" {
			c.State = CellAnswered
		}
	case d.State == StateSubmitted:
		c.State = CellSubmitted
	case d.PausedAt != 0:
		c.State = CellPaused
	case d.TargetOn != "" && calendar.Day(d.TargetOn) < o.Today && !o.Agreement.Historical:
		c.State, c.DaysLate = CellLate, o.Today.Sub(calendar.Day(d.TargetOn))
	case d.NoticedAt > 0:
		c.State = CellNoAnswer
	default:
		c.State = CellNotRegistered
	}
	return c
}

// grouped puts villages under their kecamatan and everything else under its
// kind: offices first, then kecamatan by name.
func (v *view) grouped(rows map[string]*UnitRow) []UnitGroup {
	groups := map[string]*UnitGroup{}
	var order []string
	for _, row := range rows {
		parent := v.units[row.Unit.ParentID]
		key := row.Unit.Kind
		if parent.ID != "" && parent.Kind == "kecamatan" {
			key = parent.ID
		}
		g := groups[key]
		if g == nil {
			g = &UnitGroup{Kind: row.Unit.Kind, Owes: make([]bool, len(row.Cells)), Totals: Tally{}}
			if key == parent.ID {
				g.Name = parent.Name
			}
			groups[key] = g
			order = append(order, key)
		}
		g.Rows = append(g.Rows, *row)
		for i, c := range row.Cells {
			if c.State != CellNone {
				g.Owes[i] = true
				g.Totals[c.State]++
			}
		}
	}
	out := make([]UnitGroup, 0, len(order))
	for _, key := range order {
		g := groups[key]
		slices.SortFunc(g.Rows, func(a, b UnitRow) int {
			return cmp.Or(cmp.Compare(a.Unit.Name, b.Unit.Name), cmp.Compare(a.Unit.ID, b.Unit.ID))
		})
		out = append(out, *g)
	}
	slices.SortFunc(out, func(a, b UnitGroup) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), -cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Rows[0].Unit.ID, b.Rows[0].Unit.ID))
	})
	return out
}

type unitPeople struct {
	People
	until calendar.Day
}

// peopleByUnit counts people of the year each line is in, by unit.
func (v *view) peopleByUnit(today calendar.Day) (map[string]unitPeople, error) {
	years := runningYears(v.facts.periods[v.a.ID], today)
	var list []struct {
		UnitID, State, Until string
		People               int64
	}
	err := v.tx.db.Table("(?) AS s", v.tx.statusesOn(v.on).Where("period_id IN ?", years)).Where("s.nth = 1").
		Select("s.unit_id, s.state, s.until, s.people").Order("s.unit_id, s.state").Scan(&list).Error
	out := map[string]unitPeople{}
	for _, r := range list {
		p := out[r.UnitID]
		p.add(r.State, r.People)
		if r.State == "paid" {
			p.until = calendar.Day(r.Until)
		}
		out[r.UnitID] = p
	}
	return out, wrap("people by unit", err)
}
