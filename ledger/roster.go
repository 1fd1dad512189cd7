package ledger

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/nik"
	"payung/domain/region"
	"payung/domain/worker"
	"payung/models"
)

// RosterInput is a unit's list of names.
type RosterInput struct {
	Rows []RosterRowInput
	On   string // when it was handed in; "": today
}

// RosterRowInput is one person on a list.
type RosterRowInput struct {
	NIK  string
	Name string
	Born string
	Sex  string
	Wage int64
}

// RowFinding is what is wrong or odd about one row. It never holds digits of
// a NIK.
type RowFinding struct {
	Row   int    // 1-based
	Field string // nik, name, born, …
	Level string // error, warning, info
	Code  string
}

// RosterResult is what became of a list.
type RosterResult struct {
	Roster   models.Roster
	Findings []RowFinding
}

// maxRows bounds a list handed in as JSON; larger ones come as files.
const maxRows = 10_000

// SubmitRoster records a unit's list of names as a new version and answers the
// duty. Rows with errors refuse the whole list, with every finding; warnings
// are kept with the row.
func (tx *Tx) SubmitRoster(obligationID string, in RosterInput) (RosterResult, error) {
	var out RosterResult
	o, a, err := tx.own(obligationID)
	if err != nil {
		return out, err
	}
	on := tx.today(a.Zone)
	if in.On != "" {
		if on, err = checkDay("on", in.On); err != nil {
			return out, err
		}
	}
	switch {
	case o.Kind != KindRoster:
		return out, fault.New(fault.Conflict, "not_a_roster", "this obligation does not ask for a list of names")
	case o.State == StateCancelled:
		return out, notOpen(o)
	case len(in.Rows) == 0:
		return out, fault.New(fault.Invalid, "empty_roster", "a list without names is a signed nihil statement, not a list").On("rows")
	case len(in.Rows) > maxRows:
		return out, fault.New(fault.TooLarge, "too_many_rows", "a list may hold %d rows at most", maxRows).On("rows")
	}
	group, _ := worker.Find(o.GroupCode)
	people, findings, err := tx.readRows(a, group, in.Rows, on)
	out.Findings = findings
	if err != nil {
		return out, err
	}
	return tx.keepRoster(a, o, in, people, findings, on)
}

// readRows checks every row. One with an error refuses them all; what was found
// comes back either way.
func (tx *Tx) readRows(a models.Agreement, g worker.Group, rows []RosterRowInput, on calendar.Day) ([]models.Person, []RowFinding, error) {
	people := make([]models.Person, 0, len(rows))
	var found []RowFinding
	seen := map[nik.NIK]int{}
	known := func(code string) bool { _, ok := region.Find(code); return ok }
	for i, r := range rows {
		at := func(field, level, code string) {
			found = append(found, RowFinding{Row: i + 1, Field: field, Level: level, Code: code})
		}
		n, info, findings := nik.Parse(r.NIK, on)
		if !n.IsZero() {
			stated := nik.Stated{Born: calendar.Day(r.Born), Sex: nik.Sex(r.Sex)}
			findings = append(findings, nik.Check(info, stated, known)...)
		}
		for _, f := range findings {
			at("nik", string(f.Level), string(f.Code))
		}
		if first, twice := seen[n]; twice && !n.IsZero() {
			at("nik", "error", "duplicate_of_row_"+strconv.Itoa(first))
		}
		seen[n] = i + 1
		if strings.TrimSpace(r.Name) == "" || len(r.Name) > 200 {
			at("name", "error", "missing")
		}
		if r.Born != "" && !calendar.Day(r.Born).Valid() {
			at("born", "error", "bad_date")
		}
		if r.Wage < 0 || r.Wage > maxMoney {
			at("wage", "error", "bad_amount")
		}
		born := calendar.Day(r.Born)
		if born == "" {
			born = info.Born
		}
		if born.Valid() && g.Code != "" {
			for _, f := range g.Eligible(born, on) {
				at("born", string(f.Level), f.Code)
			}
		}
		people = append(people, tx.sealed(a, n, r, born))
	}
	for _, f := range found {
		if f.Level == "error" {
			return nil, found, fault.New(fault.Invalid, "rows_with_errors", "some rows cannot be accepted; nothing was stored").On("rows")
		}
	}
	return people, found, nil
}

func (tx *Tx) keepRoster(a models.Agreement, o models.Obligation, in RosterInput, people []models.Person, found []RowFinding, on calendar.Day) (RosterResult, error) {
	ids, err := tx.persons(a, people)
	if err != nil {
		return RosterResult{}, err
	}
	elsewhere, err := tx.listedElsewhere(o, ids)
	if err != nil {
		return RosterResult{}, err
	}
	for i, p := range people {
		if elsewhere[ids[string(p.NIKIndex)]] {
			found = append(found, RowFinding{Row: i + 1, Field: "nik", Level: "warning", Code: ListedElsewhere})
		}
	}
	slices.SortStableFunc(found, func(a, b RowFinding) int { return cmp.Compare(a.Row, b.Row) })
	var last int
	if err := tx.db.Model(&models.Roster{}).Where("obligation_id = ?", o.ID).Select("COALESCE(MAX(version), 0)").Scan(&last).Error; err != nil {
		return RosterResult{}, err
	}
	digest := sha256.New()
	r := models.Roster{
		ID: newID(), Scope: o.Scope, AgreementID: a.ID, LineID: o.LineID, PeriodID: o.PeriodID, ObligationID: o.ID, Version: last + 1,
		People: int64(len(people)), OnDay: string(on), Actor: tx.actor.Name, CreatedAt: tx.micros(),
	}
	warned := map[int][]string{}
	for _, f := range found {
		warned[f.Row] = append(warned[f.Row], f.Code)
	}
	rows := make([]models.RosterRow, len(people))
	for i, p := range people {
		id := ids[string(p.NIKIndex)]
		rows[i] = models.RosterRow{
			ID: newID(), Scope: o.Scope, RosterID: r.ID, PersonID: id, Name: p.Name, Born: p.Born, Wage: in.Rows[i].Wage, Findings: strings.Join(warned[i+1], ","),
		}
		digest.Write(p.NIKIndex)
		digest.Write([]byte(itoa(in.Rows[i].Wage)))
	}
	r.Digest = digest.Sum(nil)
	if err := insert(tx, []models.Roster{r}); err != nil {
		return RosterResult{}, err
	}
	if err := insert(tx, rows); err != nil {
		return RosterResult{}, err
	}
	status := StatusInput{State: "listed", People: r.People, On: calendar.On(on)}
	if err := tx.addStatus(a, o.LineID, o.PeriodID, o.UnitID, status); err != nil {
		return RosterResult{}, err
	}
	// A correction of a list that was in already closes nothing twice.
	if o.State != StateClosed {
		if err := tx.close(o, ByRoster, change{kind: "closed", on: on}); err != nil {
			return RosterResult{}, err
		}
	}
	return RosterResult{Roster: r, Findings: found}, tx.audit("roster.submitted", "obligation", o.ID, o.Scope,
		map[string]any{"roster": r.ID, "version": r.Version, "people": r.People})
}

// Rosters lists the versions of the list a duty was answered with.
func (tx *Tx) Rosters(obligationID string) ([]models.Roster, error) {
	var rows []models.Roster
	err := tx.from("rosters").Where("obligation_id = ?", obligationID).Order("version").Find(&rows).Error
	return rows, err
}
