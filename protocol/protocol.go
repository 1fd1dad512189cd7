// Package protocol holds what the workflows and the ledger say to each other:
// names and small types that reach histories. Names never change; fields are
// only added, with useful zero values. It carries IDs, codes, counts and
// instants, never anything about a person.
package protocol

import "payung/domain/agreement"

// TaskQueue is where agreements are worked on.
const TaskQueue = "payung"

// Names of workflows, signals and queries. For ever.
const (
	TypeAgreement  = "Agreement"
	TypeDailyRound = "DailyRound"
	TypeImport     = "Import"
	TypeEnrolment  = "Enrolment"
	SignalPoke     = "poke"
	QueryProcess   = "process"
)

// Names of activities. For ever.
const (
	ActivityDecide    = "Decide"
	ActivityTakeSteps = "TakeSteps"
	ActivityRead      = "ReadAgreement"
	ActivitySnapshot  = "SnapshotCoverage"
	ActivityRecount   = "Recount"
	ActivitySelfCheck = "SelfCheck"
	ActivityImport    = "ReadImport"

	ActivityReadEnrolment = "ReadEnrolment"
	ActivityStepEnrolment = "StepEnrolment"
)

// ErrorRefused is the type of the error that answers a decision with no; its
// details hold a fault. ErrorStaleEpoch answers an activity that belongs to an
// engine which has been rebuilt since.
const (
	ErrorRefused    = "Refused"
	ErrorStaleEpoch = "StaleEpoch"
)

// WorkflowID is the ID of the agreement's one workflow.
func WorkflowID(agreementID string) string { return "agreement/" + agreementID }

// ImportID is the ID of the workflow that reads one file.
func ImportID(importID string) string { return "import/" + importID }

// EnrolmentID is the ID of the workflow of one batch.
func EnrolmentID(enrolmentID string) string { return "enrolment/" + enrolmentID }

// EnrolmentInput starts or continues a batch's workflow.
type EnrolmentInput struct {
	EnrolmentID string   `json:"enrolment_id"`
	Epoch       int64    `json:"epoch"`
	BreatheSecs int64    `json:"breathe_secs"` // age at which a run continues as new
	Known       Snapshot `json:"known"`
	Reload      bool     `json:"reload,omitempty"` // a poke came in at the very end of the last run
}

// EnrolmentQuestion asks for the snapshot of a batch, before or after its step.
type EnrolmentQuestion struct {
	EnrolmentID string `json:"enrolment_id"`
	Epoch       int64  `json:"epoch"`
}

// ImportInput starts the reading of a file.
type ImportInput struct {
	ImportID string `json:"import_id"`
}

// ImportResult is how it ended.
type ImportResult struct {
	State string `json:"state"`
	Rows  int64  `json:"rows"`
}

// Snapshot is the ledger's word on an agreement, or on a batch of one, after a
// transaction. The workflow keeps the one with the highest epoch and version and never adds to
// it, so the order in which answers come back does not matter.
type Snapshot struct {
	Epoch      int64    `json:"epoch"`
	Version    int64    `json:"version"`
	NextAt     int64    `json:"next_at,omitempty"`   // Unix microseconds; 0: nothing falls due
	NextWhat   string   `json:"next_what,omitempty"` // for the timer's summary: step codes and a count
	Milestones []string `json:"milestones,omitempty"`
	Closed     bool     `json:"closed,omitempty"`
}

// Newer reports whether s was written after o.
func (s Snapshot) Newer(o Snapshot) bool {
	return s.Epoch > o.Epoch || s.Epoch == o.Epoch && s.Version > o.Version
}

// AgreementInput starts or continues an agreement's workflow.
type AgreementInput struct {
	AgreementID string   `json:"agreement_id"`
	Epoch       int64    `json:"epoch"`
	BreatheSecs int64    `json:"breathe_secs"` // age at which a run continues as new
	Known       Snapshot `json:"known"`
	Reload      bool     `json:"reload,omitempty"` // a poke came in at the very end of the last run
}

// Poke says only: read again. The epoch lets a rebuilt engine win over what a
// workflow remembers.
type Poke struct {
	Epoch int64 `json:"epoch"`
}

// DecisionInput carries the ID of a decision people have typed into the
// ledger; its content stays there.
type DecisionInput struct {
	RequestID string             `json:"request_id"`
	Kind      agreement.Decision `json:"kind"`
}

// DecisionResult answers a decision. Made is empty-handed by design: what was
// made is read from the ledger.
type DecisionResult struct {
	Snapshot Snapshot          `json:"snapshot"`
	Made     map[string]string `json:"made,omitempty"` // kind of thing → its ID or count
}

// DecideInput, TakeStepsInput and ReadInput are what activities receive.
type DecideInput struct {
	AgreementID string             `json:"agreement_id"`
	Epoch       int64              `json:"epoch"`
	RequestID   string             `json:"request_id"`
	Kind        agreement.Decision `json:"kind"`
}

// TakeStepsInput asks the ledger to take every step that is due.
type TakeStepsInput struct {
	AgreementID string `json:"agreement_id"`
	Epoch       int64  `json:"epoch"`
}

// ReadInput asks for the current snapshot.
type ReadInput struct {
	AgreementID string `json:"agreement_id"`
	Epoch       int64  `json:"epoch"`
}

// Process is what a running workflow answers when asked what it waits for.
type Process struct {
	AgreementID string   `json:"agreement_id"`           // "": it is that of a batch
	EnrolmentID string   `json:"enrolment_id,omitempty"` // the batch
	Snapshot    Snapshot `json:"snapshot"`
	RunStarted  int64    `json:"run_started"`
	BreatheAt   int64    `json:"breathe_at"`
	Busy        bool     `json:"busy"` // an update is being handled
	Stale       bool     `json:"stale,omitempty"`
}

// RoundInput starts a daily round; Zone decides what day it is.
type RoundInput struct {
	Zone string `json:"zone"`
}

// RoundResult is what a daily round found. Counts only.
type RoundResult struct {
	Day        string `json:"day"`
	Snapshots  int    `json:"snapshots"`
	Miscounts  int    `json:"miscounts"`
	Mismatches int    `json:"mismatches"`
}
