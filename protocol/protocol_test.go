package protocol_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/agreement"
	"payung/protocol"
)

func TestTheNewerSnapshotHasTheHigherEpochThenTheHigherVersion(t *testing.T) {
	t.Parallel()
	s := func(epoch, version int64) protocol.Snapshot { return protocol.Snapshot{Epoch: epoch, Version: version} }
	inOrder := []protocol.Snapshot{{}, s(1, 0), s(1, 1), s(1, 2), s(1, 900), s(2, 0), s(2, 1), s(3, 1)}
	for i, a := range inOrder {
		for j, b := range inOrder {
			require.Equal(t, i > j, a.Newer(b), "%+v newer than %+v", a, b)
		}
	}
}

// Histories hold these bytes: a field may be added, none may be renamed.
func TestFieldNamesThatReachHistoriesAreForEver(t *testing.T) {
	t.Parallel()
	snapshot := protocol.Snapshot{Epoch: 1, Version: 2, NextAt: 3, NextWhat: "T-7 × 12", Milestones: []string{"signed"}, Closed: true}
	const snapshotJSON = `{"epoch":1,"version":2,"next_at":3,"next_what":"T-7 × 12","milestones":["signed"],"closed":true}`
	tests := map[string]struct {
		value any
		want  string
		zero  string
	}{
		"snapshot":      {snapshot, snapshotJSON, `{"epoch":0,"version":0}`},
		"import input":  {protocol.ImportInput{ImportID: "i"}, `{"import_id":"i"}`, `{"import_id":""}`},
		"import result": {protocol.ImportResult{State: "ready", Rows: 3}, `{"state":"ready","rows":3}`, `{"state":"","rows":0}`},
		"agreement input": {
			protocol.AgreementInput{AgreementID: "a", Epoch: 1, BreatheSecs: 2, Known: snapshot, Reload: true},
			`{"agreement_id":"a","epoch":1,"breathe_secs":2,"known":` + snapshotJSON + `,"reload":true}`,
			`{"agreement_id":"","epoch":0,"breathe_secs":0,"known":{"epoch":0,"version":0}}`,
		},
		"poke": {protocol.Poke{Epoch: 1}, `{"epoch":1}`, `{"epoch":0}`},
		"decision input": {
			protocol.DecisionInput{RequestID: "r", Kind: agreement.Sign},
			`{"request_id":"r","kind":"sign"}`, `{"request_id":"","kind":""}`,
		},
		"decision result": {
			protocol.DecisionResult{Snapshot: snapshot, Made: map[string]string{"period": "p", "obligations": "12"}},
			`{"snapshot":` + snapshotJSON + `,"made":{"obligations":"12","period":"p"}}`, `{"snapshot":{"epoch":0,"version":0}}`,
		},
		"decide input": {
			protocol.DecideInput{AgreementID: "a", Epoch: 1, RequestID: "r", Kind: agreement.OpenYear},
			`{"agreement_id":"a","epoch":1,"request_id":"r","kind":"openYear"}`, `{"agreement_id":"","epoch":0,"request_id":"","kind":""}`,
		},
		"take steps input": {
			protocol.TakeStepsInput{AgreementID: "a", Epoch: 1}, `{"agreement_id":"a","epoch":1}`, `{"agreement_id":"","epoch":0}`,
		},
		"read input": {protocol.ReadInput{AgreementID: "a", Epoch: 1}, `{"agreement_id":"a","epoch":1}`, `{"agreement_id":"","epoch":0}`},
		"process": {
			protocol.Process{AgreementID: "a", Snapshot: snapshot, RunStarted: 1, BreatheAt: 2, Busy: true, Stale: true},
			`{"agreement_id":"a","snapshot":` + snapshotJSON + `,"run_started":1,"breathe_at":2,"busy":true,"stale":true}`,
			`{"agreement_id":"","snapshot":{"epoch":0,"version":0},"run_started":0,"breathe_at":0,"busy":false}`,
		},
		"process of a batch": {
			protocol.Process{EnrolmentID: "e", Snapshot: snapshot},
			`{"agreement_id":"","enrolment_id":"e","snapshot":` + snapshotJSON + `,"run_started":0,"breathe_at":0,"busy":false}`,
			`{"agreement_id":"","snapshot":{"epoch":0,"version":0},"run_started":0,"breathe_at":0,"busy":false}`,
		},
		"enrolment input": {
			protocol.EnrolmentInput{EnrolmentID: "e", Epoch: 1, BreatheSecs: 2, Known: snapshot, Reload: true},
			`{"enrolment_id":"e","epoch":1,"breathe_secs":2,"known":` + snapshotJSON + `,"reload":true}`,
			`{"enrolment_id":"","epoch":0,"breathe_secs":0,"known":{"epoch":0,"version":0}}`,
		},
		"enrolment question": {protocol.EnrolmentQuestion{EnrolmentID: "e", Epoch: 1}, `{"enrolment_id":"e","epoch":1}`, `{"enrolment_id":"","epoch":0}`},
		"round input":        {protocol.RoundInput{Zone: "Asia/Makassar"}, `{"zone":"Asia/Makassar"}`, `{"zone":""}`},
		"round result": {
			protocol.RoundResult{Day: "2026-11-23", Snapshots: 1, Miscounts: 2, Mismatches: 3},
			`{"day":"2026-11-23","snapshots":1,"miscounts":2,"mismatches":3}`, `{"day":"","snapshots":0,"miscounts":0,"mismatches":0}`,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			raw, err := json.Marshal(tt.value)
			require.NoError(t, err)
			require.Equal(t, tt.want, string(raw))
			back := reflect.New(reflect.TypeOf(tt.value))
			require.NoError(t, json.Unmarshal(raw, back.Interface()))
			require.Equal(t, tt.value, back.Elem().Interface(), "read back")
			raw, err = json.Marshal(reflect.Zero(reflect.TypeOf(tt.value)).Interface())
			require.NoError(t, err)
			require.Equal(t, tt.zero, string(raw), "the zero value")
		})
	}
}

func TestNamesOfWorkflowsSignalsAndActivitiesAreForEver(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{
		"payung", "Agreement", "DailyRound", "poke", "process", "Decide", "TakeSteps", "ReadAgreement",
		"SnapshotCoverage", "Recount", "SelfCheck", "Refused", "StaleEpoch", "agreement/018f",
		"Enrolment", "ReadEnrolment", "StepEnrolment", "enrolment/018f",
	}, []string{
		protocol.TaskQueue, protocol.TypeAgreement, protocol.TypeDailyRound, protocol.SignalPoke, protocol.QueryProcess,
		protocol.ActivityDecide, protocol.ActivityTakeSteps, protocol.ActivityRead, protocol.ActivitySnapshot,
		protocol.ActivityRecount, protocol.ActivitySelfCheck, protocol.ErrorRefused, protocol.ErrorStaleEpoch, protocol.WorkflowID("018f"),
		protocol.TypeEnrolment, protocol.ActivityReadEnrolment, protocol.ActivityStepEnrolment, protocol.EnrolmentID("018f"),
	})
}
