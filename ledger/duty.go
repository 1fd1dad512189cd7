package ledger

import (
	"strings"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// running reports whether an obligation still waits for something: the answer,
// or rows of it that have to be mended.
func running(o models.Obligation) bool { return o.State == StateOpen || o.State == StateSubmitted }

func notOpen(o models.Obligation) error {
	return fault.New(fault.Conflict, "obligation_not_open", "this obligation is %s", o.State).With("state", o.State)
}

// redate moves an obligation to new dates in a new generation.
func (tx *Tx) redate(a models.Agreement, o *models.Obligation, d dated, c change) error {
	d.apply(o, calendar.Zone(a.Zone))
	o.Generation++
	o.TakenUntil, o.TakenSteps, o.LapsedAt, o.Fault = tx.micros(), "", 0, ""
	if err := tx.planner(a).arm(o); err != nil {
		return err
	}
	if err := tx.keep(*o, c); err != nil {
		return err
	}
	if err := tx.stir(a.ID); err != nil {
		return err
	}
	return tx.audit("obligation."+c.kind, "obligation", o.ID, o.Scope,
		map[string]any{"target_on": o.TargetOn, "fatal_on": o.FatalOn, "generation": o.Generation})
}

// Closing is how an obligation ends without a list of names.
type Closing struct {
	How       string // nihil, receiver, done
	People    int64  // receiver: the count it confirms
	Signatory string // nihil: the post that signed the statement (SPTJM)
	SignedBy  string // nihil: who holds the post
	SignedOn  string // nihil: "": the day of closing
	Number    string // nihil: of the statement
	Text      string // nihil: what it says
	UploadID  string // nihil: of its scan
	Note      string
	On        string
	SourceID  string
}

// Close ends an obligation by a signed statement that there is nobody, by the
// receiver's word that it has the list, or because a task is done. No answer
// never counts as zero: only somebody who signs can say nihil.
func (tx *Tx) Close(id string, in Closing) (models.Obligation, error) {
	o, a, err := tx.own(id)
	if err != nil {
		return o, err
	}
	on := tx.today(a.Zone)
	if in.On != "" {
		if on, err = checkDay("on", in.On); err != nil {
			return o, err
		}
	}
	switch {
	case o.State == StateClosed || o.State == StateCancelled:
		return o, notOpen(o)
	case endsByItself(o.Kind):
		return o, fault.New(fault.Conflict, "ends_by_itself", "this ends with what is recorded of its batch, not by hand").On("how")
	case in.How == ByDone && o.Kind == KindRoster:
		return o, fault.New(fault.Invalid, "roster_not_done", "a list of names ends by the list, a signed nihil or the receiver's word").On("how")
	case in.How == ByNihil && strings.TrimSpace(in.Signatory) == "":
		return o, missing("signatory")
	case in.How == ByReceiver && (in.People < 0 || in.People > maxPeople):
		return o, badCount("people")
	}
	if err := tx.mustSource(in.SourceID); err != nil {
		return o, err
	}
	switch in.How {
	case ByDone:
	case ByNihil:
		if err := tx.mustBeEmpty(o); err != nil {
			return o, err
		}
		if err := tx.state(o, in, on); err != nil {
			return o, err
		}
	case ByReceiver:
		s := StatusInput{State: "registered", People: in.People, On: calendar.On(on), SourceID: in.SourceID}
		if err := tx.addStatus(a, o.LineID, o.PeriodID, o.UnitID, s); err != nil {
			return o, err
		}
	default:
		return o, fault.New(fault.Invalid, "unknown_closing", "an obligation closes by nihil, receiver or done").On("how")
	}
	if err := tx.close(o, in.How, change{kind: "closed", reason: in.Note, approvedBy: in.Signatory, sourceID: in.SourceID, on: on}); err != nil {
		return o, err
	}
	if err := tx.audit("obligation.closed", "obligation", o.ID, o.Scope, map[string]any{"how": in.How, "people": in.People}); err != nil {
		return o, err
	}
	return tx.Obligation(id)
}

// Mend puts an obligation that was set aside back on its clock.
func (tx *Tx) Mend(id string) (models.Obligation, error) {
	o, a, err := tx.own(id)
	if err != nil {
		return o, err
	}
	if o.Fault == "" {
		return o, fault.New(fault.Conflict, "not_set_aside", "this obligation has not been set aside")
	}
	o.Fault = ""
	if err := tx.planner(a).arm(&o); err != nil {
		return o, err
	}
	if err := tx.keep(o, change{kind: "resumed", on: tx.today(a.Zone)}); err != nil {
		return o, err
	}
	return o, tx.stir(a.ID)
}

// Changes lists what happened to an obligation, oldest first.
func (tx *Tx) Changes(id string) ([]models.ObligationChange, error) {
	var rows []models.ObligationChange
	err := tx.from("obligation_changes").Where("obligation_id = ?", id).Order("recorded_at, id").Find(&rows).Error
	return rows, err
}
