package ledger

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"payung/domain/fault"
	"payung/models"
)

// RevealPurposes lists what somebody may need a NIK in full for. Everything else
// is done with the last digits.
func RevealPurposes() []string {
	return []string{
		"correction",      // compare it with a card or a family register
		"bpjs_exchange",   // hand it to BPJS Ketenagakerjaan
		"claim",           // apply for a benefit
		"audit",           // an auditor asks for it
		"subject_request", // the person asks what is stored about them
	}
}

// revealed is the action of audit entries about a NIK that somebody saw.
const revealed = "nik.revealed"

// RevealNIK returns the digits of the NIK of somebody on a list that the actor
// may see, and writes down who saw it and what for. It is the only way to them.
func (tx *Tx) RevealNIK(personID, purpose string) (string, error) {
	if !slices.Contains(RevealPurposes(), purpose) {
		return "", fault.New(fault.Invalid, "unknown_purpose", "say what the number is needed for").On("purpose")
	}
	// People are stored once for a kabupaten; whose they are is told by the
	// lists they stand on.
	listed, err := tx.listed(personID)
	if err != nil {
		return "", err
	}
	if err := tx.actor.may(listed.Scope); err != nil {
		return "", err
	}
	var p models.Person
	if err := tx.db.Take(&p, "id = ?", personID).Error; err != nil {
		return "", wrap("person of a list", err)
	}
	if len(p.NIKCipher) == 0 {
		return "", fault.New(fault.NotFound, "nik_not_known", "this person is listed without a NIK")
	}
	digits, err := tx.l.keys.OpenNIK(p.NIKCipher, p.ID)
	if err != nil {
		return "", wrap("NIK", err)
	}
	return digits, tx.audit(revealed, "person", p.ID, listed.Scope, map[string]any{"purpose": purpose})
}

// listed is the first place on a list that a person has within the actor's
// reach.
func (tx *Tx) listed(personID string) (models.RosterRow, error) {
	var row models.RosterRow
	err := tx.from("roster_rows").Select("roster_rows.*").
		Joins("JOIN rosters r ON r.id = roster_rows.roster_id AND r.version > 0").
		Where("roster_rows.person_id = ?", personID).Order("roster_rows.id").Limit(1).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, notFound("person")
	}
	return row, err
}

// Reveal is one time that somebody saw a NIK.
type Reveal struct {
	ID       string
	At       int64
	Actor    string
	PersonID string // "": everybody of a batch
	UnitID   string // on whose list the person stood
	Purpose  string

	EnrolmentID string // the batch whose people were seen; "": one person
	People      int64  // of it
}

// RevealFilter narrows what Reveals lists. Zero values ask for everything.
type RevealFilter struct {
	From, Until time.Time // the second not included
	PersonID    string
}

// Reveals lists who saw which NIK, oldest first: what a notice of a breach has
// to say within 3 × 24 hours (UU 27/2022 Pasal 46).
func (tx *Tx) Reveals(f RevealFilter, p Page) ([]Reveal, error) {
	// The action is written out, or no planner would see that the index fits.
	q := tx.from("audit_entries").Where("action = '"+revealed+"' AND id > ?", p.After)
	if !f.From.IsZero() {
		q = q.Where("at >= ?", f.From.UnixMicro())
	}
	if !f.Until.IsZero() {
		q = q.Where("at < ?", f.Until.UnixMicro())
	}
	if f.PersonID != "" {
		q = q.Where("(subject_id = ? OR subject_kind = 'enrolment' AND subject_id IN (SELECT enrolment_id FROM enrolment_rows WHERE person_id = ?))", f.PersonID, f.PersonID)
	}
	var rows []models.AuditEntry
	if err := q.Order("id").Limit(p.Size).Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]Reveal, len(rows))
	for i, e := range rows {
		var detail struct {
			Purpose string
			People  int64
		}
		if err := json.Unmarshal([]byte(e.Detail), &detail); err != nil {
			return nil, wrap("audit entry "+e.ID, err)
		}
		out[i] = Reveal{ID: e.ID, At: e.At, Actor: e.Actor, PersonID: e.SubjectID, UnitID: e.UnitID, Purpose: detail.Purpose}
		if e.SubjectKind == "enrolment" {
			out[i].PersonID, out[i].EnrolmentID, out[i].People = "", e.SubjectID, detail.People
		}
	}
	return out, nil
}
