package ledger

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm/clause"

	"payung/domain/fault"
	"payung/domain/match"
	"payung/models"
)

// TellingInput is a text that somebody put into the group of a desk.
type TellingInput struct {
	PeriodID      string
	Desk          string
	GroupName     string // as people call it; kept for the next time
	Part, Parts   int    // 1 of 1 for a text that is whole
	Text          string
	ObligationIDs []string // that the text names
}

// The longest text that WhatsApp takes, in characters, and the longest name of
// a group that is kept.
const (
	TellingLimit = 4096
	groupLimit   = 100
)

// RecordTelling records that a text went into the group of a desk, and proves
// for each unit it names that a dated request was delivered. The same text in
// the same group counts once a day; again says so.
func (tx *Tx) RecordTelling(agreementID string, in TellingInput) (t models.Telling, again bool, err error) {
	a, err := tx.Agreement(agreementID)
	if err != nil {
		return t, false, err
	}
	p, err := tx.period(a.ID, in.PeriodID)
	if err != nil {
		return t, false, err
	}
	text := strings.ReplaceAll(inWords(in.Text), "\r\n", "\n")
	t = models.Telling{
		ID: newID(), AgreementID: a.ID, PeriodID: p.ID, Desk: in.Desk, GroupName: inWords(in.GroupName), GroupKey: match.Key(in.GroupName),
		Part: max(1, in.Part), Parts: max(1, in.Parts), Text: text, OnDay: string(tx.today(a.Zone)), Actor: tx.actor.Name, CreatedAt: tx.micros(),
	}
	sum := sha256.Sum256([]byte(text))
	t.TextHash = hex.EncodeToString(sum[:])
	if err := checkTelling(t); err != nil {
		return t, false, err
	}
	duties, err := tx.dutiesOfDesk(p.ID, in)
	if err != nil {
		return t, false, err
	}
	t.Scope = deskScope(a, in.Desk)
	if err := insert(tx, []models.Telling{t}, tellingOnce); err != nil {
		return t, false, wrap("telling", err)
	}
	var kept models.Telling
	err = tx.db.Where("period_id = ? AND desk = ? AND group_key = ? AND text_hash = ? AND on_day = ?", t.PeriodID, t.Desk, t.GroupKey, t.TextHash, t.OnDay).Take(&kept).Error
	if err != nil || kept.ID != t.ID {
		return kept, true, wrap("telling", err)
	}
	return t, false, tx.keepTold(a, t, duties)
}

var tellingOnce = clause.OnConflict{
	Columns:   []clause.Column{{Name: "period_id"}, {Name: "desk"}, {Name: "group_key"}, {Name: "text_hash"}, {Name: "on_day"}},
	DoNothing: true,
}

func checkTelling(t models.Telling) error {
	switch {
	case t.GroupKey == "":
		return missing("group_name")
	case utf8.RuneCountInString(t.GroupName) > groupLimit:
		return fault.New(fault.Invalid, "text_too_long", "at most %d characters", groupLimit).On("group_name").With("max", itoa(groupLimit))
	case t.Text == "":
		return missing("text")
	case utf8.RuneCountInString(t.Text) > TellingLimit:
		return fault.New(fault.Invalid, "text_too_long", "at most %d characters", TellingLimit).On("text").With("max", itoa(TellingLimit))
	case t.Part > t.Parts:
		return fault.New(fault.Invalid, "no_such_part", "there are %d parts", t.Parts).On("part")
	}
	return nil
}

// deskScope is whose a telling is: the kecamatan's, or that of the agreement.
func deskScope(a models.Agreement, desk string) models.Scope {
	s := a.Scope
	if desk != Offices {
		s.UnitID = desk
	}
	return s
}

// dutiesOfDesk reads the duties that a text names. All of them must be of the
// year and of the desk, and the actor's to speak for.
func (tx *Tx) dutiesOfDesk(periodID string, in TellingInput) ([]models.Obligation, error) {
	if len(in.ObligationIDs) == 0 {
		return nil, missing("obligation_ids")
	}
	var rows []struct {
		models.Obligation
		DeskID string
	}
	err := tx.owingLists(periodID).Select("obligations.*, COALESCE(k.id, '') AS desk_id").
		Joins("JOIN units u ON u.id = obligations.unit_id").Joins("LEFT JOIN units k ON k.id = u.parent_id AND k.kind = 'kecamatan'").
		Where("obligations.id IN ?", in.ObligationIDs).Order("obligations.id").Scan(&rows).Error
	if err != nil {
		return nil, wrap("units of a text", err)
	}
	ids := slices.Compact(slices.Sorted(slices.Values(in.ObligationIDs)))
	if len(rows) != len(ids) {
		return nil, notFound("obligation")
	}
	out := make([]models.Obligation, len(rows))
	for i, r := range rows {
		if cmp.Or(r.DeskID, Offices) != in.Desk {
			return nil, fault.New(fault.Invalid, "another_desk", "a unit named here belongs to another kecamatan").On("obligation_ids")
		}
		if err := tx.actor.may(r.Scope); err != nil {
			return nil, err
		}
		out[i] = r.Obligation
	}
	return out, nil
}

// keepTold records which units a text named, as proof that they were asked.
// What has no date cannot be late, so nothing is proved for it.
func (tx *Tx) keepTold(a models.Agreement, t models.Telling, duties []models.Obligation) error {
	rows := make([]models.ToldUnit, len(duties))
	var dated []string
	for i, o := range duties {
		rows[i] = models.ToldUnit{ID: newID(), Scope: o.Scope, TellingID: t.ID, ObligationID: o.ID}
		if o.TargetOn != "" {
			dated = append(dated, o.ID)
		}
	}
	if err := insert(tx, rows); err != nil {
		return wrap("units that were told", err)
	}
	if err := tx.prove(dated, ProofGroup, t.CreatedAt); err != nil {
		return err
	}
	return tx.audit("group.told", "telling", t.ID, t.Scope, map[string]any{
		"agreement": a.ID, "desk": t.Desk, "part": t.Part, "parts": t.Parts, "units": len(rows), "text": t.TextHash,
	})
}
