package ledger

import (
	"crypto/sha256"
	"slices"

	"payung/domain/calendar"
	"payung/domain/worker"
	"payung/models"
)

// advance makes a prepared roster the next version of its list: rows that say
// nothing new give way to those that stand, changed ones replace them, leavers
// go.
func (tx *Tx) advance(a models.Agreement, o models.Obligation, r models.Roster, leavers Answers) (models.Roster, error) {
	type step struct {
		sql  string
		args []any
		n    *int64
	}
	if err := tx.keepFirstDays(o, r); err != nil {
		return r, err
	}
	var same, replaced int64
	for _, s := range []step{
		{`DELETE FROM roster_rows WHERE roster_id = ? AND EXISTS (SELECT 1 FROM ` + current + `
			WHERE v.obligation_id = ? AND r.person_id = roster_rows.person_id AND r.content = roster_rows.content` + once, []any{r.ID, o.ID}, &same},
		{`UPDATE roster_rows SET removed_by = ? WHERE removed_by = '' AND roster_id IN (SELECT id FROM rosters WHERE obligation_id = ? AND version > 0)
			AND person_id IN (SELECT person_id FROM roster_rows WHERE roster_id = ?)`, []any{r.ID, o.ID, r.ID}, &replaced},
	} {
		res := tx.db.Exec(s.sql, s.args...)
		if res.Error != nil {
			return r, res.Error
		}
		*s.n = res.RowsAffected
	}
	if err := tx.takeOff(r.ID, leavers); err != nil {
		return r, err
	}
	return tx.number(a, o, r)
}

// takeOff takes people off a list who left it. What is said is the day a reason
// dates from; what is kept is the last day on the list that follows from it.
func (tx *Tx) takeOff(rosterID string, leavers Answers) error {
	for row, l := range leavers {
		if l.Reason == Forgotten {
			continue
		}
		last := calendar.Day(l.On)
		switch rule, ok := worker.FindLeaving(worker.Reason(l.Reason)); {
		case ok && rule.KeepsHistory:
			last = rule.LastDay(last)
		case ok:
			last = "" // struck, whatever day was said
		}
		err := tx.db.Model(&models.RosterRow{}).Where("id = ? AND removed_by = ''", row).
			Updates(map[string]any{"removed_by": rosterID, "to_day": string(last), "leaving": l.Reason}).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// number gives a prepared roster its version, counts the list after it, and
// looks for people who are on others.
func (tx *Tx) number(a models.Agreement, o models.Obligation, r models.Roster) (models.Roster, error) {
	if err := tx.db.Model(&models.Roster{}).Where("obligation_id = ?", o.ID).Select("COALESCE(MAX(version), 0) + 1").Scan(&r.Version).Error; err != nil {
		return r, err
	}
	// Written first, so that its own rows count as standing.
	if err := tx.db.Model(&r).Update("version", r.Version).Error; err != nil {
		return r, err
	}
	err := tx.db.Raw(`SELECT COUNT(*) FROM `+current+` WHERE v.obligation_id = ?`, o.ID).Scan(&r.People).Error
	if err != nil {
		return r, err
	}
	if err := tx.db.Model(&models.RosterRow{}).Where("roster_id = ?", r.ID).Count(&r.Added).Error; err != nil {
		return r, err
	}
	if err := tx.db.Model(&models.RosterRow{}).Where("removed_by = ? AND removed_by <> ''", r.ID).Count(&r.Removed).Error; err != nil {
		return r, err
	}
	if r.Digest, err = tx.digest(o.ID); err != nil {
		return r, err
	}
	if err := tx.db.Model(&r).Select("People", "Added", "Removed", "Digest").Updates(r).Error; err != nil {
		return r, err
	}
	if err := tx.findConflicts(a, r); err != nil {
		return r, err
	}
	if r.Removed > 0 {
		if err := tx.settleConflicts(r); err != nil {
			return r, err
		}
	}
	s := StatusInput{State: "listed", People: r.People, On: calendar.On(calendar.Day(r.OnDay))}
	if err := tx.addStatus(a, o.LineID, o.PeriodID, o.UnitID, s); err != nil {
		return r, err
	}
	return r, nil
}

// digest stands for exactly the people on a list and what was written of them.
func (tx *Tx) digest(obligationID string) ([]byte, error) {
	rows, err := tx.db.Raw(`SELECT r.person_id, r.content FROM `+current+` WHERE v.obligation_id = ? ORDER BY r.person_id`, obligationID).Rows()
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // read to its end, or an error was reported
	h := sha256.New()
	for rows.Next() {
		var person string
		var content int64
		if err := rows.Scan(&person, &content); err != nil {
			return nil, err
		}
		h.Write([]byte(person + "/" + itoa(content) + "\n"))
	}
	return h.Sum(nil), rows.Err()
}

// carryOver puts people on a roster who stood on last year's list and were only
// forgotten in this year's file. On the same list they simply stay.
func (tx *Tx) carryOver(o models.Obligation, r models.Roster, missing []MissingPerson, answers Answers) error {
	if len(missing) == 0 {
		return nil
	}
	var rows []models.RosterRow
	for part := range slices.Chunk(missing, 500) {
		var ids []string
		for _, m := range part {
			if answers[m.RowID].Reason == Forgotten {
				ids = append(ids, m.RowID)
			}
		}
		var found []models.RosterRow
		err := tx.db.Where("id IN ? AND roster_id NOT IN (SELECT id FROM rosters WHERE obligation_id = ?)", ids, o.ID).Find(&found).Error
		if err != nil {
			return err
		}
		rows = append(rows, found...)
	}
	for i, row := range rows {
		fresh, err := tx.copied(row, r)
		if err != nil {
			return err
		}
		fresh.Scope, fresh.Number, fresh.FromDay, fresh.Findings = o.Scope, 0, "", ""
		rows[i] = fresh
	}
	return insert(tx, rows)
}

// answerDuty closes a duty whose list has come. One with rows still to be
// mended is answered, and its clock runs on. A correction of a list that was in
// already closes nothing twice; one after a nihil takes its place.
func (tx *Tx) answerDuty(a models.Agreement, o models.Obligation, on calendar.Day, mending bool) error {
	switch {
	case o.State == StateClosed:
		return tx.reanswered(o, a)
	case !mending:
		return tx.close(o, ByRoster, change{kind: "closed", on: on})
	case o.State == StateSubmitted:
		return nil
	}
	o.State = StateSubmitted
	if err := tx.planner(a).arm(&o); err != nil {
		return err
	}
	if err := tx.keep(o, change{kind: "submitted", on: on}); err != nil {
		return err
	}
	return tx.stir(a.ID)
}
