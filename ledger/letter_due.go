package ledger

import (
	"slices"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/mandate"
	"payung/letter"
	"payung/models"
)

// LetterToWrite is a unit that a letter should be written to now, and which.
type LetterToWrite struct {
	LetterDutyView
	Kind     letter.Kind
	Workdays int
	After    models.Letter // the last one that was sent; zero: none
	DaysLate int
}

// LettersToWrite lists the units of an agreement that owe an answer whose date
// has passed, or that were never given one, with the letter the course has next:
// asked, asked again, warned. A unit whose letter is being prepared, or has not
// been sent yet, is not among them; nor is one whose course is at its end.
func (tx *Tx) LettersToWrite(agreementID string) ([]LetterToWrite, error) {
	a, err := tx.Agreement(agreementID)
	if err != nil {
		return nil, err
	}
	if a.ClosedOn != "" || a.Historical {
		return nil, nil
	}
	today := tx.today(a.Zone)
	var rows []LetterDutyView
	err = tx.namedDuties().Where("obligations.agreement_id = ? AND obligations.kind = ? AND obligations.state = ? AND obligations.paused_at = 0 AND obligations.target_on < ?",
		a.ID, KindRoster, StateOpen, string(today)).
		Where(`NOT EXISTS (SELECT 1 FROM letter_duties d JOIN letters l ON l.id = d.letter_id
			WHERE d.obligation_id = obligations.id AND l.state IN (?, ?) AND l.kind IN ?)`, LetterDraft, LetterIssued, courseKinds()).
		Order("kecamatan, unit_name, obligations.id").Find(&rows).Error
	if err != nil {
		return nil, wrap("letters to write", err)
	}
	ids := make([]string, len(rows))
	for i, o := range rows {
		ids[i] = o.ID
	}
	last, err := tx.lastLetterOf(ids)
	if err != nil {
		return nil, err
	}
	var out []LetterToWrite
	for _, o := range rows {
		before := last[o.ID]
		step, more := mandate.After(before.Kind)
		if !more {
			continue
		}
		w := LetterToWrite{LetterDutyView: o, Kind: letter.Kind(step.Kind), Workdays: step.Workdays, After: before}
		if target := calendar.Day(o.TargetOn); target != "" {
			w.DaysLate = today.Sub(target)
		}
		out = append(out, w)
	}
	return out, nil
}

// courseKinds are the kinds of letters of the course.
func courseKinds() []string {
	steps := mandate.Course()
	out := make([]string, len(steps))
	for i, s := range steps {
		out[i] = s.Kind
	}
	return out
}

// lastLetterOf maps duties to the furthest letter of the course that was sent
// for them and stands.
func (tx *Tx) lastLetterOf(obligationIDs []string) (map[string]models.Letter, error) {
	out := map[string]models.Letter{}
	for part := range slices.Chunk(obligationIDs, 500) {
		var rows []struct {
			models.Letter
			ObligationID string
		}
		err := tx.db.Table("letters").Select("letters.id, letters.kind, letters.number, letters.on_day, letters.subject, letters.sent_on, letters.due_on, d.obligation_id").
			Joins("JOIN letter_duties d ON d.letter_id = letters.id").
			Where("d.obligation_id IN ? AND letters.state = ? AND letters.kind IN ?", part, LetterSent, courseKinds()).
			Order("letters.id").Find(&rows).Error
		if err != nil {
			return nil, wrap("last letters", err)
		}
		for _, r := range rows {
			if mandate.Rank(r.Kind) >= mandate.Rank(out[r.ObligationID].Kind) {
				out[r.ObligationID] = r.Letter
			}
		}
	}
	return out, nil
}

// Preparing says which of the letters to write are to be drafted, and how.
type Preparing struct {
	LetterheadID  string
	ObligationIDs []string // none: all
	Together      bool     // one letter with a list for each kind, to those above; else one for each unit
	Workdays      int      // 0: as the course has it
}

// PrepareLetters drafts the letters that should be written now. Doing it again
// drafts nothing twice. A unit nobody of the letterhead may write to is refused
// with all others, before anything is written.
func (tx *Tx) PrepareLetters(agreementID string, in Preparing) ([]models.Letter, error) {
	waiting, err := tx.LettersToWrite(agreementID)
	if err != nil {
		return nil, err
	}
	byKind := map[letter.Kind][]LetterToWrite{}
	for _, w := range waiting {
		if len(in.ObligationIDs) == 0 || slices.Contains(in.ObligationIDs, w.ID) {
			byKind[w.Kind] = append(byKind[w.Kind], w)
		}
	}
	var out []models.Letter
	for _, step := range mandate.Course() {
		rows := byKind[letter.Kind(step.Kind)]
		for part := range slices.Chunk(rows, partSize(in.Together)) {
			input := LetterInput{LetterheadID: in.LetterheadID, Kind: letter.Kind(step.Kind), Workdays: in.Workdays}
			if input.Workdays == 0 {
				input.Workdays = step.Workdays
			}
			for _, w := range part {
				input.ObligationIDs = append(input.ObligationIDs, w.ID)
			}
			l, err := tx.DraftLetter(agreementID, input)
			if err != nil {
				return nil, err
			}
			out = append(out, l)
		}
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Refused, "no_letters_to_write", "there is nobody to write to now")
	}
	return out, nil
}

// partSize is how many duties one of the letters is about.
func partSize(together bool) int {
	if together {
		return maxAbout
	}
	return 1
}
