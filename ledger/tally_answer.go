package ledger

import (
	"slices"
	"strconv"

	"gorm.io/gorm/clause"

	"payung/domain/fault"
	"payung/domain/tally"
	"payung/models"
)

// TallyAnswerInput is what somebody says a text of a recap means.
type TallyAnswerInput struct {
	About  string // as the question says
	Place  string
	Text   string
	Choice string // a candidate's ID, none, new, skip; of a phrase: nothing, a state, or paid:2026-12-31
}

// maxAnswers bounds one request.
const maxAnswers = 500

// tallyAnswers are what has been said about texts like those of a recap: for
// all recaps of its party, and what was put off for this one.
func (tx *Tx) tallyAnswers(t models.Tally) ([]tally.Answer, error) {
	var rows []models.TallyAnswer
	err := tx.db.Where("party_id = ? AND known_to = 0 AND (choice <> ? OR tally_id = ?)", t.PartyID, tally.NotNow, t.ID).Order("id").Find(&rows).Error
	out := make([]tally.Answer, 0, len(rows))
	for _, a := range rows {
		// "Lunas Des" is another day in another year.
		if a.About != tally.AboutPhrase || a.Place == strconv.Itoa(t.Year) {
			out = append(out, tally.Answer{About: a.About, Place: a.Place, Text: a.Text, Choice: a.Choice})
		}
	}
	return out, err
}

// AnswerTally records what texts of a recap mean; an answer given before is
// replaced. What is left of the questions comes back.
func (tx *Tx) AnswerTally(id string, in []TallyAnswerInput) (TallySheet, error) {
	t, err := tx.tally(id)
	if err != nil {
		return TallySheet{}, err
	}
	if err := tx.actor.may(t.Scope); err != nil {
		return TallySheet{}, err
	}
	if len(in) == 0 || len(in) > maxAnswers {
		return TallySheet{}, fault.New(fault.Invalid, "too_many_answers", "send 1 to %d answers at a time", maxAnswers).On("answers").With("max", itoa(maxAnswers))
	}
	_, reg, err := tx.readTally(t)
	if err != nil {
		return TallySheet{}, err
	}
	answers := make([]models.TallyAnswer, len(in))
	for i, a := range in {
		if !reg.takes(tally.Kind(t.Kind), a) {
			return TallySheet{}, fault.New(fault.Invalid, "unknown_choice", "this is no answer to that question").On("answers[" + itoa(int64(i)) + "].choice")
		}
		if a.About == tally.AboutPhrase {
			a.Place = strconv.Itoa(t.Year)
		}
		answers[i] = models.TallyAnswer{About: a.About, Place: a.Place, Text: a.Text, Choice: a.Choice}
	}
	if err := tx.remember(t, answers); err != nil {
		return TallySheet{}, err
	}
	if err := tx.audit("tally.answered", "tally", t.ID, t.Scope, map[string]any{"answers": len(in)}); err != nil {
		return TallySheet{}, err
	}
	s, _, err := tx.readTally(t)
	return s, err
}

// takes reports whether a choice answers what it is about.
func (r *register) takes(k tally.Kind, a TallyAnswerInput) bool {
	if a.Text == "" || len(a.Text) > 400 || len(a.Place) > 64 {
		return false
	}
	switch a.About {
	case tally.AboutPhrase:
		_, ok := tally.Meaning(a.Choice)
		return ok || a.Choice == tally.NotNow
	case tally.AboutDistrict:
		return r.Districts.Has(a.Choice) || a.Choice == tally.NotNow
	case tally.AboutName:
		return r.Places.Has(a.Choice) || a.Choice == tally.NoneOfThem || a.Choice == tally.NotNow || a.Choice == tally.AsNew && k == tally.Offices
	}
	return false
}

// remember keeps answers in the place of those given before. The later of two
// in one request holds.
func (tx *Tx) remember(t models.Tally, answers []models.TallyAnswer) error {
	slices.Reverse(answers)
	seen := map[[3]string]bool{}
	for _, a := range answers {
		key := [3]string{a.About, a.Place, a.Text}
		if seen[key] {
			continue
		}
		seen[key] = true
		was := tx.db.Model(&models.TallyAnswer{}).Where("party_id = ? AND about = ? AND place = ? AND text = ? AND known_to = 0", t.PartyID, a.About, a.Place, a.Text)
		if err := was.Update("known_to", tx.micros()).Error; err != nil {
			return wrap("replace an answer", err)
		}
		a.ID, a.Scope, a.PartyID, a.TallyID, a.Actor, a.Recorded = newID(), t.Scope, t.PartyID, t.ID, tx.actor.Name, tx.recorded()
		if err := insert(tx, []models.TallyAnswer{a}, clause.OnConflict{DoNothing: true}); err != nil {
			return wrap("keep an answer", err)
		}
	}
	return nil
}
