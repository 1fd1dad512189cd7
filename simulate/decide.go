package simulate

import (
	"go.temporal.io/sdk/testsuite"

	"payung/delivery"
	"payung/domain/agreement"
	"payung/ledger"
	"payung/models"
	"payung/protocol"
)

// decide sends the workflow a decision, and goes on when it is made.
func (p *play) decide(kind agreement.Decision, request string, then func() error) {
	p.env.UpdateWorkflow(string(kind), request, &testsuite.TestUpdateCallback{
		OnAccept: func() {},
		OnReject: p.fail,
		// The workflow itself calls, and waits: the rest has its own turn.
		OnComplete: func(_ any, err error) {
			if err != nil {
				p.fail(err)
				return
			}
			p.enter(p.now(), then)
		},
	}, protocol.DecisionInput{RequestID: request, Kind: kind})
}

// opened asks for the dry run of what was opened, and lets the units know how
// to behave.
func (p *play) opened() error {
	end := p.o.end().In(zone, 0, 0)
	var duties []models.Obligation
	err := p.read(func(tx *ledger.Tx) (err error) {
		if p.out.Planned, err = tx.Plan(p.town.agreement.ID, tx.Now(), end, p.o.Off...); err != nil {
			return err
		}
		if p.out.Calendar, err = delivery.Plan(tx, p.town.agreement.ID, tx.Now(), end, p.o.Off...); err != nil {
			return err
		}
		duties, err = p.duties(tx)
		return err
	})
	if err != nil {
		return err
	}
	p.behave(duties)
	return nil
}
