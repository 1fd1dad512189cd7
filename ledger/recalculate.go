package ledger

import (
	"encoding/json"
	"slices"

	"payung/models"
)

// summed writes an effect into the recalculation that had it.
func summed(rec *models.Recalculation, e Effect) error {
	raw, err := json.Marshal(map[string]any{"dates": e.Dates, "reminders": e.Reminders})
	rec.Dates, rec.Appear, rec.Vanish, rec.Move, rec.Detail = e.Moved, e.Appear, e.Vanish, e.Move, string(raw)
	return wrap("effect", err)
}

// settleWeighing makes an agreement's obligations what they were weighed to be,
// leaves a trace where a date moves, and tells the posts that owe.
func (tx *Tx) settleWeighing(a models.Agreement, w *weighing, e Effect, rec *models.Recalculation) error {
	if err := summed(rec, e); err != nil {
		return err
	}
	if err := tx.rearm(w); err != nil {
		return err
	}
	var changes []models.ObligationChange
	for _, out := range w.outcomes {
		if out.date == nil {
			continue
		}
		for _, o := range out.of {
			changes = append(changes, models.ObligationChange{
				ID: newID(), Scope: o.Scope, ObligationID: o.ID, AgreementID: a.ID, Kind: ChangeRecalculated, OnDay: string(tx.today(a.Zone)),
				State: o.State, TargetOn: out.after.TargetOn, FatalOn: out.after.FatalOn, Generation: o.Generation, Reason: rec.Reason,
				Calendar: w.new.days.Version(), Actor: rec.Actor, RecordedAt: tx.micros(),
			})
			if err := tx.tellRecalculated(o, out.after, rec); err != nil {
				return err
			}
		}
	}
	if err := insert(tx, changes); err != nil {
		return wrap("recalculated dates", err)
	}
	if err := tx.stir(a.ID); err != nil {
		return err
	}
	return tx.audit("obligations.recalculated", "agreement", a.ID, a.Scope, map[string]any{
		"cause": rec.Cause, "change": rec.ChangeID, "obligations": e.Obligations, "dates": e.Moved,
		"appear": e.Appear, "vanish": e.Vanish, "move": e.Move, "calendar": w.new.days.Version(),
	})
}

// ChangeRecalculated is the kind of a change of date that followed from the
// calendar.
const ChangeRecalculated = "recalculated"

// tellRecalculated tells the post that owes that its date is another one now.
func (tx *Tx) tellRecalculated(o, after models.Obligation, rec *models.Recalculation) error {
	if o.OwnerPostID == "" {
		return nil
	}
	values, err := json.Marshal(map[string]string{"from": o.TargetOn, "to": after.TargetOn, "reason": rec.Reason})
	if err != nil {
		return wrap("news", err)
	}
	return tx.tell(models.News{
		Scope: o.Scope, PostID: o.OwnerPostID, AgreementID: o.AgreementID, Kind: ChangeRecalculated, SubjectKind: "obligation", SubjectID: o.ID,
		Values: string(values), Key: rec.ID + "/" + o.ID,
	})
}

// rearmed is what obligations have in common that are written in one statement.
type rearmed struct {
	targetOn, fatalOn, step, taken           string
	targetAt, fatalAt, until, next, lapsedAt int64
}

// rearm writes what has changed, with one statement for all that end up alike.
func (tx *Tx) rearm(w *weighing) error {
	groups, order := map[rearmed][]string{}, []rearmed{}
	for _, out := range w.outcomes {
		if !out.changed {
			continue
		}
		x := out.after
		for _, o := range out.of {
			k := rearmed{x.TargetOn, x.FatalOn, x.NextStep, x.TakenSteps, x.TargetAt, x.FatalAt, x.TakenUntil, x.NextAt, min(x.LapsedAt, o.LapsedAt)}
			if _, ok := groups[k]; !ok {
				order = append(order, k)
			}
			groups[k] = append(groups[k], o.ID)
		}
	}
	for _, k := range order {
		for ids := range slices.Chunk(groups[k], 500) {
			err := tx.db.Model(&models.Obligation{}).Where("id IN ?", ids).Updates(map[string]any{
				"target_on": k.targetOn, "fatal_on": k.fatalOn, "target_at": k.targetAt, "fatal_at": k.fatalAt, "taken_until": k.until,
				"taken_steps": k.taken, "next_at": k.next, "next_step": k.step, "lapsed_at": k.lapsedAt,
			}).Error
			if err != nil {
				return wrap("arm anew", err)
			}
		}
	}
	return nil
}
