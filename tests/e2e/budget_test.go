package e2e_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/encoding/protojson"

	"payung/domain/agreement"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/protocol"
)

var record = flag.Bool("record", false, "write the histories that the replay test guards")

// The budget of history: what one decision and one wake may cost. A unit costs
// nothing at all. A reference year is an agreement with yearly payment: forty
// days on which something falls due, and a dozen decisions.
const (
	perDecision = 11
	perWake     = 6
	perYear     = 500
)

func (r *realm) history() *historypb.History {
	r.t.Helper()
	return r.historyOf(protocol.WorkflowID(r.Agreement.ID))
}

func (r *realm) historyOf(workflowID string) *historypb.History {
	r.t.Helper()
	h := &historypb.History{}
	it := r.client.GetWorkflowHistory(r.t.Context(), workflowID, "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for it.HasNext() {
		e, err := it.Next()
		require.NoError(r.t, err)
		h.Events = append(h.Events, e)
	}
	return h
}

func (r *realm) events() int { return len(r.history().GetEvents()) }

// quietDown waits until no further event is written.
func (r *realm) quietDown() int {
	r.t.Helper()
	last := -1
	soon(r.t, "the workflow comes to rest", 20*time.Second, func() bool {
		time.Sleep(700 * time.Millisecond)
		n := r.events()
		same := n == last
		last = n
		return same
	})
	return last
}

// TestHistoryDoesNotGrowWithUnits opens the same year with ten and with 900
// villages and lets two steps pass: the histories are equally long.
func TestHistoryDoesNotGrowWithUnits(t *testing.T) {
	t.Parallel()
	lengths := map[int]int{}
	for _, n := range []int{10, 900} {
		day := tomorrow()
		r := start(t, testdb.SQLite(t), n, seconds(day, 10, 14))
		soon(t, "the agreement runs", 20*time.Second, r.running)
		idle := r.quietDown()
		r.openYear(day)
		decided := r.quietDown()
		require.LessOrEqual(t, decided-idle, perDecision, "a decision")
		soon(t, "both steps", 30*time.Second, func() bool { return len(r.notices()) == 2*n })
		done := r.quietDown()
		require.LessOrEqual(t, done-decided, 2*perWake, "two wakes")
		require.Less(t, 40*(done-decided)/2+12*(decided-idle), perYear, "the reference year")
		for _, o := range r.obligations()[:5] {
			require.NoError(t, r.ledger.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
				_, err := tx.Close(o.ID, ledger.Closing{How: ledger.ByNihil, Signatory: "Kepala Desa"})
				return err
			}))
		}
		require.Equal(t, done, r.quietDown(), "a unit that answers costs no event")
		lengths[n] = done - idle // a start may be heard of twice: from the relay and from the sweep
	}
	require.Equal(t, lengths[10], lengths[900])
}

// TestRecordHistories writes the histories that workflows' replay test reads.
// It runs on demand: make histories.
func TestRecordHistories(t *testing.T) {
	if !*record {
		t.Skip("on demand: make histories")
	}
	day := tomorrow()
	r := start(t, testdb.SQLite(t), 3, seconds(day, 8, 10))
	r.openYear(day)
	soon(t, "two steps", 30*time.Second, func() bool { return len(r.notices()) == 6 })
	_, err := r.decide("move", agreement.MoveDeadline, ledger.DeadlineInput{TargetOn: string(day.Add(10)), Reason: "libur"})
	require.NoError(t, err)
	_, err = r.decide("refused", agreement.DecideRenewal, ledger.RenewalInput{Answer: agreement.Renew})
	require.Error(t, err)
	r.quietDown()
	r.save("opened-reminded-moved-and-one-refusal")
	_, err = r.decide("end", agreement.Terminate, ledger.TerminationInput{On: string(tomorrow()), Reason: "contoh"})
	require.NoError(t, err)
	r.quietDown()
	r.save("terminated")

	c := start(t, testdb.SQLite(t), 2, seconds(day, 20), func(r *realm) { r.breathe = 4 * time.Second })
	c.openYear(day)
	run := c.runID()
	soon(t, "continue as new", 20*time.Second, func() bool { return c.runID() != run })
	c.quietDown()
	c.save("continued-as-new-with-an-alarm-ahead")

	l := start(t, testdb.SQLite(t), 2, nil)
	soon(t, "the agreement runs", 20*time.Second, l.running)
	l.propose("slow", agreement.OpenYear, ledger.YearInput{LineID: l.Line.ID, Year: day.Year(), KindOfUnit: "desa", TargetOn: string(day)})
	unlock := lock(t, l.url, l.Agreement.ID)
	_, err = l.engine.Decide(ctxWithin(t, 8*time.Second), l.target2(), agreement.OpenYear, "slow")
	require.Error(t, err)
	unlock()
	soon(t, "the decision is carried out as an ordinary activity", 40*time.Second, func() bool { return len(l.obligations()) == 2 })
	l.quietDown()
	l.save("ledger-away-during-a-decision")

	f := start(t, testdb.SQLite(t), 1, nil)
	f.openYear(day)
	i := f.send(aList(20_000))
	soon(t, "a file is read", 60*time.Second, func() bool { return f.imported(i.ID).State == ledger.ImportReady })
	f.saveAs(protocol.ImportID(i.ID), "file-read-in-the-background")
}

func (r *realm) save(name string) {
	r.t.Helper()
	r.saveAs(protocol.WorkflowID(r.Agreement.ID), name)
}

func (r *realm) saveAs(workflowID, name string) {
	r.t.Helper()
	raw, err := protojson.Marshal(r.historyOf(workflowID))
	require.NoError(r.t, err)
	var tidy any
	require.NoError(r.t, json.Unmarshal(raw, &tidy))
	raw, err = json.Marshal(tidy)
	require.NoError(r.t, err)
	require.NoError(r.t, os.WriteFile(filepath.Join("../../workflows/testdata/histories", name+".json"), raw, 0o644))
}
