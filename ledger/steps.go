package ledger

import (
	"context"
	"errors"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"payung/domain/obligation"
	"payung/models"
	"payung/protocol"
)

// TakeSteps is the activity of every wake: it finds what is due in one
// agreement, writes the notices set-wise and answers when to wake next. Taken
// twice it writes nothing new, because the sent-ledger is unique.
func (l *Ledger) TakeSteps(ctx context.Context, in protocol.TakeStepsInput) (protocol.Snapshot, error) {
	var out protocol.Snapshot
	err := l.Write(ctx, System("clock"), func(tx *Tx) error {
		a, err := tx.turn(in.AgreementID, in.Epoch)
		if err != nil {
			return err
		}
		// While the clock is in doubt nothing is sent, and nothing is armed.
		trusted, err := tx.clockTrusted()
		if err != nil {
			return err
		}
		if trusted {
			if err := tx.takeDue(a); err != nil {
				return err
			}
		}
		out, err = tx.settle(a, in.Epoch)
		return err
	})
	return out, err
}

// takeDue takes the steps whose time has come.
func (tx *Tx) takeDue(a models.Agreement) error {
	due, err := tx.due(a)
	if err != nil {
		return err
	}
	p := tx.planner(a)
	if p.err != nil {
		return p.err
	}
	return tx.takeSet(a, p, due)
}

// due locks the obligations whose next step has come. A unit that answers at
// the same moment either closed its duty before, and is not among them, or
// waits.
func (tx *Tx) due(a models.Agreement) ([]models.Obligation, error) {
	var rows []models.Obligation
	err := tx.locked("obligations").
		Where("agreement_id = ? AND next_at > 0 AND next_at <= ? AND state IN ? AND paused_at = 0", a.ID, tx.micros(), []string{StateOpen, StateSubmitted}).
		Order("id").Find(&rows).Error
	return rows, err
}

// takeSet takes the steps of a set of obligations. If the set fails it is
// halved by savepoints until the one that fails is found; that one is set aside
// with its error and shown, and the rest goes out.
func (tx *Tx) takeSet(a models.Agreement, p *planner, set []models.Obligation) error {
	if len(set) == 0 {
		return nil
	}
	save := "steps_" + strings.ReplaceAll(newID(), "-", "")
	if err := tx.db.SavePoint(save).Error; err != nil {
		return err
	}
	err := tx.take(a, p, set)
	if err == nil || fatal(err) {
		return err
	}
	if err := tx.db.RollbackTo(save).Error; err != nil {
		return err
	}
	if len(set) == 1 {
		return tx.quarantine(a, set[0], err)
	}
	half := len(set) / 2
	if err := tx.takeSet(a, p, set[:half]); err != nil {
		return err
	}
	return tx.takeSet(a, p, set[half:])
}

// fatal reports an error that is not about one row: the database is away, so
// halving the set would only ask it more often.
func fatal(err error) bool {
	_, away := errors.AsType[*unavailable](explain(err))
	return away
}

// quarantine sets an obligation aside that cannot be stepped, with the reason.
func (tx *Tx) quarantine(a models.Agreement, o models.Obligation, cause error) error {
	tx.l.log.ErrorContext(tx.ctx, "obligation set aside", "agreement", a.ID, "obligation", o.ID, "error", cause)
	text := cause.Error()
	if len(text) > 300 {
		text = text[:300]
	}
	err := tx.db.Model(&models.Obligation{}).Where("id = ?", o.ID).
		Updates(map[string]any{"next_at": 0, "next_step": "", "fault": text}).Error
	if err != nil {
		return err
	}
	return tx.audit("obligation.set_aside", "obligation", o.ID, o.Scope, map[string]any{"agreement": a.ID})
}

// batch is what obligations with the same outcome share in one UPDATE.
type batch struct {
	next     int64
	nextStep string
	lapsed   bool
}

// take writes the notices of a set and moves each obligation on.
func (tx *Tx) take(a models.Agreement, p *planner, set []models.Obligation) error {
	posts, err := tx.ladderPosts(a)
	if err != nil {
		return err
	}
	var notices []models.Notice
	groups, order := map[batch][]string{}, []batch{}
	for _, o := range set {
		plan, err := p.plan(o)
		if err != nil {
			return err
		}
		t := obligation.Take(plan, time.UnixMicro(o.TakenUntil), tx.at)
		if t.Send != nil {
			notices = append(notices, tx.notices(o, t, posts)...)
		}
		b := batch{lapsed: t.Lapsed}
		if !t.Next.IsZero() {
			b.next = t.Next.UnixMicro()
			for _, s := range plan {
				if s.At.Equal(t.Next) {
					b.nextStep = s.Code
					break
				}
			}
		}
		if _, ok := groups[b]; !ok {
			order = append(order, b)
		}
		groups[b] = append(groups[b], o.ID)
	}
	tx.rings = tx.rings || len(notices) > 0
	err = insert(tx, notices, clause.OnConflict{
		Columns:   []clause.Column{{Name: "obligation_id"}, {Name: "step"}, {Name: "generation"}, {Name: "post_id"}},
		DoNothing: true,
	})
	if err != nil {
		return err
	}
	for _, b := range order {
		change := map[string]any{"taken_until": tx.micros(), "next_at": b.next, "next_step": b.nextStep}
		if b.lapsed {
			change["lapsed_at"] = gorm.Expr("CASE WHEN lapsed_at = 0 THEN ? ELSE lapsed_at END", tx.micros())
		}
		if err := tx.db.Model(&models.Obligation{}).Where("id IN ?", groups[b]).Updates(change).Error; err != nil {
			return err
		}
	}
	return tx.audit("steps.taken", "agreement", a.ID, a.Scope, map[string]any{"obligations": len(set), "notices": len(notices)})
}

// notices addresses a step to the post that owes and, for an escalation, to the
// posts above it up to the step's level. Above the top post the top one hears.
func (tx *Tx) notices(o models.Obligation, t obligation.Taken, above map[string]models.Post) []models.Notice {
	n := models.Notice{
		Scope: o.Scope, AgreementID: o.AgreementID, ObligationID: o.ID, Step: t.Send.Code, Generation: o.Generation,
		PostID: o.OwnerPostID, Tone: string(t.Send.Tone), Kind: o.Kind, GroupCode: o.GroupCode, TargetOn: o.TargetOn,
		Missed: strings.Join(t.Missed, ","), CreatedAt: tx.micros(),
	}
	n.ID = newID()
	out := []models.Notice{n}
	post := o.OwnerPostID
	for range t.Send.Level {
		post = above[post].SuperiorID
		if post == "" {
			break
		}
		n.ID, n.PostID = newID(), post
		// A post of no unit hears of it under the unit it is about: a row of no
		// unit would be seen by all of them.
		if n.UnitID = above[post].UnitID; n.UnitID == "" {
			n.UnitID = o.UnitID
		}
		out = append(out, n)
	}
	return out
}

// ladderPosts maps the posts of both parties by ID, for climbing.
func (tx *Tx) ladderPosts(a models.Agreement) (map[string]models.Post, error) {
	var rows []models.Post
	err := tx.db.Select("id, superior_id, unit_id").Where("party_id IN ?", []string{a.PemdaPartyID, a.BPJSPartyID, a.ServingPartyID}).Find(&rows).Error
	out := make(map[string]models.Post, len(rows))
	for _, p := range rows {
		out[p.ID] = p
	}
	return out, err
}
