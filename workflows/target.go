package workflows

import (
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"payung/protocol"
)

// Target is an agreement, or a batch of one, and the epoch of the engine that
// speaks to it.
type Target struct {
	AgreementID string
	EnrolmentID string // the batch; "": the agreement itself
	Epoch       int64
	Title       string // for Temporal's own pages; encrypted like everything else
}

// workflow is the ID of its one workflow.
func (t Target) workflow() string {
	if t.EnrolmentID != "" {
		return protocol.EnrolmentID(t.EnrolmentID)
	}
	return protocol.WorkflowID(t.AgreementID)
}

func (t Target) kind() string {
	if t.EnrolmentID != "" {
		return protocol.TypeEnrolment
	}
	return protocol.TypeAgreement
}

// input is what its workflow starts with, at an age at which it continues as
// new.
func (t Target) input(breathe time.Duration) any {
	seconds := int64(breathe / time.Second)
	if t.EnrolmentID != "" {
		return protocol.EnrolmentInput{EnrolmentID: t.EnrolmentID, Epoch: t.Epoch, BreatheSecs: seconds}
	}
	return protocol.AgreementInput{AgreementID: t.AgreementID, Epoch: t.Epoch, BreatheSecs: seconds}
}

func (t Target) options() client.StartWorkflowOptions {
	return client.StartWorkflowOptions{
		ID: t.workflow(), TaskQueue: protocol.TaskQueue, StaticSummary: summary(t.Title),
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
		WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
		Memo:                     map[string]any{"title": t.Title},
	}
}
