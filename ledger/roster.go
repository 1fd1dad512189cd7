package ledger

import (
	"cmp"
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
	Rows     []RosterRowInput
	On       string // when it was handed in; "": today
	OnBehalf string // of whom, in words
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

// ListedElsewhere is the warning that somebody on a list stands on another one
// of the same kabupaten and year. It never says on which.
const ListedElsewhere = "listed_elsewhere"

func notARoster() error {
	return fault.New(fault.Conflict, "not_a_roster", "this obligation does not ask for a list of names")
}

// maxRows bounds a list handed in as JSON; larger ones come as files.
const maxRows = 10_000

// SubmitRoster records a unit's whole list of names as a new version and
// answers the duty: whoever is not in it any more is struck. Rows with errors
// refuse the whole list, with every finding; warnings are kept with the row.
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
		return out, notARoster()
	case o.State == StateCancelled:
		return out, notOpen(o)
	case len(in.Rows) == 0:
		return out, emptyRoster().On("rows")
	case len(in.Rows) > maxRows:
		return out, fault.New(fault.TooLarge, "too_many_rows", "a list may hold %d rows at most", maxRows).On("rows")
	}
	group, _ := worker.Find(o.GroupCode)
	rows, findings, err := readRows(group, in.Rows, on)
	out.Findings = findings
	if err != nil {
		return out, err
	}
	r := tx.pending(o, "list", on)
	r.OnBehalf = inWords(in.OnBehalf)
	if err := insert(tx, []models.Roster{r}); err != nil {
		return out, err
	}
	if _, err := tx.stage(r, rows); err != nil {
		return out, err
	}
	var there []int64 // on another list of the year
	if err := tx.db.Raw(`SELECT n.number FROM roster_rows n WHERE n.roster_id = ? AND `+elsewhere+` ORDER BY n.number`, r.ID, o.ID, o.PeriodID).Scan(&there).Error; err != nil {
		return out, err
	}
	for _, n := range there {
		out.Findings = append(out.Findings, RowFinding{Row: int(n), Field: "nik", Level: "warning", Code: ListedElsewhere})
	}
	slices.SortStableFunc(out.Findings, func(a, b RowFinding) int { return cmp.Compare(a.Row, b.Row) })
	gone, err := tx.unnamed(o, r)
	if err != nil {
		return out, err
	}
	if out.Roster, err = tx.advance(a, o, r, gone); err != nil {
		return out, err
	}
	if err := tx.answerDuty(a, o, on, false); err != nil {
		return out, err
	}
	return out, tx.audit("roster.submitted", "obligation", o.ID, o.Scope,
		map[string]any{"roster": r.ID, "version": out.Roster.Version, "people": out.Roster.People})
}

// unnamed are the people on a list who are not in its next whole version.
func (tx *Tx) unnamed(o models.Obligation, r models.Roster) (Answers, error) {
	var ids []string
	err := tx.db.Raw(`SELECT r.id FROM `+current+` WHERE v.obligation_id = ?
		AND NOT EXISTS (SELECT 1 FROM roster_rows n WHERE n.roster_id = ? AND n.person_id = r.person_id)`, o.ID, r.ID).Scan(&ids).Error
	gone := Answers{}
	for _, id := range ids {
		gone[id] = Leaver{Reason: "not_in_list"}
	}
	return gone, err
}

// readRows checks every row. One with an error refuses them all; what was found
// comes back either way.
func readRows(g worker.Group, rows []RosterRowInput, on calendar.Day) ([]ListedRow, []RowFinding, error) {
	people := make([]ListedRow, 0, len(rows))
	var found []RowFinding
	seen := map[nik.NIK]int{}
	known := func(code string) bool { _, ok := region.Find(code); return ok }
	for i, r := range rows {
		from := len(found)
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
		codes := make([]string, 0, len(found)-from)
		for _, f := range found[from:] {
			codes = append(codes, f.Code)
		}
		people = append(people, ListedRow{
			Number: int64(i + 1), NIK: Digits(n.Reveal()), Name: strings.TrimSpace(r.Name), Born: born, Sex: r.Sex, Wage: r.Wage, Findings: strings.Join(codes, ","),
		})
	}
	for _, f := range found {
		if f.Level == "error" {
			return nil, found, fault.New(fault.Invalid, "rows_with_errors", "some rows cannot be accepted; nothing was stored").On("rows")
		}
	}
	return people, found, nil
}

// Rosters lists the versions of the list a duty was answered with.
func (tx *Tx) Rosters(obligationID string) ([]models.Roster, error) {
	var rows []models.Roster
	err := tx.from("rosters").Where("obligation_id = ? AND version > 0", obligationID).Order("version").Find(&rows).Error
	return rows, err
}
