package ledger

import (
	"context"
	"encoding/base32"
	"errors"
	"regexp"
	"strings"

	"gorm.io/gorm"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// weeklyPath is where anybody reads the page whose secret they have.
const weeklyPath = "/minggu/"

// secretOf is the secret of a link. It follows from the link's ID and the keys
// of the installation, so that it can be said again each week and is kept
// nowhere: who reads the database alone cannot work it out.
func (tx *Tx) secretOf(id string) string {
	sum := tx.l.keys.Fingerprint("weekly_link", []byte(id))
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:16]))
}

// weeklySecret finds such secrets in a text.
var weeklySecret = regexp.MustCompile(weeklyPath + "[a-z2-7]{26}")

// withoutSecrets is a text as it may be kept: without the secrets of addresses.
func withoutSecrets(text string) string { return weeklySecret.ReplaceAllString(text, weeklyPath+"…") }

// OpenWeeklyLink makes the address under which anybody reads an agreement's page.
// One that is open stays open.
func (tx *Tx) OpenWeeklyLink(agreementID string) (models.WeeklyLink, error) {
	a, err := tx.ownAgreement(agreementID)
	if err != nil {
		return models.WeeklyLink{}, err
	}
	if a.ClosedOn != "" || a.Historical {
		return models.WeeklyLink{}, fault.New(fault.Refused, "no_weekly_page", "this agreement has ended, or is known from sources only: no page is kept of it")
	}
	open, err := tx.openLink(a.ID)
	if err != nil || open.ID != "" {
		return open, err
	}
	return tx.makeLink(a)
}

func (tx *Tx) makeLink(a models.Agreement) (models.WeeklyLink, error) {
	k := models.WeeklyLink{ID: newID(), Scope: a.Scope, AgreementID: a.ID, Actor: tx.actor.Name, CreatedAt: tx.micros()}
	k.TokenHash = hashOfToken(tx.secretOf(k.ID))
	if err := insert(tx, []models.WeeklyLink{k}); err != nil {
		return k, wrap("weekly link", err)
	}
	return k, tx.audit("weekly.opened", "agreement", a.ID, a.Scope, map[string]any{"link": k.ID})
}

// openLink is the open link of an agreement; no ID: there is none.
func (tx *Tx) openLink(agreementID string) (models.WeeklyLink, error) {
	var k models.WeeklyLink
	err := tx.db.Limit(1).Find(&k, "agreement_id = ? AND revoked_at = 0", agreementID).Error
	return k, wrap("weekly link", err)
}

// WeeklyLink is the open link of an agreement with its address, whole where pages
// are reached from outside, else from its first slash on; "": there is none.
func (tx *Tx) WeeklyLink(agreementID string) (models.WeeklyLink, string, error) {
	a, err := tx.whole(agreementID)
	if err != nil {
		return models.WeeklyLink{}, "", err
	}
	k, err := tx.openLink(a.ID)
	if err != nil || k.ID == "" {
		return k, "", err
	}
	return k, tx.l.public + weeklyPath + tx.secretOf(k.ID), nil
}

// RevokeWeeklyLink closes the address for good; whoever opens it next finds
// nothing. Another one can be made.
func (tx *Tx) RevokeWeeklyLink(agreementID string) error {
	a, err := tx.ownAgreement(agreementID)
	if err != nil {
		return err
	}
	k, err := tx.openLink(a.ID)
	if err != nil || k.ID == "" {
		return err
	}
	err = tx.db.Model(&models.WeeklyLink{}).Where("id = ?", k.ID).Updates(map[string]any{"revoked_at": tx.micros(), "revoked_by": tx.actor.Name}).Error
	if err != nil {
		return wrap("weekly link", err)
	}
	return tx.audit("weekly.revoked", "agreement", a.ID, a.Scope, map[string]any{"link": k.ID})
}

// OpenWeekly reads the page of a secret, as [Ledger.Weekly] does. One whose link
// was revoked is not there.
func (l *Ledger) OpenWeekly(ctx context.Context, token string, week calendar.Day) (WeeklyView, error) {
	var k models.WeeklyLink
	err := l.Read(ctx, System("weekly"), func(tx *Tx) error {
		err := tx.db.Take(&k, "token_hash = ? AND revoked_at = 0", hashOfToken(token)).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return notFound("page")
		}
		return wrap("weekly link", err)
	})
	if err != nil {
		return WeeklyView{}, err
	}
	return l.Weekly(ctx, System("weekly"), k.AgreementID, week)
}
