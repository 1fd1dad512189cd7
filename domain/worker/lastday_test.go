package worker_test

import (
	"testing"

	"payung/domain/calendar"
	"payung/domain/worker"
)

func TestWhoeverBecomesACivilServantWasInTheGroupUntilTheDayBefore(t *testing.T) {
	t.Parallel()
	for reason, want := range map[worker.Reason]calendar.Day{
		worker.Died: "2027-03-01", worker.Resigned: "2027-03-01", worker.Moved: "2027-03-01", worker.ContractEnded: "2027-03-01",
		worker.BecamePPPK: "2027-02-28", worker.BecamePNS: "2027-02-28",
	} {
		l, ok := worker.FindLeaving(reason)
		if !ok {
			t.Fatalf("no reason %s", reason)
		}
		if got := l.LastDay("2027-03-01"); got != want {
			t.Errorf("%s on 1 March 2027: the last day is %s, want %s", reason, got, want)
		}
	}
}
