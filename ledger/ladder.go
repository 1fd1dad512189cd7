package ledger

import (
	"encoding/json"
	"maps"
	"slices"

	"payung/domain/agreement"
	"payung/domain/fault"
	"payung/domain/obligation"
	"payung/models"
)

// LadderKinds are the kinds of obligations that can have a ladder of their own,
// in the order of the pages.
func LadderKinds() []string {
	return []string{KindRoster, KindPayment, KindTask, KindRenewal, KindForms, KindCards, KindHandover, KindCorrection}
}

// Where the ladder of a kind comes from.
const (
	LadderOfPemda     = "pemda"     // chosen by the Pemda for this kind
	LadderOfKind      = "kind"      // built in for this kind
	LadderOfAgreement = "agreement" // each agreement's own, three steps unless it was made with another
)

// KindLadder is the ladder open obligations of a kind go by.
type KindLadder struct {
	Kind   string
	Origin string
	Ladder obligation.Ladder
	Open   int64 // obligations it is about
	Since  int64 // when the Pemda chose it; 0: it did not
	Actor  string
}

// Ladders lists a Pemda's ladder for each kind.
func (tx *Tx) Ladders(partyID string) ([]KindLadder, error) {
	if _, err := tx.pemda(partyID); err != nil {
		return nil, err
	}
	var chosen []models.Ladder
	if err := tx.from("ladders").Where("party_id = ? AND known_to = 0", partyID).Find(&chosen).Error; err != nil {
		return nil, wrap("ladders", err)
	}
	var counts []struct {
		Kind string
		N    int64
	}
	err := tx.from("obligations").Select("obligations.kind, COUNT(*) AS n").
		Joins("JOIN agreements a ON a.id = obligations.agreement_id AND a.pemda_party_id = ?", partyID).
		Where("obligations.state IN ? AND obligations.ladder = ''", []string{StateOpen, StateSubmitted}).Group("obligations.kind").Find(&counts).Error
	if err != nil {
		return nil, wrap("open obligations by kind", err)
	}
	var out []KindLadder
	for _, kind := range LadderKinds() {
		k := KindLadder{Kind: kind, Origin: LadderOfAgreement, Ladder: obligation.Default()}
		if kind == KindRenewal {
			k.Origin, k.Ladder = LadderOfKind, agreement.RenewalLadder()
		}
		for _, c := range chosen {
			if c.Kind != kind {
				continue
			}
			k.Origin, k.Since, k.Actor, k.Ladder = LadderOfPemda, c.KnownFrom, c.Actor, obligation.Ladder{}
			if err := json.Unmarshal([]byte(c.Ladder), &k.Ladder); err != nil {
				return nil, wrap("stored ladder", err)
			}
		}
		for _, c := range counts {
			if c.Kind == kind {
				k.Open = c.N
			}
		}
		out = append(out, k)
	}
	return out, nil
}

// LadderInput is a Pemda's choice for one kind of obligation.
type LadderInput struct {
	Kind   string
	Ladder *obligation.Ladder // nil: no choice any more
}

// PreviewLadder says what a choice would change for open obligations, without
// changing anything.
func (tx *Tx) PreviewLadder(partyID string, in LadderInput) (Effect, error) {
	_, r, err := tx.ladderRuling(partyID, in)
	if err != nil {
		return Effect{}, err
	}
	return tx.effectOf(r)
}

// SetLadder chooses a Pemda's ladder for one kind of obligation and arms the
// open ones anew. Dates stay, their generation too: what was sent is not sent
// again.
func (tx *Tx) SetLadder(partyID string, in LadderInput) (Effect, error) {
	party, r, err := tx.ladderRuling(partyID, in)
	if err != nil {
		return Effect{}, err
	}
	return tx.rule(r, func() error {
		err := tx.db.Exec("UPDATE ladders SET known_to = ? WHERE party_id = ? AND kind = ? AND known_to = 0", tx.micros(), party.ID, in.Kind).Error
		if err != nil {
			return wrap("ladder before", err)
		}
		steps := 0
		if in.Ladder != nil {
			raw, err := encodeLadder(*in.Ladder)
			if err != nil {
				return err
			}
			row := models.Ladder{
				ID: newID(), Scope: party.Scope, PartyID: party.ID, Kind: in.Kind, Ladder: raw, Actor: tx.actor.Name, Recorded: tx.recorded(),
			}
			if err := create(tx, party.Scope, row); err != nil {
				return wrap("ladder", err)
			}
			steps = len(in.Ladder.Steps)
		}
		return tx.audit("ladder.set", "party", party.ID, party.Scope, map[string]any{"kind": in.Kind, "steps": steps, "chosen": in.Ladder != nil})
	})
}

// ladderRuling checks a choice.
func (tx *Tx) ladderRuling(partyID string, in LadderInput) (models.Party, ruling, error) {
	r := ruling{cause: CauseLadder, partyID: partyID, kind: in.Kind}
	party, err := tx.ownPemda(partyID)
	if err != nil {
		return party, r, err
	}
	if !slices.Contains(LadderKinds(), in.Kind) {
		return party, r, fault.New(fault.Invalid, "unknown_kind", "there is no kind of obligation %q", in.Kind).On("kind")
	}
	raw := ""
	if in.Ladder != nil {
		if raw, err = encodeLadder(*in.Ladder); err != nil {
			return party, r, err
		}
	}
	r.after = func(p policy) *policy {
		p.ladders = maps.Clone(p.ladders)
		p.ladders[in.Kind] = raw
		return &p
	}
	return party, r, nil
}

// pemda reads a local government.
func (tx *Tx) pemda(id string) (models.Party, error) {
	p, err := tx.Party(id)
	if err == nil && p.Kind != "pemda" {
		err = fault.New(fault.Invalid, "not_a_pemda", "this is settled for a local government").On("party_id")
	}
	return p, err
}

// ownPemda is pemda, of one the actor may change.
func (tx *Tx) ownPemda(id string) (models.Party, error) {
	p, err := tx.pemda(id)
	if err == nil {
		err = tx.actor.may(p.Scope)
	}
	return p, err
}
