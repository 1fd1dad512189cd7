package ledger

import (
	"maps"
	"slices"

	"gorm.io/gorm/clause"

	"payung/domain/benefit"
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/rupiah"
	"payung/domain/worker"
	"payung/models"
)

// States of a claim.
const (
	ClaimOpen      = "open"      // papers are missing
	ClaimComplete  = "complete"  // all papers are there
	ClaimWithdrawn = "withdrawn" // the death was recorded by mistake
)

// ClaimStates lists them.
func ClaimStates() []string { return []string{ClaimOpen, ClaimComplete, ClaimWithdrawn} }

// openClaim opens the claim of the heirs of somebody who died while on a list,
// with what the tables in force on that day pay, and tells the unit and the
// offices that lead the group. A person has one claim, whichever list the death
// was recorded on first; another list opens none.
func (tx *Tx) openClaim(a models.Agreement, o models.Obligation, row models.RosterRow, event benefit.Event, on calendar.Day) (models.Claim, error) {
	c := models.Claim{
		ID: newID(), Scope: o.Scope, AgreementID: a.ID, ObligationID: o.ID, RowID: row.ID, PersonID: row.PersonID, Event: string(event), OnDay: string(on),
		State: ClaimOpen, Actor: tx.actor.Name, CreatedAt: tx.micros(), UpdatedAt: tx.micros(),
	}
	if d, ok := benefit.FindDossier(event); ok && d.Report != nil {
		c.ReportBy = string(d.Report.By(on))
	}
	if by, err := benefit.National().ClaimDeadline(on, ""); err == nil { // an event before the first table has none
		c.ClaimBy = string(by.LastDay)
	}
	if err := tx.estimate(a, o, row, &c); err != nil {
		return c, err
	}
	res := tx.db.Clauses(clause.OnConflict{DoNothing: true}).Create(&c)
	if res.Error != nil || res.RowsAffected == 0 {
		return models.Claim{}, res.Error
	}
	if err := tx.tellClaim(o, c); err != nil {
		return c, err
	}
	return c, tx.audit("claim.opened", "claim", c.ID, c.Scope, map[string]any{"event": c.Event, "on": c.OnDay, "table": c.RuleTable, "row": row.ID})
}

// claimDeaths opens the claims of people whose death came to light by their
// missing from a new list, each on the list the person stood on.
func (tx *Tx) claimDeaths(a models.Agreement, gone Answers) error {
	for _, id := range slices.Sorted(maps.Keys(gone)) {
		rule, _ := worker.FindLeaving(worker.Reason(gone[id].Reason))
		if !rule.OpensClaim {
			continue
		}
		row, o, _, err := tx.ownRow(id)
		if err != nil {
			return err
		}
		if _, err := tx.openClaim(a, o, row, benefit.Death, calendar.Day(gone[id].On)); err != nil {
			return err
		}
	}
	return nil
}

// estimate is what the event pays by the tables in force on its day, or why
// that cannot be said. Where the list says no wage, that of the line counts.
func (tx *Tx) estimate(a models.Agreement, o models.Obligation, row models.RosterRow, c *models.Claim) error {
	wage := row.Wage
	if wage == 0 {
		line, err := tx.line(a.ID, o.LineID)
		if err != nil {
			return err
		}
		wage = line.Wage
	}
	group, _ := worker.Find(o.GroupCode)
	paid, err := benefit.Compute(benefit.Query{
		Event: benefit.Event(c.Event), When: calendar.On(calendar.Day(c.OnDay)), Segment: group.Segment, Wage: rupiah.Amount(wage),
	})
	if f, ok := fault.Of(err); ok {
		c.Problem = f.Code
		return nil
	}
	c.Estimate, c.RuleTable, c.RuleVersion = int64(paid.Total), paid.Table, paid.RuleVersion
	return err
}

// tellClaim writes to the post that owes the list and to the heads of the
// offices that lead the group.
func (tx *Tx) tellClaim(o models.Obligation, c models.Claim) error {
	var leads []models.Post
	err := tx.db.Table("posts p").Select("p.id, p.unit_id").
		Joins("JOIN line_leads l ON l.lead_unit_id = p.unit_id AND l.line_id = ? AND l.known_to = 0", o.LineID).
		Where("p.role = 'head' AND p.id <> ?", o.OwnerPostID).Order("p.id").Scan(&leads).Error
	if err != nil {
		return err
	}
	n := models.Notice{
		Scope: o.Scope, AgreementID: o.AgreementID, ObligationID: o.ID, Step: "claim:" + c.ID, Generation: o.Generation, Tone: "inform",
		Kind: "claim", GroupCode: o.GroupCode, TargetOn: c.ClaimBy, CreatedAt: tx.micros(),
	}
	out := make([]models.Notice, 0, len(leads)+1)
	for _, p := range append([]models.Post{{ID: o.OwnerPostID, Scope: o.Scope}}, leads...) {
		n.ID, n.PostID, n.UnitID = newID(), p.ID, p.UnitID
		out = append(out, n)
	}
	tx.rings = true
	return insert(tx, out, clause.OnConflict{DoNothing: true})
}

// withdrawClaim ends the claim that somebody's leaving has opened, if it did.
func (tx *Tx) withdrawClaim(rowID string) error {
	var c models.Claim
	err := tx.db.Where("row_id = ? AND state <> ?", rowID, ClaimWithdrawn).Limit(1).Find(&c).Error
	if err != nil || c.ID == "" {
		return err
	}
	err = tx.db.Model(&models.Claim{}).Where("id = ?", c.ID).Updates(map[string]any{"state": ClaimWithdrawn, "updated_at": tx.micros()}).Error
	if err != nil {
		return err
	}
	return tx.audit("claim.withdrawn", "claim", c.ID, c.Scope, map[string]any{"row": rowID})
}
