package ledger

import (
	"cmp"
	"errors"
	"strings"
	"time"

	"gorm.io/gorm"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/obligation"
	"payung/models"
)

// States of more time that was proposed because of an outage.
const (
	GraceWaiting  = "waiting"
	GraceApproved = "approved"
	GraceRefused  = "refused"
)

// reachOfOutage is how many days after an outage a deadline may lie and still be
// near enough: the longest number of working days a Pemda may set, with
// holidays.
const reachOfOutage = 150

// proposeGrace proposes more time for the open duties of every deadline that an
// outage came too near to.
func (tx *Tx) proposeGrace(o models.Outage) error {
	from, to := time.UnixMicro(o.FromAt), time.UnixMicro(o.ToAt)
	first, last := string(calendar.WIB.DayOf(from).Add(-1)), string(calendar.WIT.DayOf(to).Add(reachOfOutage))
	var dates []struct {
		AgreementID, TargetOn, FatalOn string
		Duties                         int
	}
	err := tx.db.Model(&models.Obligation{}).Select("agreement_id, target_on, fatal_on, COUNT(*) AS duties").
		Where("state IN ? AND paused_at = 0 AND (target_on BETWEEN ? AND ? OR fatal_on BETWEEN ? AND ?)", []string{StateOpen, StateSubmitted}, first, last, first, last).
		Group("agreement_id, target_on, fatal_on").Order("agreement_id, target_on, fatal_on").Find(&dates).Error
	if err != nil {
		return wrap("deadlines near an outage", err)
	}
	var rows []models.Grace
	var a models.Agreement
	var g obligation.Grace
	var days *calendar.Calendar
	for _, d := range dates {
		if a.ID != d.AgreementID {
			if a, err = tx.fresh(d.AgreementID); err != nil {
				return err
			}
			if g, days, err = tx.graceOf(a); err != nil {
				return err
			}
		}
		if a.Historical || a.ClosedOn != "" {
			continue
		}
		until, lost := g.Until(from, to, calendar.Day(d.TargetOn), days)
		fatal := calendar.Day("")
		if d.FatalOn != "" {
			var more time.Duration
			if fatal, more = g.Until(from, to, calendar.Day(d.FatalOn), days); fatal != "" {
				lost = max(lost, more)
			}
		}
		if until == "" && fatal == "" {
			continue
		}
		until = cmp.Or(until, calendar.Day(d.TargetOn))
		if d.FatalOn != "" {
			fatal = max(cmp.Or(fatal, calendar.Day(d.FatalOn)), until)
		}
		rows = append(rows, models.Grace{
			ID: newID(), Scope: a.Scope, AgreementID: a.ID, OutageID: o.ID, TargetOn: d.TargetOn, FatalOn: d.FatalOn, UntilOn: string(until),
			FatalUntil: string(fatal), LostMinutes: int(lost.Minutes()), Duties: d.Duties, State: GraceWaiting, CreatedAt: tx.micros(),
		})
	}
	return wrap("proposals after an outage", insert(tx, rows))
}

// graceOf is the rule of an agreement's Pemda, with its calendar.
func (tx *Tx) graceOf(a models.Agreement) (obligation.Grace, *calendar.Calendar, error) {
	f, err := tx.fairness(a.PemdaPartyID)
	if err != nil {
		return obligation.Grace{}, nil, err
	}
	days, err := tx.calendarOf(a)
	return obligation.Grace{
		Zone: calendar.Zone(a.Zone), Office: f.Office, Days: f.OutageDays, Least: time.Duration(f.OutageMinutes) * time.Minute,
	}, days, err
}

// GraceView is a proposal with the outage it is for.
type GraceView struct {
	models.Grace
	FromAt   int64 // of the outage
	ToAt     int64
	Planned  bool
	Zone     string
	Open     int    // duties that have these dates now
	Approver string // title of the post that decided
}

func (tx *Tx) graces() *gorm.DB {
	return tx.from("graces").Select(`graces.*, t.from_at, t.to_at, t.planned, a.zone, COALESCE(p.title, '') AS approver,
			(SELECT COUNT(*) FROM obligations o WHERE o.agreement_id = graces.agreement_id AND o.target_on = graces.target_on AND o.fatal_on = graces.fatal_on
				AND o.state IN ('open', 'submitted') AND o.paused_at = 0) AS open`).
		Joins("JOIN outages t ON t.id = graces.outage_id JOIN agreements a ON a.id = graces.agreement_id").
		Joins("LEFT JOIN posts p ON p.id = graces.approver_post_id")
}

// Graces lists what outages propose for an agreement, the newest first.
func (tx *Tx) Graces(agreementID string) ([]GraceView, error) {
	if _, err := tx.Agreement(agreementID); err != nil {
		return nil, err
	}
	var rows []GraceView
	err := tx.graces().Where("graces.agreement_id = ?", agreementID).Order("graces.id DESC").Limit(200).Find(&rows).Error
	return rows, wrap("proposals after outages", err)
}

// Grace reads one proposal.
func (tx *Tx) Grace(id string) (GraceView, error) {
	var v GraceView
	err := tx.graces().Where("graces.id = ?", id).Take(&v).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return v, notFound("proposal")
	}
	return v, wrap("proposal after an outage", err)
}

// GraceAnswer is what becomes of a proposal.
type GraceAnswer struct {
	Approve        bool
	UntilOn        string // another date than is proposed; "": that one
	ApproverPostID string
	Reason         string // needed for a refusal
}

// AnswerGrace approves or refuses more time for all duties that have the dates
// an outage came too near to. It was not their fault, so it is none of the
// extensions they may have.
func (tx *Tx) AnswerGrace(id string, in GraceAnswer) (GraceView, error) {
	v, err := tx.Grace(id)
	if err != nil {
		return v, err
	}
	if err := tx.actor.may(v.Scope); err != nil {
		return v, err
	}
	g, err := takeLocked[models.Grace](tx, "graces", "proposal", id)
	switch {
	case err != nil:
		return v, err
	case g.State != GraceWaiting:
		return v, fault.New(fault.Conflict, "grace_answered", "this proposal is %s already", g.State).With("state", g.State)
	case !in.Approve && strings.TrimSpace(in.Reason) == "":
		return v, missing("reason")
	}
	a, err := tx.Agreement(g.AgreementID)
	if err != nil {
		return v, err
	}
	duties, err := tx.graced(g)
	if err != nil {
		return v, err
	}
	w, err := tx.approversOf(a)
	if err != nil {
		return v, err
	}
	for _, o := range duties {
		if err := w.must(o.OwnerPostID, in.ApproverPostID); err != nil {
			return v, err
		}
	}
	g.State, g.ApproverPostID, g.Answer, g.AnsweredBy, g.AnsweredAt = GraceRefused, in.ApproverPostID, inWords(in.Reason), tx.actor.Name, tx.micros()
	if in.Approve {
		if err := tx.giveGrace(a, &g, duties, w.posts[in.ApproverPostID].Title, in); err != nil {
			return v, err
		}
	}
	err = tx.db.Model(&models.Grace{}).Where("id = ?", g.ID).
		Select("State", "UntilOn", "FatalUntil", "Duties", "ApproverPostID", "Answer", "AnsweredBy", "AnsweredAt").Updates(g).Error
	if err != nil {
		return v, wrap("proposal after an outage", err)
	}
	if err := tx.audit("grace."+g.State, "agreement", a.ID, a.Scope, map[string]any{"grace": g.ID, "until_on": g.UntilOn, "obligations": len(duties)}); err != nil {
		return v, err
	}
	return tx.Grace(id)
}

// graced locks the duties a proposal is for.
func (tx *Tx) graced(g models.Grace) ([]models.Obligation, error) {
	var rows []models.Obligation
	err := tx.locked("obligations").Where("agreement_id = ? AND target_on = ? AND fatal_on = ? AND state IN ? AND paused_at = 0",
		g.AgreementID, g.TargetOn, g.FatalOn, []string{StateOpen, StateSubmitted}).Order("id").Find(&rows).Error
	return rows, wrap("duties of a proposal", err)
}

func (tx *Tx) giveGrace(a models.Agreement, g *models.Grace, duties []models.Obligation, approver string, in GraceAnswer) error {
	if len(duties) == 0 {
		return fault.New(fault.Conflict, "nobody_waits_for_grace", "no open duty has these dates any more")
	}
	d := dated{target: calendar.Day(g.UntilOn), fatal: calendar.Day(g.FatalUntil)}
	if in.UntilOn != "" {
		until, err := checkDay("until_on", in.UntilOn)
		if err != nil {
			return err
		}
		if d, err = prolonged(duties[0], dated{target: until}, "until_on"); err != nil {
			return err
		}
	}
	moved := d.target
	if string(moved) == g.TargetOn {
		moved = d.fatal
	}
	if moved < tx.today(a.Zone) {
		return fault.New(fault.Invalid, "date_has_passed", "%s has passed; name another day", moved).On("until_on").With("date", string(moved))
	}
	g.State, g.UntilOn, g.FatalUntil, g.Duties = GraceApproved, string(d.target), string(d.fatal), len(duties)
	reason := cmp.Or(g.Answer, "Sistem tidak dapat dipakai")
	if err := tx.redateAll(a, duties, d, change{kind: "extended", reason: reason, approvedBy: approver, on: tx.today(a.Zone)}); err != nil {
		return err
	}
	if err := tx.tellGrace(*g, duties); err != nil {
		return err
	}
	return tx.stir(a.ID)
}

// tellGrace tells each post that owes one of the duties, once.
func (tx *Tx) tellGrace(g models.Grace, duties []models.Obligation) error {
	told := map[string]bool{}
	for _, o := range duties {
		if told[o.OwnerPostID] {
			continue
		}
		told[o.OwnerPostID] = true
		key := "outage_extended/" + g.ID + "/" + o.OwnerPostID
		if err := tx.tellOfDuty("outage_extended", key, o.OwnerPostID, o, map[string]string{"target": g.TargetOn, "until": g.UntilOn}); err != nil {
			return err
		}
	}
	return nil
}

// GraceOwners are the posts that owe the duties a proposal is for now: only who
// stands above all of them may decide it.
func (tx *Tx) GraceOwners(id string) ([]string, error) {
	g, err := tx.Grace(id)
	if err != nil {
		return nil, err
	}
	var owners []string
	err = tx.from("obligations").Where("agreement_id = ? AND target_on = ? AND fatal_on = ? AND state IN ? AND paused_at = 0",
		g.AgreementID, g.TargetOn, g.FatalOn, []string{StateOpen, StateSubmitted}).Distinct().Order("owner_post_id").Pluck("owner_post_id", &owners).Error
	return owners, wrap("owners of duties", err)
}
