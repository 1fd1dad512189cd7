package api

import (
	"payung/domain/fault"
	"payung/domain/obligation"
	"payung/ledger"
)

// LadderChoice is a Pemda's ladder for one kind of obligation: a preset, or
// steps of its own.
type LadderChoice struct {
	Kind   string             `json:"kind" maxLength:"40" example:"roster"`
	Preset string             `json:"preset,omitempty" enum:"default,full,none" doc:"default: three steps; full: nine; none: no choice any more"`
	Ladder *obligation.Ladder `json:"ladder,omitempty" doc:"instead of a preset"`
}

func (c LadderChoice) input() (ledger.LadderInput, error) {
	in := ledger.LadderInput{Kind: c.Kind, Ladder: c.Ladder}
	if (c.Preset == "") == (c.Ladder == nil) {
		return in, fault.New(fault.Invalid, "preset_or_ladder", "give either a preset or a ladder").On("preset")
	}
	switch c.Preset {
	case "default":
		l := obligation.Default()
		in.Ladder = &l
	case "full":
		l := obligation.Full()
		in.Ladder = &l
	}
	return in, nil
}

// KindLadder is the ladder open obligations of a kind go by.
type KindLadder struct {
	Kind   string            `json:"kind"`
	Origin string            `json:"origin" enum:"pemda,kind,agreement" doc:"chosen by the Pemda; built in for the kind; each agreement's own"`
	Ladder obligation.Ladder `json:"ladder"`
	Open   int64             `json:"open" doc:"obligations it is about"`
	Since  string            `json:"since,omitempty" format:"date-time" doc:"when it was chosen"`
	Actor  string            `json:"actor,omitempty"`
}

func ladderRoutes(s *server) {
	list := func(tx *ledger.Tx, partyID string) (List[KindLadder], error) {
		p, err := tx.Party(partyID)
		if err != nil {
			return List[KindLadder]{}, err
		}
		rows, err := tx.Ladders(partyID)
		return listed(rows, err, func(k ledger.KindLadder) KindLadder {
			return KindLadder{Kind: k.Kind, Origin: k.Origin, Ladder: k.Ladder, Open: k.Open, Since: instant(k.Since, p.Zone), Actor: k.Actor}
		})
	}
	read(s, PolicyRead, "/parties/{id}/ladders", "list-ladders", "A Pemda's reminders for each kind of obligation",
		func(tx *ledger.Tx, in *ByID) (List[KindLadder], error) { return list(tx, in.ID) })
	weigh(s, PolicyWrite, "/parties/{id}/ladders/preview", "preview-ladder", "What another ladder would change for open obligations",
		func(tx *ledger.Tx, in *Of[LadderChoice]) (Effect, error) {
			return ladderEffect(tx, in, tx.PreviewLadder)
		})
	change(s, PolicyWrite, "/parties/{id}/ladders", "set-ladder", "Choose a ladder for a kind of obligation and arm the open ones anew",
		func(tx *ledger.Tx, in *Of[LadderChoice]) (Effect, error) {
			return ladderEffect(tx, in, tx.SetLadder)
		})
}

func ladderEffect(tx *ledger.Tx, in *Of[LadderChoice], do func(string, ledger.LadderInput) (ledger.Effect, error)) (Effect, error) {
	choice, err := in.Body.input()
	if err != nil {
		return Effect{}, err
	}
	e, err := do(in.ID, choice)
	return ruledView(e, clocksOf(tx).zone), err
}
