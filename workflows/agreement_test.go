package workflows_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"payung/domain/agreement"
	"payung/protocol"
	"payung/workflows"
)

// office is an agreement's workflow with a ledger of another epoch.
type office struct {
	*testsuite.TestWorkflowEnvironment
	mu    sync.Mutex
	epoch int64   // of the ledger
	reads []int64 // the epochs in which the workflow asked for its snapshot
}

func newOffice(t *testing.T) *office {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	o := &office{TestWorkflowEnvironment: suite.NewTestWorkflowEnvironment(), epoch: 1}
	workflows.Register(o)
	for name, do := range map[string]any{
		protocol.ActivityRead: func(_ context.Context, in protocol.ReadInput) (protocol.Snapshot, error) {
			o.mu.Lock()
			o.reads = append(o.reads, in.Epoch)
			o.mu.Unlock()
			return o.answer(in.Epoch)
		},
		protocol.ActivityDecide: func(_ context.Context, in protocol.DecideInput) (protocol.DecisionResult, error) {
			s, err := o.answer(in.Epoch)
			return protocol.DecisionResult{Snapshot: s, Made: map[string]string{"request": in.RequestID}}, err
		},
	} {
		o.RegisterActivityWithOptions(do, activity.RegisterOptions{Name: name})
	}
	return o
}

func (o *office) answer(epoch int64) (protocol.Snapshot, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if epoch != o.epoch {
		return protocol.Snapshot{}, temporal.NewNonRetryableApplicationError("stale", protocol.ErrorStaleEpoch, nil)
	}
	return protocol.Snapshot{Epoch: epoch, Version: 1}, nil
}

func (o *office) rebuild() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.epoch++
}

func (o *office) poke(epoch int64) {
	o.SignalWorkflow(protocol.SignalPoke, protocol.Poke{Epoch: epoch})
}

func (o *office) run() {
	o.ExecuteWorkflow(protocol.TypeAgreement, protocol.AgreementInput{AgreementID: "a", Epoch: 1})
}

// reply is what somebody who asked for a decision has heard.
type reply struct {
	testsuite.TestUpdateCallback
	made map[string]string
	err  error
}

func (o *office) decide(request string) *reply {
	var r reply
	r.TestUpdateCallback = testsuite.TestUpdateCallback{
		OnAccept: func() {},
		OnReject: func(err error) { r.err = err },
		OnComplete: func(out any, err error) {
			if r.err = err; err == nil {
				r.made = out.(protocol.DecisionResult).Made
			}
		},
	}
	o.UpdateWorkflow(string(agreement.OpenYear), request, &r, protocol.DecisionInput{RequestID: request, Kind: agreement.OpenYear})
	return &r
}

func TestADecisionInFlightOutlivesARebuild(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var r *reply
	o.RegisterDelayedCallback(func() { o.rebuild(); r = o.decide("r1") }, time.Second)
	o.RegisterDelayedCallback(func() {
		require.NoError(t, r.err, "a no for now would be the answer to this request for ever")
		o.poke(2)
	}, time.Minute)
	o.RegisterDelayedCallback(o.CancelWorkflow, time.Hour)
	o.run()
	require.NoError(t, r.err)
	require.Equal(t, map[string]string{"request": "r1"}, r.made)
}

func TestAPokeThatOvertakesARefusedReadIsNotLost(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.rebuild()
	var first sync.Once
	o.SetOnLocalActivityStartedListener(func(*activity.Info, context.Context, []any) {
		first.Do(func() { o.poke(2) }) // while the read of epoch 1 is on its way
	})
	o.RegisterDelayedCallback(o.CancelWorkflow, time.Hour)
	o.run()
	require.Equal(t, []int64{1, 2}, o.reads)
}

func TestARunThatHasGrownLongContinuesAsNewAtOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.RegisterDelayedCallback(func() {
		o.SetContinueAsNewSuggested(true)
		o.decide("r1")
	}, time.Second)
	begun := o.Now()
	o.run()
	require.True(t, workflow.IsContinueAsNewError(o.GetWorkflowError()), "%v", o.GetWorkflowError())
	require.Less(t, o.Now().Sub(begun), time.Hour, "not at the next alarm, months away")
}

// TestTheClockGoesOnWhileADecisionTakesLong lets the breath fall due while a
// decision waits for a rebuilt engine: the run neither ends under it nor stops
// reading what it is poked to read.
func TestTheClockGoesOnWhileADecisionTakesLong(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var r *reply
	o.RegisterDelayedCallback(func() { o.rebuild(); r = o.decide("r1") }, time.Second)
	late := workflows.Quarter + 3*time.Hour
	o.RegisterDelayedCallback(func() {
		require.False(t, o.IsWorkflowCompleted(), "somebody still waits for an answer")
		o.poke(2)
	}, late)
	o.run()
	require.True(t, o.IsWorkflowCompleted())
	require.NoError(t, r.err)
	require.Equal(t, map[string]string{"request": "r1"}, r.made, "the answer came before the run continued as new")
	require.True(t, workflow.IsContinueAsNewError(o.GetWorkflowError()), "%v", o.GetWorkflowError())
	require.Equal(t, []int64{1, 2}, o.reads)
}
