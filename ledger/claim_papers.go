package ledger

import (
	"gorm.io/gorm/clause"

	"payung/domain/benefit"
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// papers fills in what each claim needs and what has come in.
func (tx *Tx) papers(rows []ClaimView) error {
	ids := make([]string, len(rows))
	for i, c := range rows {
		ids[i] = c.ID
	}
	var there []models.ClaimDocument
	if err := tx.db.Where("claim_id IN ?", ids).Find(&there).Error; err != nil {
		return wrap("papers of claims", err)
	}
	received := map[[2]string]calendar.Day{}
	for _, d := range there {
		received[[2]string{d.ClaimID, d.Code}] = calendar.Day(d.ReceivedOn)
	}
	for i, c := range rows {
		dossier, _ := benefit.FindDossier(benefit.Event(c.Event))
		for _, d := range dossier.Documents {
			rows[i].Papers = append(rows[i].Papers, Paper{Document: d, ReceivedOn: received[[2]string{c.ID, d.Code}]})
		}
	}
	return nil
}

// PaperInput says that a paper of a claim has come in, or that it has not after
// all.
type PaperInput struct {
	On      string // "": today
	Missing bool   // it was noted by mistake, or went back
}

// ReceivePaper notes a paper of a claim. With the last one it needs the claim is
// complete, and the time in which it is to be paid begins.
func (tx *Tx) ReceivePaper(claimID, code string, in PaperInput) (ClaimView, error) {
	c, err := tx.ownClaim(claimID)
	if err != nil {
		return c, err
	}
	at := -1
	for i, p := range c.Papers {
		if p.Code == code {
			at = i
		}
	}
	on := tx.today(c.Zone)
	if in.On != "" {
		if on, err = checkDay("on", in.On); err != nil {
			return c, err
		}
	}
	switch {
	case at < 0:
		return c, notFound("document")
	case c.State == ClaimWithdrawn:
		return c, fault.New(fault.Conflict, "claim_withdrawn", "this claim has been withdrawn")
	case on > tx.today(c.Zone) || string(on) < c.OnDay:
		return c, fault.New(fault.Invalid, "received_at_no_time", "a paper comes in between the event, %s, and today", c.OnDay).On("on").With("date", c.OnDay)
	}
	if in.Missing {
		err = tx.db.Where("claim_id = ? AND code = ?", c.ID, code).Delete(&models.ClaimDocument{}).Error
		c.Papers[at].ReceivedOn = ""
	} else {
		d := models.ClaimDocument{ClaimID: c.ID, Code: code, ReceivedOn: string(on), Actor: tx.actor.Name, CreatedAt: tx.micros()}
		err = insert(tx, []models.ClaimDocument{d}, clause.OnConflict{UpdateAll: true})
		c.Papers[at].ReceivedOn = on
	}
	if err != nil {
		return c, err
	}
	if err := tx.completeClaim(&c); err != nil {
		return c, err
	}
	return c, tx.audit("claim.paper", "claim", c.ID, c.Scope, map[string]any{"document": code, "missing": in.Missing, "on": on, "state": c.State})
}

// ownClaim reads a claim for change, locked.
func (tx *Tx) ownClaim(id string) (ClaimView, error) {
	c, err := tx.Claim(id)
	if err != nil {
		return c, err
	}
	if err := tx.actor.may(c.Scope); err != nil {
		return c, err
	}
	if err := tx.locked("claims").Where("claims.id = ?", id).Take(&models.Claim{}).Error; err != nil {
		return c, err
	}
	return tx.Claim(id)
}

// completeClaim keeps whether a claim has all it needs, and since when.
func (tx *Tx) completeClaim(c *ClaimView) error {
	c.State, c.CompleteOn, c.PayBy = ClaimOpen, "", ""
	if c.Missing() == 0 {
		complete := calendar.Day("")
		for _, p := range c.Papers {
			if !p.Optional {
				complete = max(complete, p.ReceivedOn)
			}
		}
		c.State, c.CompleteOn = ClaimComplete, string(complete)
		if d, _ := benefit.FindDossier(benefit.Event(c.Event)); d.Payment != nil {
			a, err := tx.fresh(c.AgreementID)
			if err != nil {
				return err
			}
			days, err := tx.calendarOf(a)
			if err != nil {
				return err
			}
			c.PayBy = string(d.Payment.By(days, complete))
		}
	}
	c.UpdatedAt = tx.micros()
	return tx.db.Model(&models.Claim{ID: c.ID}).Select("State", "CompleteOn", "PayBy", "UpdatedAt").Updates(c.Claim).Error
}
