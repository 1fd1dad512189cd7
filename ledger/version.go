package ledger

import (
	"slices"

	"payung/domain/calendar"
	"payung/domain/worker"
	"payung/models"
)

// advance makes a prepared roster the next version of its list: rows that say
// nothing new give way to those that stand, changed ones replace them, leavers
// go.
func (tx *Tx) advance(a models.Agreement, o models.Obligation, r models.Roster, leavers Answers) (models.Roster, error) {
	before, err := tx.lastVersion(o.ID)
	if err != nil {
		return r, err
	}
	if before.Version > 0 {
		if err := tx.giveWay(o, r); err != nil {
			return r, err
		}
		r.Digest = nil // of other rows than it was
	}
	if err := tx.takeOff(r.ID, leavers); err != nil {
		return r, err
	}
	return tx.number(a, o, r)
}

// giveWay sets a prepared roster against the list as it stands.
func (tx *Tx) giveWay(o models.Obligation, r models.Roster) error {
	if err := tx.keepFirstDays(o, r); err != nil {
		return err
	}
	err := tx.db.Exec(`DELETE FROM roster_rows WHERE roster_id = ? AND EXISTS (SELECT 1 FROM `+current+`
		WHERE v.obligation_id = ? AND r.person_id = roster_rows.person_id AND r.content = roster_rows.content`+once, r.ID, o.ID).Error
	if err != nil {
		return err
	}
	return tx.db.Exec(`UPDATE roster_rows SET removed_by = ? WHERE removed_by = '' AND roster_id IN (SELECT id FROM rosters WHERE obligation_id = ? AND version > 0)
		AND person_id IN (SELECT person_id FROM roster_rows WHERE roster_id = ?)`, r.ID, o.ID, r.ID).Error
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

// lastVersion is the list of a duty as it stands; the zero value if there is
// none.
func (tx *Tx) lastVersion(obligationID string) (r models.Roster, err error) {
	err = tx.db.Where("obligation_id = ? AND version > 0", obligationID).Order("version DESC").Limit(1).Find(&r).Error
	return r, err
}

// number gives a prepared roster its version, counts the list after it, and
// looks for people who are on others. All it reads is what is new, so that even
// the list of a whole kabupaten comes to count in a moment.
func (tx *Tx) number(a models.Agreement, o models.Obligation, r models.Roster) (models.Roster, error) {
	if err := tx.holdLists(a.Scope); err != nil {
		return r, err
	}
	before, err := tx.lastVersion(o.ID)
	if err != nil {
		return r, err
	}
	if before.ListedAt == 0 && before.Version > 0 { // of the time when a digest was another one
		before.People, before.Digest, err = tx.sum(`roster_rows r JOIN rosters v ON v.id = r.roster_id AND v.version > 0
			WHERE v.obligation_id = ? AND r.removed_by IN ('', ?)`, o.ID, r.ID)
		if err != nil {
			return r, err
		}
	}
	if len(r.Digest) == 0 { // nobody has counted it in advance
		if r.Added, r.Digest, err = tx.sum(`roster_rows r WHERE r.roster_id = ?`, r.ID); err != nil {
			return r, err
		}
	}
	struck, gone, err := tx.sum(`roster_rows r JOIN rosters v ON v.id = r.roster_id AND v.obligation_id = ? WHERE r.removed_by = ? AND r.removed_by <> ''`, o.ID, r.ID)
	if err != nil {
		return r, err
	}
	if err := tx.db.Model(&models.RosterRow{}).Where("removed_by = ? AND removed_by <> ''", r.ID).Count(&r.Removed).Error; err != nil {
		return r, err
	}
	r.Version, r.ListedAt, r.People = before.Version+1, tx.micros(), before.People+r.Added-struck
	r.Digest = digest(before.Digest).plus(r.Digest).minus(gone)
	if err := tx.db.Model(&r).Select("Version", "People", "Added", "Removed", "Digest", "ListedAt").Updates(r).Error; err != nil {
		return r, err
	}
	if err := tx.findConflicts(a, r); err != nil {
		return r, err
	}
	if r.Removed > 0 {
		if err := tx.settleConflicts(r); err != nil {
			return r, err
		}
		if err := tx.listChanged(a, r); err != nil {
			return r, err
		}
	}
	s := StatusInput{State: "listed", People: r.People, On: calendar.On(calendar.Day(r.OnDay))}
	return r, tx.addStatus(a, o.LineID, o.PeriodID, o.UnitID, s)
}

// carryOver puts people on a roster who stood on last year's list and were only
// forgotten in this year's file. On the same list they simply stay.
func (tx *Tx) carryOver(o models.Obligation, r models.Roster, missing []MissingPerson, answers Answers) (carried bool, err error) {
	if len(missing) == 0 {
		return false, nil
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
			return false, err
		}
		rows = append(rows, found...)
	}
	for i, row := range rows {
		fresh, err := tx.copied(row, r)
		if err != nil {
			return false, err
		}
		fresh.Scope, fresh.Number, fresh.FromDay, fresh.Findings = o.Scope, 0, "", ""
		rows[i] = fresh
	}
	return len(rows) > 0, insert(tx, rows)
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
