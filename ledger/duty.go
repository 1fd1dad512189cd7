package ledger

import (
	"strings"
	"time"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/obligation"
	"payung/models"
)

// maxExtensions is how often a date may be moved for one unit before somebody
// has to move it for all.
const maxExtensions = 2

// running reports whether an obligation still waits for something: the answer,
// or rows of it that have to be mended.
func running(o models.Obligation) bool { return o.State == StateOpen || o.State == StateSubmitted }

func notOpen(o models.Obligation) error {
	return fault.New(fault.Conflict, "obligation_not_open", "this obligation is %s", o.State).With("state", o.State)
}

// Extension gives one unit more time.
type Extension struct {
	TargetOn, FatalOn string
	Reason            string
	ApprovedBy        string // the post that approved
}

// Extend gives one unit a later date. The old one stays in its history; the new
// one starts a new generation of reminders.
func (tx *Tx) Extend(id string, in Extension) (models.Obligation, error) {
	o, a, err := tx.own(id)
	if err != nil {
		return o, err
	}
	d, err := checkDated(in.TargetOn, in.FatalOn)
	switch {
	case err != nil:
		return o, err
	case !running(o):
		return o, notOpen(o)
	case strings.TrimSpace(in.Reason) == "":
		return o, missing("reason")
	case strings.TrimSpace(in.ApprovedBy) == "":
		return o, missing("approved_by")
	case d.target == "":
		return o, missing("target_on")
	case o.TargetOn != "" && string(d.target) <= o.TargetOn:
		return o, fault.New(fault.Invalid, "not_later", "more time needs a date after %s", o.TargetOn).On("target_on").With("date", o.TargetOn)
	case o.Extensions >= maxExtensions:
		return o, fault.New(fault.Refused, "extensions_used_up", "this unit has had %d extensions; move the deadline for the group instead", maxExtensions)
	}
	if d.fatal == "" && o.FatalOn > string(d.target) {
		d.fatal = calendar.Day(o.FatalOn) // more time never brings the last day nearer
	}
	if d.fatal != "" && string(d.fatal) < o.FatalOn {
		return o, fault.New(fault.Invalid, "not_later", "more time needs a fatal date not before %s", o.FatalOn).On("fatal_on").With("date", o.FatalOn)
	}
	o.Extensions++
	return o, tx.redate(a, &o, d, change{kind: "extended", reason: in.Reason, approvedBy: in.ApprovedBy, on: tx.today(a.Zone)})
}

// redate moves an obligation to new dates in a new generation.
func (tx *Tx) redate(a models.Agreement, o *models.Obligation, d dated, c change) error {
	d.apply(o, calendar.Zone(a.Zone))
	o.Generation++
	o.TakenUntil, o.LapsedAt, o.Fault = tx.micros(), 0, ""
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

// Pause stops an obligation's clock while the other side holds the matter.
func (tx *Tx) Pause(id, reason string) (models.Obligation, error) {
	o, a, err := tx.own(id)
	switch {
	case err != nil:
		return o, err
	case !running(o):
		return o, notOpen(o)
	case o.PausedAt != 0:
		return o, fault.New(fault.Conflict, "already_paused", "the clock is stopped already")
	case strings.TrimSpace(reason) == "":
		return o, missing("reason")
	}
	o.PausedAt = tx.micros()
	if err := tx.planner(a).arm(&o); err != nil {
		return o, err
	}
	if err := tx.keep(o, change{kind: "paused", reason: reason, on: tx.today(a.Zone)}); err != nil {
		return o, err
	}
	return o, tx.audit("obligation.paused", "obligation", o.ID, o.Scope, nil)
}

// Resume starts the clock again; the dates move by the whole days it stood.
func (tx *Tx) Resume(id, reason string) (models.Obligation, error) {
	o, a, err := tx.own(id)
	switch {
	case err != nil:
		return o, err
	case !running(o):
		return o, notOpen(o)
	case o.PausedAt == 0:
		return o, fault.New(fault.Conflict, "not_paused", "the clock is running")
	}
	d := dated{calendar.Day(o.TargetOn), calendar.Day(o.FatalOn)}
	days := obligation.Shift(time.UnixMicro(o.PausedAt), tx.at)
	d.target, d.fatal = d.target.Add(days), d.fatal.Add(days)
	o.PausedAt = 0
	return o, tx.redate(a, &o, d, change{kind: "resumed", reason: reason, on: tx.today(a.Zone)})
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
