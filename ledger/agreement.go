package ledger

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/obligation"
	"payung/models"
)

// AgreementInput is a new agreement, or one that is already under way.
type AgreementInput struct {
	Title          string
	PemdaPartyID   string
	BPJSPartyID    string
	ServingPartyID string // the BPJS office that serves it, if another one signs
	Zone           string
	Ladder         *obligation.Ladder
	CutiIsWorkday  bool
	ImportedOn     string // under way since before; nothing is sent for steps before this day
	Historical     bool   // known from sources only: no clock, no duties to remind of
	SourceID       string
	Lines          []LineInput
	Numbers        []NumberInput
}

// NumberInput is one party's number for an agreement.
type NumberInput struct {
	IssuerPartyID string
	Year          int
	Number        string
}

// maxMoney bounds an amount typed by hand: Rp1,000 trillion is more than the
// national budget spends on anything here, and far from overflowing a sum.
const maxMoney = 1_000_000_000_000_000

// CreateAgreement records an agreement with its lines and numbers. Its workflow
// starts when the relay sees the commit.
func (tx *Tx) CreateAgreement(in AgreementInput) (models.Agreement, error) {
	pemda, err := tx.Party(in.PemdaPartyID)
	if err != nil {
		return models.Agreement{}, err
	}
	bpjs, err := tx.Party(in.BPJSPartyID)
	if err != nil {
		return models.Agreement{}, err
	}
	a := models.Agreement{
		ID: newID(), Scope: pemda.Scope, Title: strings.TrimSpace(in.Title), PemdaPartyID: pemda.ID, BPJSPartyID: bpjs.ID,
		ServingPartyID: in.ServingPartyID, Zone: in.Zone, CutiMoves: !in.CutiIsWorkday, ImportedOn: in.ImportedOn,
		Historical: in.Historical, SourceID: in.SourceID, CreatedAt: tx.micros(),
	}
	serving := bpjs
	if in.ServingPartyID != "" {
		if serving, err = tx.Party(in.ServingPartyID); err != nil {
			return a, err
		}
	}
	a.BranchID = serving.ID
	if a.Zone == "" {
		a.Zone = pemda.Zone
	}
	ladder := obligation.Default()
	if in.Ladder != nil {
		ladder = *in.Ladder
	}
	if a.Ladder, err = encodeLadder(ladder); err != nil {
		return a, err
	}
	switch {
	case a.Title == "":
		return a, missing("title")
	case bpjs.Kind != "bpjs":
		return a, fault.New(fault.Invalid, "wrong_party_kind", "the second party must be a BPJS office").On("bpjs_party_id")
	case serving.Kind != "bpjs":
		return a, fault.New(fault.Invalid, "wrong_party_kind", "the party that serves must be a BPJS office").On("serving_party_id")
	}
	if _, err := calendar.ParseZone(a.Zone); err != nil {
		return a, fault.New(fault.Invalid, "unknown_zone", "%s", err).On("zone")
	}
	if in.ImportedOn != "" {
		if _, err := checkDay("imported_on", in.ImportedOn); err != nil {
			return a, err
		}
	}
	if err := tx.mustSource(in.SourceID); err != nil {
		return a, err
	}
	if err := create(tx, a.Scope, a); err != nil {
		return a, err
	}
	for i, line := range in.Lines {
		if _, err := tx.addLine(a, line, "lines["+strconv.Itoa(i)+"]."); err != nil {
			return a, err
		}
	}
	for i, n := range in.Numbers {
		if err := tx.addNumber(a, n, "numbers["+strconv.Itoa(i)+"]."); err != nil {
			return a, err
		}
	}
	if !a.Historical {
		if err := tx.stir(a.ID); err != nil {
			return a, err
		}
	}
	return a, tx.audit("agreement.created", "agreement", a.ID, a.Scope,
		map[string]any{"lines": len(in.Lines), "imported_on": in.ImportedOn, "historical": in.Historical})
}

func encodeLadder(l obligation.Ladder) (string, error) {
	if err := l.Check(); err != nil {
		return "", fault.New(fault.Invalid, "bad_ladder", "%s", err).On("ladder")
	}
	raw, err := json.Marshal(l)
	return string(raw), wrap("ladder", err)
}

func (tx *Tx) addNumber(a models.Agreement, in NumberInput, field string) error {
	number := strings.TrimSpace(in.Number)
	switch {
	case number == "":
		return missing(field + "number")
	case in.Year < earliest.Year() || in.Year > latest.Year():
		return badDate(field + "year")
	}
	if _, err := tx.Party(in.IssuerPartyID); err != nil {
		return err
	}
	err := create(tx, a.Scope, models.AgreementNumber{
		ID: newID(), Scope: a.Scope, AgreementID: a.ID, IssuerPartyID: in.IssuerPartyID, Year: in.Year, Number: number, CreatedAt: tx.micros(),
	})
	if duplicate(err) {
		return fault.New(fault.Conflict, "number_taken", "this party has already used number %s in %d", number, in.Year).
			On(field+"number").With("number", number)
	}
	return err
}

// AddNumber records a party's number for an agreement.
func (tx *Tx) AddNumber(agreementID string, in NumberInput) error {
	a, err := tx.Agreement(agreementID)
	if err != nil {
		return err
	}
	if err := tx.addNumber(a, in, ""); err != nil {
		return err
	}
	return tx.audit("agreement.numbered", "agreement", a.ID, a.Scope, map[string]any{"year": in.Year})
}

// Agreement reads one agreement.
func (tx *Tx) Agreement(id string) (models.Agreement, error) {
	return take[models.Agreement](tx, "agreements", "agreement", id)
}

// ownAgreement reads an agreement for change: locked, within what the actor may
// write. Who adds to it in view of what it has takes turns.
func (tx *Tx) ownAgreement(id string) (models.Agreement, error) {
	var a models.Agreement
	err := tx.locked("agreements").Where("id = ?", id).Take(&a).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return a, notFound("agreement")
	}
	if err != nil {
		return a, wrap("lock an agreement", err)
	}
	return a, tx.actor.may(a.Scope)
}

// Agreements lists agreements by ID.
func (tx *Tx) Agreements(p Page) ([]models.Agreement, error) {
	var rows []models.Agreement
	err := tx.from("agreements").Where("id > ?", p.After).Order("id").Limit(p.Size).Find(&rows).Error
	return rows, err
}

// Numbers lists an agreement's numbers.
func (tx *Tx) Numbers(agreementID string) ([]models.AgreementNumber, error) {
	var rows []models.AgreementNumber
	err := tx.from("agreement_numbers").Where("agreement_id = ?", agreementID).Order("id").Find(&rows).Error
	return rows, err
}

// list reads the current rows of a recorded table for one agreement.
func list[T any](tx *Tx, table, agreementID string) ([]T, error) {
	var rows []T
	err := tx.from(table).Where("agreement_id = ? AND known_to = 0", agreementID).Order("id").Find(&rows).Error
	return rows, err
}
