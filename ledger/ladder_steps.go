package ledger

import (
	"slices"
	"strings"
	"time"

	"payung/domain/calendar"
	"payung/models"
)

// The states of one step of an obligation's ladder.
const (
	StepSent         = "sent"
	StepCollapsed    = "collapsed"     // missed while the system was down; a later one stood for it
	StepBeforeImport = "before_import" // the agreement was not kept here yet; nothing was sent
	StepPassed       = "passed"        // its time was over before the duty had this date; nothing was sent
	StepPlanned      = "planned"
	StepNotNeeded    = "not_needed" // the duty ended or stands still
)

// LadderStep is one step of an obligation's present date and what became of it.
type LadderStep struct {
	Code  string
	Tone  string
	At    time.Time
	State string
}

// Steps lists the ladder of an obligation's present date: what was sent, what
// is planned, and what lay before the agreement was imported and so was never
// sent.
func (tx *Tx) Steps(obligationID string) ([]LadderStep, error) {
	o, err := tx.Obligation(obligationID)
	if err != nil {
		return nil, err
	}
	a, err := tx.fresh(o.AgreementID)
	if err != nil {
		return nil, err
	}
	plan, err := tx.planner(a).whole(o)
	if err != nil {
		return nil, wrap("steps", err)
	}
	var sent []models.Notice
	err = tx.db.Where("obligation_id = ? AND generation = ?", o.ID, o.Generation).Find(&sent).Error
	if err != nil {
		return nil, err
	}
	out := make([]LadderStep, 0, len(plan))
	for _, p := range plan {
		if p.Lapse {
			continue
		}
		out = append(out, LadderStep{Code: p.Code, Tone: string(p.Tone), At: p.At, State: stepState(a, o, p.Code, p.At, sent)})
	}
	return out, nil
}

func stepState(a models.Agreement, o models.Obligation, code string, at time.Time, sent []models.Notice) string {
	for _, n := range sent {
		if n.Step == code {
			return StepSent
		}
		if slices.Contains(strings.Split(n.Missed, ","), code) {
			return StepCollapsed
		}
	}
	day := calendar.Zone(a.Zone).DayOf(at)
	switch {
	case a.ImportedOn != "" && string(day) < a.ImportedOn:
		return StepBeforeImport
	case at.UnixMicro() <= o.TakenUntil:
		return StepPassed
	case !running(o) || o.PausedAt != 0 || o.Fault != "":
		return StepNotNeeded
	}
	return StepPlanned
}
