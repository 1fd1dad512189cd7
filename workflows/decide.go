package workflows

import (
	"fmt"

	"go.temporal.io/sdk/workflow"

	"payung/domain/agreement"
	"payung/protocol"
)

// validate turns a decision away before it costs a line of history. It asks
// only what it remembers; the ledger decides.
func (a *run) validate(_ workflow.Context, in protocol.DecisionInput) error {
	switch {
	case in.RequestID == "":
		return refusal(fmt.Errorf("a decision without a request"))
	case a.known.Closed:
		return refusal(agreement.Closed())
	}
	return nil
}

// decide has the ledger carry out a decision and answers with what it said. It
// takes no lock: the version in every answer orders it against the clock. An
// answer is one for ever, so a decision that a rebuilt engine refuses waits for
// the new epoch and asks again.
func (a *run) decide(ctx workflow.Context, in protocol.DecisionInput) (protocol.DecisionResult, error) {
	for {
		var out protocol.DecisionResult
		epoch := a.epoch
		err := call(ctx, protocol.ActivityDecide, protocol.DecideInput{
			AgreementID: a.id, Epoch: epoch, RequestID: in.RequestID, Kind: in.Kind,
		}, &out)
		if err == nil {
			a.learn(out.Snapshot)
			return out, nil
		}
		if !isType(err, protocol.ErrorStaleEpoch) {
			return out, outermost(err)
		}
		a.outdated(epoch)
		if err := workflow.Await(ctx, func() bool { return !a.stale }); err != nil {
			return out, err
		}
	}
}
