package worker_test

import (
	"strings"
	"testing"

	"payung/domain/calendar"
	"payung/domain/worker"
)

func TestRule39_BecomingPPPKClosesTheEnrolmentAndIsNeitherDeathNorResignation(t *testing.T) {
	t.Parallel()

	honorer := worker.Enrolment{Group: "non_asn", From: "2019-10-07"}
	for _, reason := range []worker.Reason{worker.BecamePPPK, worker.BecamePNS} {
		closed, err := honorer.End(reason, "2025-09-30")
		want := worker.Enrolment{Group: "non_asn", From: "2019-10-07", To: "2025-09-30", Reason: reason}
		if err != nil || closed != want {
			t.Errorf("got %+v, %v, want %+v", closed, err, want)
		}
		if closed.Reason == worker.Died || closed.Reason == worker.Resigned {
			t.Errorf("%s counts as a death or a resignation", closed.Reason)
		}
		l, known := worker.FindLeaving(closed.Reason)
		if !known || l.OpensClaim || !l.Deactivates || !l.KeepsHistory {
			t.Errorf("%s: got %+v, want a deactivation that keeps history and opens no claim", reason, l)
		}
	}
	if honorer.To != "" {
		t.Error("ending one enrolment changed the one it was made from")
	}
}

func TestRule30_ADeathOpensAClaimAndIsNeverExportedAsNA(t *testing.T) {
	t.Parallel()

	claims := 0
	for _, l := range worker.Leavings() {
		if l.OpensClaim {
			claims++
		}
		if l.OpensClaim && l.Deactivates {
			t.Errorf("%s opens a claim and is exported as NA", l.Reason)
		}
	}
	death, known := worker.FindLeaving(worker.Died)
	if !known || !death.OpensClaim || death.Deactivates || !death.KeepsHistory {
		t.Errorf("death: got %+v, want a claim, no NA and the history kept", death)
	}
	if claims != 1 {
		t.Errorf("%d reasons open a claim, want death alone", claims)
	}
}

func TestEveryReasonForLeavingIsListedOnceWithItsSource(t *testing.T) {
	t.Parallel()

	seen := map[worker.Reason]bool{}
	for _, l := range worker.Leavings() {
		if seen[l.Reason] || !l.Stated() {
			t.Errorf("%+v is listed twice or has no source", l)
		}
		seen[l.Reason] = true
	}
	for _, r := range []worker.Reason{
		worker.Died, worker.BecamePPPK, worker.BecamePNS, worker.Resigned, worker.Moved, worker.ContractEnded, worker.EnteredByMistake,
	} {
		if !seen[r] {
			t.Errorf("%s is not listed", r)
		}
	}
}

func TestAnEnrolmentEndsOnceAndNotBeforeItBegins(t *testing.T) {
	t.Parallel()

	open := worker.Enrolment{Group: "non_asn", From: "2025-01-02"}
	ended := worker.Enrolment{Group: "non_asn", From: "2025-01-02", To: "2025-06-30", Reason: worker.Moved}
	tests := map[string]struct {
		enrolment worker.Enrolment
		reason    worker.Reason
		on        calendar.Day
		complaint string // "": accepted
	}{
		"on the day it began":         {open, worker.Resigned, "2025-01-02", ""},
		"the day before it began":     {open, worker.Resigned, "2025-01-01", "before it begins"},
		"a second time":               {ended, worker.Died, "2025-07-01", "already"},
		"a second time the same way":  {ended, worker.Moved, "2025-06-30", "already"},
		"on a day that does not come": {open, worker.Resigned, "2025-02-30", "no day"},
		"on no day":                   {open, worker.Resigned, "", "no day"},
		"for a reason nobody knows":   {open, "bored", "2025-06-30", "no reason"},
		"for having been a mistake":   {open, worker.EnteredByMistake, "2025-06-30", "struck"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.enrolment.End(tt.reason, tt.on)
			if tt.complaint == "" {
				if err != nil || got.To != tt.on || got.From != tt.enrolment.From {
					t.Errorf("got %+v, %v", got, err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.complaint) {
				t.Errorf("got %v, want a complaint with %q", err, tt.complaint)
			}
			if got != tt.enrolment {
				t.Errorf("a refused end changed the enrolment to %+v", got)
			}
		})
	}
}
