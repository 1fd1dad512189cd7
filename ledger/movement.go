package ledger

import (
	"strings"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/worker"
	"payung/models"
)

// Kinds of movements, which are the kinds of the versions they make.
const (
	MovedIn   = "joiner"
	MovedOut  = "leaver"
	MovedBack = "restored" // the leave was a mistake
)

// JoinInput is somebody who joins a unit's list during the year.
type JoinInput struct {
	Row         RosterRowInput
	From        string // first day in the group; "": that of the year
	Note        string
	SourceID    string
	OnBehalf    string // of whom, in words
	ObjectionID string // upheld, that it follows; "": none
}

// Join puts one person on the list of a duty that has been answered, as a new
// version. Warnings come back with it; an error refuses it, with what was found.
func (tx *Tx) Join(obligationID string, in JoinInput) (RosterResult, error) {
	var out RosterResult
	o, a, err := tx.own(obligationID)
	if err != nil {
		return out, err
	}
	switch {
	case o.Kind != KindRoster:
		return out, fault.New(fault.Conflict, "not_a_roster", "this obligation does not ask for a list of names")
	case o.State == StateCancelled:
		return out, notOpen(o)
	case a.ClosedOn != "":
		return out, agreement.Closed()
	case o.State == StateOpen:
		return out, fault.New(fault.Refused, "no_list_yet", "this unit has not answered yet: hand in its list first")
	}
	p, err := tx.period(a.ID, o.PeriodID)
	if err != nil {
		return out, err
	}
	from := calendar.Day(p.FromDay)
	if in.From != "" {
		if from, err = checkDay("from", in.From); err != nil {
			return out, err
		}
	}
	if string(from) < p.FromDay || string(from) > p.ToDay {
		return out, outsideYear("from", p)
	}
	group, _ := worker.Find(o.GroupCode)
	rows, findings, err := readRows(group, []RosterRowInput{in.Row}, from)
	out.Findings = findings
	if err != nil {
		return out, err
	}
	if string(from) != p.FromDay {
		rows[0].From = from
	}
	if err := tx.mayJoin(o, rows[0], from); err != nil {
		return out, err
	}
	r, err := tx.nextVersion(a, o, MovedIn, in.OnBehalf)
	if err != nil {
		return out, err
	}
	if _, err := tx.stage(r, rows); err != nil {
		return out, err
	}
	var twice int64
	if err := tx.db.Raw(`SELECT COUNT(*) FROM roster_rows n WHERE n.roster_id = ? AND `+elsewhere, r.ID, o.ID, o.PeriodID).Scan(&twice).Error; err != nil {
		return out, err
	}
	if twice > 0 {
		out.Findings = append(out.Findings, RowFinding{Row: 1, Field: "nik", Level: "warning", Code: ListedElsewhere})
	}
	if out.Roster, err = tx.number(a, o, r); err != nil {
		return out, err
	}
	if err := tx.reanswered(o, a); err != nil {
		return out, err
	}
	var rowID string
	if err := tx.db.Model(&models.RosterRow{}).Where("roster_id = ?", r.ID).Pluck("id", &rowID).Error; err != nil {
		return out, err
	}
	return out, tx.moved(o, models.Movement{RosterID: r.ID, RowID: rowID, Kind: MovedIn, OnDay: string(rows[0].From), SourceID: in.SourceID}, in.Note, in.ObjectionID)
}

func outsideYear(field string, p models.Period) error {
	return fault.New(fault.Invalid, "outside_year", "the day must lie between %s and %s", p.FromDay, p.ToDay).On(field).With("from", p.FromDay).With("to", p.ToDay)
}

// mayJoin refuses somebody who stands on the list already, or whose time before
// on it has not ended by the first day.
func (tx *Tx) mayJoin(o models.Obligation, row ListedRow, from calendar.Day) error {
	const times = `SELECT COALESCE(MAX(CASE WHEN r.removed_by = '' THEN '9999' ELSE r.to_day END), '') FROM roster_rows r
		JOIN rosters v ON v.id = r.roster_id AND v.version > 0 JOIN persons p ON p.id = r.person_id
		WHERE v.obligation_id = ? AND p.province_code = ? AND p.regency_code = ? AND p.nik_index = ?`
	var last string
	if err := tx.db.Raw(times, o.ID, o.ProvinceCode, o.RegencyCode, tx.l.keys.Index(string(row.NIK))).Scan(&last).Error; err != nil {
		return err
	}
	switch {
	case last == "9999":
		return fault.New(fault.Conflict, "already_on_list", "this person stands on this list already").On("nik")
	case last >= string(from):
		return fault.New(fault.Invalid, "joins_before_leaving", "this person was on this list until %s; the first day must be later", last).On("from").With("date", last)
	}
	return nil
}

// nextVersion begins a version of a list that somebody's coming or going makes.
// It dates from today, or from the version before if that is of a later day, so
// that its count is the one that holds.
func (tx *Tx) nextVersion(a models.Agreement, o models.Obligation, kind, onBehalf string) (models.Roster, error) {
	var last string
	err := tx.db.Model(&models.Roster{}).Where("obligation_id = ? AND version > 0", o.ID).Select("COALESCE(MAX(on_day), '')").Scan(&last).Error
	if err != nil {
		return models.Roster{}, err
	}
	r := tx.pending(o, kind, max(tx.today(a.Zone), calendar.Day(last)))
	r.OnBehalf = inWords(onBehalf)
	return r, insert(tx, []models.Roster{r})
}

// maxNote bounds what is said about one movement, in characters.
const maxNote = 1000

// moved keeps why a version was made, ties it to the objection it follows, and
// audits it.
func (tx *Tx) moved(o models.Obligation, m models.Movement, note, objectionID string) error {
	if err := tooLong("note", note, maxNote); err != nil {
		return err
	}
	if err := tx.mustSource(m.SourceID); err != nil {
		return err
	}
	m.ID, m.Scope, m.AgreementID, m.ObligationID = newID(), o.Scope, o.AgreementID, o.ID
	m.Actor, m.CreatedAt, m.Note = tx.actor.Name, tx.micros(), []byte{}
	if note = strings.TrimSpace(note); note != "" {
		m.Note = tx.l.keys.Seal([]byte(note), noteOf(m.ID))
	}
	if err := insert(tx, []models.Movement{m}); err != nil {
		return err
	}
	if objectionID != "" {
		if err := tx.follow(objectionID, o.ID, m.RosterID); err != nil {
			return err
		}
	}
	return tx.audit("roster."+m.Kind, "obligation", o.ID, o.Scope,
		map[string]any{"roster": m.RosterID, "row": m.RowID, "reason": m.Reason, "on": m.OnDay, "objection": objectionID})
}

func noteOf(movementID string) string { return "movements/" + movementID + "/note" }

// MovementView is a movement with whom it is about and what was noted.
type MovementView struct {
	models.Movement
	Version  int
	Name     string
	NIKLast4 string `gorm:"column:nik_last4;serializer:digits"`
	Remark   string `gorm:"-"`
}

// Movements lists who joined and left a unit's list, newest first.
func (tx *Tx) Movements(obligationID string, limit int) ([]MovementView, error) {
	var rows []MovementView
	err := tx.from("movements").Select("movements.*, v.version, r.name, p.nik_last4").
		Joins("JOIN rosters v ON v.id = movements.roster_id JOIN roster_rows r ON r.id = movements.row_id JOIN persons p ON p.id = r.person_id").
		Where("movements.obligation_id = ?", obligationID).Order("v.version DESC").Limit(limit).Find(&rows).Error
	if err != nil {
		return nil, wrap("movements", err)
	}
	for i, m := range rows {
		if len(m.Note) == 0 {
			continue
		}
		plain, err := tx.l.keys.Open(m.Note, noteOf(m.ID))
		if err != nil {
			return nil, wrap("note of a movement", err)
		}
		rows[i].Remark = string(plain)
	}
	return rows, nil
}
