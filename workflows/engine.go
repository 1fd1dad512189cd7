package workflows

import (
	"context"
	"errors"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/protocol"
)

// patience is how long a person is kept waiting for an answer. Without a worker
// Temporal would let them wait for ever.
const patience = 10 * time.Second

// Engine is the one door to Temporal: it speaks to running agreements on behalf
// of the rest of the program.
type Engine struct {
	Temporal client.Client
	Breathe  time.Duration // age at which runs continue as new; 0: a quarter
}

// Decide asks an agreement to carry out a decision that waits in the ledger,
// and waits for its answer. Asking again with the same request ID is asking
// once. An agreement whose workflow is not running yet is started.
func (e *Engine) Decide(ctx context.Context, t Target, kind agreement.Decision, requestID string) (protocol.DecisionResult, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()

	var out protocol.DecisionResult
	start := e.Temporal.NewWithStartWorkflowOperation(t.options(), t.kind(), t.input(e.Breathe))
	handle, err := e.Temporal.UpdateWithStartWorkflow(ctx, client.UpdateWithStartWorkflowOptions{
		StartWorkflowOperation: start,
		UpdateOptions: client.UpdateWorkflowOptions{
			WorkflowID: t.workflow(), UpdateID: requestID, UpdateName: string(kind),
			Args:         []any{protocol.DecisionInput{RequestID: requestID, Kind: kind}},
			WaitForStage: client.WorkflowUpdateStageCompleted,
		},
	})
	if err == nil {
		err = handle.Get(ctx, &out)
	}
	return out, explain(err)
}

// Poke tells a workflow to read the ledger again, and starts it if it is not
// running.
func (e *Engine) Poke(ctx context.Context, t Target) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, err := e.Temporal.SignalWithStartWorkflow(ctx, t.workflow(), protocol.SignalPoke, protocol.Poke{Epoch: t.Epoch}, t.options(), t.kind(), t.input(e.Breathe))
	return explain(err)
}

// Process asks a running workflow what it waits for.
func (e *Engine) Process(ctx context.Context, t Target) (protocol.Process, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var out protocol.Process
	v, err := e.Temporal.QueryWorkflow(ctx, t.workflow(), "", protocol.QueryProcess)
	if err == nil {
		err = v.Get(&out)
	}
	return out, explain(err)
}

// Running reports whether an agreement or a batch has a running workflow.
func (e *Engine) Running(ctx context.Context, t Target) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	d, err := e.Temporal.DescribeWorkflowExecution(ctx, t.workflow(), "")
	if _, ok := errors.AsType[*serviceerror.NotFound](err); ok {
		return false, nil
	}
	if err != nil {
		return false, explain(err)
	}
	return d.GetWorkflowExecutionInfo().GetStatus() == enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING, nil
}

// Outcome is what Temporal knows of an update.
type Outcome struct {
	Known   bool         // Temporal has heard of it, and it has not failed
	Done    bool         // it has an answer
	Refusal *fault.Fault // the answer was no
}

// Outcome asks what became of a decision whose caller did not hear the answer.
func (e *Engine) Outcome(ctx context.Context, agreementID, requestID string) (Outcome, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	handle := e.Temporal.GetWorkflowUpdateHandle(client.GetWorkflowUpdateHandleOptions{
		WorkflowID: protocol.WorkflowID(agreementID), UpdateID: requestID,
	})
	err := handle.Get(ctx, nil)
	if err == nil {
		return Outcome{Known: true, Done: true}, nil
	}
	if _, ok := errors.AsType[*serviceerror.NotFound](err); ok {
		return Outcome{}, nil
	}
	if isType(err, protocol.ErrorRefused) {
		f, _ := fault.Of(explain(err))
		return Outcome{Known: true, Done: true, Refusal: f}, nil
	}
	if _, failed := errors.AsType[*temporal.ActivityError](err); failed || application(err) != nil {
		return Outcome{}, nil // nobody will carry it out any more
	}
	if timedOut(err) {
		return Outcome{Known: true}, nil
	}
	return Outcome{}, explain(err)
}

// Stop ends an agreement's workflow without a trace in the ledger: for a
// workflow whose agreement the ledger no longer knows.
func (e *Engine) Stop(ctx context.Context, agreementID, why string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return explain(e.Temporal.TerminateWorkflow(ctx, protocol.WorkflowID(agreementID), "", why))
}

// StartImport has a file read in the background, once: a reading that runs is
// left alone.
func (e *Engine) StartImport(ctx context.Context, importID string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, err := e.Temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: protocol.ImportID(importID), TaskQueue: protocol.TaskQueue,
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
		WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
	}, protocol.TypeImport, protocol.ImportInput{ImportID: importID})
	return explain(err)
}

// dailyRound is the ID of the schedule and of the workflows it starts.
const dailyRound = "daily-round"

// EnsureDailyRound makes sure the round is made every morning: at 04:00 WITA,
// when no office is open in any zone. A round missed by more than an hour is
// left to the next morning.
func (e *Engine) EnsureDailyRound(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, err := e.Temporal.ScheduleClient().Create(ctx, client.ScheduleOptions{
		ID: dailyRound,
		Spec: client.ScheduleSpec{
			Calendars:    []client.ScheduleCalendarSpec{{Hour: []client.ScheduleRange{{Start: 4}}, Comment: "04:00 WITA"}},
			TimeZoneName: string(calendar.WITA),
		},
		Action:        &client.ScheduleWorkflowAction{ID: dailyRound, Workflow: protocol.TypeDailyRound, TaskQueue: protocol.TaskQueue},
		CatchupWindow: time.Hour,
		Overlap:       enumspb.SCHEDULE_OVERLAP_POLICY_SKIP,
	})
	if errors.Is(err, temporal.ErrScheduleAlreadyRunning) {
		return nil
	}
	return explain(err)
}

func timedOut(err error) bool {
	_, waiting := errors.AsType[*client.WorkflowUpdateServiceTimeoutOrCanceledError](err)
	_, deadline := errors.AsType[*serviceerror.DeadlineExceeded](err)
	return waiting || deadline || errors.Is(err, context.DeadlineExceeded)
}

// explain turns what Temporal reports into what people can act on.
func explain(err error) error {
	if err == nil {
		return nil
	}
	if app := application(err); app != nil && app.Type() == protocol.ErrorRefused {
		f := new(fault.Fault)
		if app.Details(f) == nil {
			return f
		}
	}
	if _, ok := errors.AsType[*serviceerror.NotFound](err); ok {
		return fault.New(fault.NotFound, "not_found", "there is no running process").With("what", "process")
	}
	_, away := errors.AsType[*serviceerror.Unavailable](err)
	_, busy := errors.AsType[*serviceerror.ResourceExhausted](err)
	code := status.Code(errors.Unwrap(err))
	if timedOut(err) || away || busy || code == codes.Unavailable || isType(err, protocol.ErrorStaleEpoch) || errors.Is(err, context.Canceled) {
		return fault.New(fault.Unavailable, "engine_unavailable", "no answer yet; send it again with the same key, it counts once")
	}
	return err
}
