package ledger

import (
	"context"
	"errors"
	"strings"

	"payung/domain/fault"
	"payung/models"
)

// Ruling is somebody's decision of a conflict.
type Ruling struct {
	Keeps  []string // obligations whose lists keep the person; several: it may stand on each
	Reason string
}

// Decide the conflict: the lists that do not keep the person get a new version
// without, and each unit finds out. Nothing is decided twice.
func (tx *Tx) DecideConflict(id string, in Ruling) (ConflictView, error) {
	// Of two who decide at the same moment the second finds it decided.
	if err := tx.locked("conflicts").Where("conflicts.id = ?", id).Find(&models.Conflict{}).Error; err != nil {
		return ConflictView{}, err
	}
	c, err := tx.Conflict(id)
	if err != nil {
		return c, err
	}
	if err := tx.actor.may(c.Scope); err != nil {
		return c, err
	}
	keeps := map[string]bool{}
	for _, k := range in.Keeps {
		keeps[k] = true
	}
	winners := 0
	for _, s := range c.Sides {
		if keeps[s.ObligationID] {
			winners++
		}
	}
	switch {
	case c.State != "open":
		return c, fault.New(fault.Conflict, "conflict_decided", "this has been decided already")
	case strings.TrimSpace(in.Reason) == "":
		return c, missing("reason")
	case winners == 0 || winners != len(in.Keeps):
		return c, fault.New(fault.Invalid, "unknown_side", "name the lists that keep the person, at least one").On("keeps")
	}
	for _, s := range c.Sides {
		outcome := "stays"
		if !keeps[s.ObligationID] {
			outcome = "leaves"
			if err := tx.strike(s); err != nil {
				return c, err
			}
		}
		if err := tx.db.Model(&models.ConflictSide{}).Where("id = ?", s.ID).Update("outcome", outcome).Error; err != nil {
			return c, err
		}
	}
	c.State, c.DecidedBy, c.DecidedAt, c.Reason, c.Winner = "decided", tx.actor.Name, tx.micros(), inWords(in.Reason), strings.Join(in.Keeps, ",")
	err = tx.db.Model(&models.Conflict{}).Where("id = ?", c.ID).Select("State", "DecidedBy", "DecidedAt", "Reason", "Winner").Updates(c.Conflict).Error
	if err != nil {
		return c, err
	}
	return c, tx.audit("conflict.decided", "person", c.PersonID, c.Scope, map[string]any{"conflict": c.ID, "keeps": len(in.Keeps), "rule": c.Rule})
}

// strike takes a person off one list because another keeps them.
func (tx *Tx) strike(s SideView) error {
	o, a, err := tx.own(s.ObligationID)
	if err != nil {
		return err
	}
	var standing int64
	if err := tx.db.Model(&models.RosterRow{}).Where("id = ? AND removed_by = ''", s.RowID).Count(&standing).Error; err != nil || standing == 0 {
		return err
	}
	r := tx.pending(o, "decision", tx.today(a.Zone))
	if err := insert(tx, []models.Roster{r}); err != nil {
		return err
	}
	if err := tx.takeOff(r.ID, Answers{s.RowID: {Reason: "listed_twice"}}); err != nil {
		return err
	}
	_, err = tx.number(a, o, r)
	return err
}

// ByRule is what became of conflicts that one rule settles.
type ByRule struct {
	Decided int
	Skipped int    // somebody has to look: a list out of the actor's reach, say
	Last    string // conflict; "": there was none
}

// rulingsAtOnce is how many conflicts one transaction decides.
const rulingsAtOnce = 50

// DecideByRule decides all open conflicts of an agreement that a rule settles,
// some in each transaction. Cut off, those that were decided stay so.
func (l *Ledger) DecideByRule(ctx context.Context, actor Actor, rule, agreementID, reason string) (ByRule, error) {
	var all ByRule
	for {
		var part ByRule
		err := l.Write(ctx, actor, func(tx *Tx) (err error) {
			part, err = tx.DecideByRule(rule, agreementID, reason, Page{After: all.Last, Size: rulingsAtOnce})
			return err
		})
		if err != nil {
			return all, err
		}
		all.Decided, all.Skipped, all.Last = all.Decided+part.Decided, all.Skipped+part.Skipped, part.Last
		if part.Decided+part.Skipped < rulingsAtOnce {
			return all, nil
		}
	}
}

// DecideByRule decides a stretch of the open conflicts of an agreement that a
// rule settles, each as the rule proposes.
func (tx *Tx) DecideByRule(rule, agreementID, reason string, p Page) (ByRule, error) {
	var out ByRule
	a, err := tx.ownAgreement(agreementID)
	switch {
	case err != nil:
		return out, err
	case rule == "":
		return out, missing("rule")
	case strings.TrimSpace(reason) == "":
		return out, missing("reason")
	}
	open, err := tx.Conflicts(ConflictFilter{State: "open", AgreementID: a.ID, Rule: rule}, p)
	if err != nil {
		return out, err
	}
	for _, c := range open {
		out.Last = c.ID
		if c.Winner == "" {
			out.Skipped++ // the rule says that people decide
			continue
		}
		err := tx.apart(func() error {
			_, err := tx.DecideConflict(c.ID, Ruling{Keeps: []string{c.Winner}, Reason: reason})
			return err
		})
		switch f, ok := fault.Of(err); {
		case ok && f.Kind != fault.Unavailable:
			out.Skipped++
		case err != nil:
			return out, err
		default:
			out.Decided++
		}
	}
	return out, nil
}

// apart does one of many things so that, refused, it leaves nothing behind and
// the others stand.
func (tx *Tx) apart(do func() error) error {
	if err := tx.db.SavePoint("apart").Error; err != nil {
		return err
	}
	err := do()
	if err != nil {
		err = errors.Join(err, tx.db.RollbackTo("apart").Error)
	}
	return err
}
