package ledger

import (
	"errors"

	"gorm.io/gorm"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// States of an obligation, and how one was closed.
const (
	StateOpen      = "open"
	StateSubmitted = "submitted"
	StateClosed    = "closed"
	StateCancelled = "cancelled"

	ByRoster   = "roster"   // a list of names
	ByNihil    = "nihil"    // a signed statement that there is nobody
	ByReceiver = "receiver" // the receiver says it has it
	ByDone     = "done"     // a task was done
)

// Kinds of obligations.
const (
	KindRoster  = "roster"
	KindPayment = "payment"
	KindTask    = "task"
	KindRenewal = "renewal_answer"
)

// order says who ordered a duty and from when it counts.
type order struct {
	by, id, source string
	opened         calendar.Day
}

// dated is until when something is owed. A target may be so many working days
// after another day; see [Tx.countFrom].
type dated struct {
	target, fatal calendar.Day
	from          calendar.Day // "": the target was given as a day
	workdays      int
}

// datedOf is an obligation's present date.
func datedOf(o models.Obligation) dated {
	return dated{
		target: calendar.Day(o.TargetOn), fatal: calendar.Day(o.FatalOn), from: calendar.Day(o.CountedFrom), workdays: o.CountedDays,
	}
}

// apply sets target and fatal date with their instants: the end of the local
// day.
func (o dated) apply(row *models.Obligation, z calendar.Zone) {
	row.TargetOn, row.FatalOn = string(o.target), string(o.fatal)
	row.CountedFrom, row.CountedDays = string(o.from), o.workdays
	row.TargetAt, row.FatalAt = 0, 0
	if o.target != "" {
		row.TargetAt = o.target.End(z).UnixMicro()
	}
	if o.fatal != "" {
		row.FatalAt = o.fatal.End(z).UnixMicro()
	}
}

func checkDated(target, fatal string) (dated, error) {
	var d dated
	var err error
	if target != "" {
		if d.target, err = checkDay("target_on", target); err != nil {
			return d, err
		}
	}
	if fatal != "" {
		if d.fatal, err = checkDay("fatal_on", fatal); err != nil {
			return d, err
		}
	}
	if d.fatal != "" && (d.target == "" || d.fatal < d.target) {
		return d, fault.New(fault.Invalid, "fatal_before_target", "the fatal date must not lie before the target date").On("fatal_on")
	}
	return d, nil
}

// openDuties opens one obligation for each unit named, and reports how many.
func (tx *Tx) openDuties(a models.Agreement, in TaskInput, by order) (int, error) {
	units, err := tx.owing(a, in)
	if err != nil {
		return 0, err
	}
	template, err := tx.duty(a, in, by)
	if err != nil {
		return 0, err
	}
	return tx.openFor(a, template, units)
}

// duty is an obligation with everything but its unit.
func (tx *Tx) duty(a models.Agreement, in TaskInput, by order) (models.Obligation, error) {
	d, err := checkDated(in.TargetOn, in.FatalOn)
	if err != nil {
		return models.Obligation{}, err
	}
	if by.opened == "" {
		by.opened = tx.today(a.Zone)
	}
	o := models.Obligation{
		Scope: a.Scope, AgreementID: a.ID, GroupCode: in.GroupCode, Kind: in.Kind, Destination: in.Destination,
		OrderedBy: by.by, OrderedByID: by.id, Generation: 1, State: StateOpen, TakenUntil: tx.micros(),
		OpenedOn: string(by.opened), FirstTarget: in.TargetOn, FirstFatal: in.FatalOn, SourceID: by.source, CreatedAt: tx.micros(),
	}
	if o.Destination == "" {
		o.Destination = "pemda"
	}
	if o.ArticleID, err = tx.orderingArticle(a, in, by.opened); err != nil {
		return o, err
	}
	d.apply(&o, calendar.Zone(a.Zone))
	return o, tx.planner(a).arm(&o)
}

type owner struct {
	UnitID string
	PostID string
}

// owing lists the units that owe a duty, with the posts that owe it for them.
func (tx *Tx) owing(a models.Agreement, in TaskInput) ([]owner, error) {
	q := tx.db.Table("units u").Select("u.id AS unit_id, p.id AS post_id").
		Joins("JOIN posts p ON p.unit_id = u.id AND p.role = 'head'").
		Where("u.party_id = ? AND u.valid_to = ''", a.PemdaPartyID).Order("u.id")
	if in.KindOfUnit != "" {
		q = q.Where("u.kind = ?", in.KindOfUnit)
	} else {
		q = q.Where("u.id IN ?", in.UnitIDs)
	}
	var out []owner
	if err := q.Find(&out).Error; err != nil {
		return nil, err
	}
	if in.KindOfUnit == "" && len(out) != len(in.UnitIDs) {
		return nil, notFound("unit")
	}
	return out, nil
}

// openFor inserts one obligation for each owner, all in this transaction.
func (tx *Tx) openFor(a models.Agreement, template models.Obligation, owners []owner) (int, error) {
	rows := make([]models.Obligation, len(owners))
	for i, w := range owners {
		rows[i] = template
		rows[i].ID, rows[i].UnitID, rows[i].OwnerPostID = newID(), w.UnitID, w.PostID
	}
	if err := insert(tx, rows); err != nil {
		if duplicate(err) {
			return 0, fault.New(fault.Conflict, "obligation_exists", "a unit already owes this for that year")
		}
		return 0, err
	}
	return len(rows), tx.count(a.ID, template.GroupCode, MeasureDuties, int64(len(rows)))
}

// Obligation reads one obligation.
func (tx *Tx) Obligation(id string) (models.Obligation, error) {
	return take[models.Obligation](tx, "obligations", "obligation", id)
}

// own reads an obligation for change: locked, within what the actor may write.
func (tx *Tx) own(id string) (models.Obligation, models.Agreement, error) {
	var o models.Obligation
	err := tx.locked("obligations").Where("obligations.id = ?", id).Take(&o).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return o, models.Agreement{}, notFound("obligation")
	}
	if err != nil {
		return o, models.Agreement{}, err
	}
	if err := tx.actor.may(o.Scope); err != nil {
		return o, models.Agreement{}, err
	}
	a, err := tx.fresh(o.AgreementID)
	return o, a, err
}

// change is what happened to an obligation.
type change struct {
	kind, reason, approvedBy, sourceID string
	on                                 calendar.Day
}

// keep writes an obligation's new state and the change that led to it.
func (tx *Tx) keep(o models.Obligation, c change) error {
	err := tx.db.Model(&models.Obligation{ID: o.ID}).Select(
		"State", "ClosedHow", "ClosedOn", "TargetOn", "FatalOn", "TargetAt", "FatalAt", "Generation", "PausedAt", "Extensions",
		"CountedFrom", "CountedDays", "TakenUntil", "TakenSteps", "NextAt", "NextStep", "LapsedAt", "Fault",
	).Updates(o).Error
	if err != nil {
		return err
	}
	version := ""
	if o.State == StateClosed {
		a, err := tx.fresh(o.AgreementID)
		if err != nil {
			return err
		}
		days, err := tx.calendarOf(a)
		if err != nil {
			return err
		}
		version = days.Version()
	}
	return insert(tx, []models.ObligationChange{{
		ID: newID(), Scope: o.Scope, ObligationID: o.ID, AgreementID: o.AgreementID, Kind: c.kind, OnDay: string(c.on), State: o.State,
		ClosedHow: o.ClosedHow, TargetOn: o.TargetOn, FatalOn: o.FatalOn, Generation: o.Generation, Reason: c.reason,
		ApprovedBy: c.approvedBy, Calendar: version, Actor: tx.actor.Name, SourceID: c.sourceID, RecordedAt: tx.micros(),
	}})
}

// close ends an obligation and counts it. One that is closed stays as it was.
func (tx *Tx) close(o models.Obligation, how string, c change) error {
	o.State, o.ClosedHow, o.ClosedOn, o.NextAt, o.NextStep = StateClosed, how, string(c.on), 0, ""
	if err := tx.keep(o, c); err != nil {
		return err
	}
	measure := MeasureAnswered
	if how == ByNihil {
		measure = MeasureNihil
	}
	if err := tx.count(o.AgreementID, o.GroupCode, measure, 1); err != nil {
		return err
	}
	return tx.stir(o.AgreementID)
}
