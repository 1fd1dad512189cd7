package workflows

import (
	"go.temporal.io/sdk/workflow"

	"payung/protocol"
)

// Register adds the workflows to a worker, a replayer or a test environment,
// under their names for ever.
func Register(r interface {
	RegisterWorkflowWithOptions(any, workflow.RegisterOptions)
},
) {
	r.RegisterWorkflowWithOptions(Agreement, workflow.RegisterOptions{Name: protocol.TypeAgreement, VersioningBehavior: workflow.VersioningBehaviorAutoUpgrade})
	r.RegisterWorkflowWithOptions(Enrolment, workflow.RegisterOptions{Name: protocol.TypeEnrolment, VersioningBehavior: workflow.VersioningBehaviorAutoUpgrade})
	r.RegisterWorkflowWithOptions(Import, workflow.RegisterOptions{Name: protocol.TypeImport, VersioningBehavior: workflow.VersioningBehaviorAutoUpgrade})
	r.RegisterWorkflowWithOptions(DailyRound, workflow.RegisterOptions{Name: protocol.TypeDailyRound, VersioningBehavior: workflow.VersioningBehaviorAutoUpgrade})
}
