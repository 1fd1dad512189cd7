package e2e_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"payung/internal/testdb"
	"payung/protocol"
)

func TestTheDailyRoundKeepsTheDayAndFindsNothingWrong(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		r := start(t, url, 3, nil)
		r.openYear(tomorrow().Add(20))
		require.NoError(t, r.engine.EnsureDailyRound(t.Context()))
		require.NoError(t, r.engine.EnsureDailyRound(t.Context()), "a second start changes nothing")
		r.quietDown()
		time.Sleep(time.Second) // the folder has folded
		run, err := r.client.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: "round", TaskQueue: protocol.TaskQueue}, protocol.TypeDailyRound)
		require.NoError(t, err)
		var out []protocol.RoundResult
		require.NoError(t, run.Get(t.Context(), &out))
		require.Len(t, out, 5)
		require.Positive(t, out[1].Snapshots, "the figures of the WITA agreement")
		for _, o := range out {
			require.Zero(t, o.Miscounts)
			require.Zero(t, o.Mismatches)
		}
	})
}
