package workflows_test

import (
	"testing"

	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/mocks"
	"go.temporal.io/sdk/temporal"

	"payung/domain/agreement"
	"payung/domain/fault"
	"payung/protocol"
	"payung/workflows"
)

func TestAnUpdateThatFailedWillNotBeCarriedOut(t *testing.T) {
	t.Parallel()
	closed, ok := fault.Of(agreement.Closed())
	require.True(t, ok)
	for name, tt := range map[string]struct {
		err  error
		want workflows.Outcome
	}{
		"it was carried out": {nil, workflows.Outcome{Known: true, Done: true}},
		"it was refused": {
			temporal.NewApplicationErrorWithOptions("closed", protocol.ErrorRefused, temporal.ApplicationErrorOptions{Details: []any{*closed}}),
			workflows.Outcome{Known: true, Done: true, Refusal: closed},
		},
		"nobody knows it":                   {serviceerror.NewNotFound("update"), workflows.Outcome{}},
		"it is running":                     {serviceerror.NewDeadlineExceeded("slow"), workflows.Outcome{Known: true}},
		"the ledger was away for a month":   {new(temporal.ActivityError), workflows.Outcome{}},
		"an older program gave up on it":    {temporal.NewApplicationError("stale", protocol.ErrorStaleEpoch), workflows.Outcome{}},
		"the ledger could not carry it out": {temporal.NewApplicationError("broken", "error"), workflows.Outcome{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			handle := new(mocks.WorkflowUpdateHandle)
			handle.On("Get", mock.Anything, mock.Anything).Return(tt.err)
			c := new(mocks.Client)
			c.On("GetWorkflowUpdateHandle", mock.Anything).Return(handle)
			got, err := (&workflows.Engine{Temporal: c}).Outcome(t.Context(), "a", "r")
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
		})
	}
}

func TestAnEngineThatIsBusyAsksForPatience(t *testing.T) {
	t.Parallel()
	for name, err := range map[string]error{
		"it is away":                      serviceerror.NewUnavailable("away"),
		"it is slow":                      serviceerror.NewDeadlineExceeded("slow"),
		"too much is asked of it at once": serviceerror.NewResourceExhausted(enumspb.RESOURCE_EXHAUSTED_CAUSE_CONCURRENT_LIMIT, "10 updates are in flight"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := new(mocks.Client)
			c.On("QueryWorkflow", mock.Anything, mock.Anything, mock.Anything, mock.Anything).Return(nil, err)
			_, got := (&workflows.Engine{Temporal: c}).Process(t.Context(), workflows.Target{AgreementID: "a"})
			require.True(t, fault.Is(got, "engine_unavailable"), "%v", got)
		})
	}
}
