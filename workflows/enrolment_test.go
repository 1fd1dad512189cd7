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

	"payung/protocol"
	"payung/workflows"
)

// counter is a batch's workflow with the ledger that answers it.
type counter struct {
	*testsuite.TestWorkflowEnvironment
	mu    sync.Mutex
	word  protocol.Snapshot // the ledger's
	reads int
	steps int
	step  func(*protocol.Snapshot) // what a step changes
	then  func(*protocol.Snapshot) // what happens while an answer is on its way
	fail  error
}

func newCounter(t *testing.T) *counter {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	c := &counter{TestWorkflowEnvironment: suite.NewTestWorkflowEnvironment(), word: protocol.Snapshot{Epoch: 1}}
	workflows.Register(c)
	for name, do := range map[string]func(){
		protocol.ActivityReadEnrolment: func() { c.reads++ },
		protocol.ActivityStepEnrolment: func() {
			c.steps++
			if c.step != nil {
				c.step(&c.word)
			}
		},
	} {
		c.RegisterActivityWithOptions(func(_ context.Context, in protocol.EnrolmentQuestion) (protocol.Snapshot, error) {
			c.mu.Lock()
			defer c.mu.Unlock()
			if in.Epoch != c.word.Epoch {
				return protocol.Snapshot{}, temporal.NewNonRetryableApplicationError("stale", protocol.ErrorStaleEpoch, nil)
			}
			if c.fail != nil {
				return protocol.Snapshot{}, c.fail
			}
			do()
			c.word.Version++
			said := c.word
			if c.then != nil {
				c.then(&c.word)
			}
			return said, nil
		}, activity.RegisterOptions{Name: name})
	}
	return c
}

// says changes what the ledger knows and pokes, as the relay does.
func (c *counter) says(change func(*protocol.Snapshot)) {
	c.mu.Lock()
	change(&c.word)
	epoch := c.word.Epoch
	c.mu.Unlock()
	c.SignalWorkflow(protocol.SignalPoke, protocol.Poke{Epoch: epoch})
}

func (c *counter) run() {
	c.ExecuteWorkflow(protocol.TypeEnrolment, protocol.EnrolmentInput{EnrolmentID: "e", Epoch: 1})
}

func TestABatchEndsWhenTheLedgerSaysSo(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	begun := c.Now()
	c.RegisterDelayedCallback(func() { c.says(func(s *protocol.Snapshot) { s.Closed = true }) }, 14*24*time.Hour)
	c.run()
	require.True(t, c.IsWorkflowCompleted())
	require.NoError(t, c.GetWorkflowError())
	require.Equal(t, []int{2, 0}, []int{c.reads, c.steps}, "at the beginning, and when it was poked")
	require.WithinDuration(t, begun.Add(14*24*time.Hour), c.Now(), time.Minute)
}

func TestWaitingForAnswersEndsAtTheInstantTheLedgerGave(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	var rang time.Time
	end := c.Now().Add(20 * 24 * time.Hour)
	c.step = func(s *protocol.Snapshot) { rang, s.NextAt, s.Closed = c.Now(), 0, true }
	c.RegisterDelayedCallback(func() { c.says(func(s *protocol.Snapshot) { s.NextAt = end.UnixMicro() }) }, time.Hour)
	c.run()
	require.NoError(t, c.GetWorkflowError())
	require.Equal(t, 1, c.steps)
	require.WithinDuration(t, end, rang, time.Second)
}

// TestABranchThatGetsMoreTimeIsAskedAgainLater: a step answers with a later
// instant, and the batch goes on.
func TestABranchThatGetsMoreTimeIsAskedAgainLater(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.word.NextAt = c.Now().Add(10 * 24 * time.Hour).UnixMicro()
	c.step = func(s *protocol.Snapshot) {
		if c.steps == 2 {
			s.NextAt, s.Closed = 0, true
			return
		}
		s.NextAt = c.Now().Add(5 * 24 * time.Hour).UnixMicro()
	}
	begun := c.Now()
	c.run()
	require.NoError(t, c.GetWorkflowError())
	require.Equal(t, 2, c.steps)
	require.WithinDuration(t, begun.Add(15*24*time.Hour), c.Now(), time.Minute)
}

// TestAnAnswerAtTheVeryEndIsNotLost pokes while the read that says "closed" is on
// its way.
func TestAnAnswerAtTheVeryEndIsNotLost(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.word.Closed = true
	var first sync.Once
	c.then = func(s *protocol.Snapshot) { s.Closed = false }
	c.SetOnLocalActivityStartedListener(func(*activity.Info, context.Context, []any) {
		first.Do(func() { c.SignalWorkflow(protocol.SignalPoke, protocol.Poke{Epoch: 1}) })
	})
	c.RegisterDelayedCallback(func() {
		c.says(func(s *protocol.Snapshot) { s.Closed, c.then = true, nil })
	}, time.Hour)
	c.run()
	require.NoError(t, c.GetWorkflowError())
	require.Equal(t, 3, c.reads, "closed, open again, closed")
}

func TestABatchOfAnOldAgeContinuesAsNew(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.run()
	require.True(t, workflow.IsContinueAsNewError(c.GetWorkflowError()), "%v", c.GetWorkflowError())
}

func TestABatchWaitsForARebuiltEngineToSpeak(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.word.Epoch = 2
	c.RegisterDelayedCallback(func() { require.Zero(t, c.reads, "refused") }, time.Minute)
	c.RegisterDelayedCallback(func() { c.says(func(s *protocol.Snapshot) { s.Closed = true }) }, time.Hour)
	c.run()
	require.NoError(t, c.GetWorkflowError())
	require.Equal(t, 1, c.reads)
}

func TestABatchThatTheLedgerDoesNotKnowEnds(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.fail = temporal.NewNonRetryableApplicationError("not_found", protocol.ErrorRefused, nil)
	c.run()
	require.True(t, c.IsWorkflowCompleted())
	require.NoError(t, c.GetWorkflowError())
}

func TestABatchSaysWhatItWaitsFor(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.word.NextAt = c.Now().Add(240 * time.Hour).UnixMicro()
	c.RegisterDelayedCallback(func() {
		v, err := c.QueryWorkflow(protocol.QueryProcess)
		require.NoError(t, err)
		var p protocol.Process
		require.NoError(t, v.Get(&p))
		require.Equal(t, []any{"", "e", c.word.NextAt}, []any{p.AgreementID, p.EnrolmentID, p.Snapshot.NextAt})
	}, time.Hour)
	c.RegisterDelayedCallback(c.CancelWorkflow, 2*time.Hour)
	c.run()
	require.True(t, temporal.IsCanceledError(c.GetWorkflowError()))
}
