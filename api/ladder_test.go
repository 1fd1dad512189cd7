package api_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
	"payung/ledger"
)

// change previews a change of rules, makes it, and checks that the preview said
// what was done.
func (k *kabupaten) change(path string, body O) said {
	k.t.Helper()
	preview := k.call("POST", "/api/v1"+path+"/preview", body, nil)
	require.Equal(k.t, http.StatusOK, preview.Status, preview.Raw)
	key := headers{"Idempotency-Key": "change " + fmt.Sprint(body)}
	out := k.call("POST", "/api/v1"+path, body, key)
	require.Equal(k.t, http.StatusOK, out.Status, out.Raw)
	require.Equal(k.t, preview.Body["obligations"], out.Body["obligations"])
	require.Equal(k.t, preview.Body["reminders"], out.Body["reminders"])
	again := k.call("POST", "/api/v1"+path, body, key)
	require.Equal(k.t, out.Raw, again.Raw, "sent again, it counts once")
	return out
}

func TestRemindersHoursAndDaysOffAreWeighedBeforeTheyAreChanged(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		k.year() // due 15 December 2026, a Tuesday
		pemda := "/parties/" + k.pemda

		full := k.change(pemda+"/ladders", O{"kind": "roster", "preset": "full"})
		require.EqualValues(t, 3, full.get("obligations"))
		require.EqualValues(t, 12, full.get("appear"), "T-14, T+0, T+3 and T+7 of three villages; T-30 lies behind, T-3 meets T-1 on a Monday")
		list := k.read(pemda + "/ladders")
		require.Equal(t, []any{"roster", "pemda", "full"}, []any{list.get("items", 0, "kind"), list.get("items", 0, "origin"), list.get("items", 0, "ladder", "code")})
		own := O{"kind": "task", "ladder": O{"code": "own", "steps": []O{{"code": "T-2HK", "offset": "-P2D", "tone": "reminder", "level": 0, "working": true}}}}
		k.change(pemda+"/ladders", own)
		require.Equal(t, true, k.read(pemda+"/ladders").get("items", 2, "ladder", "steps", 0, "working"))
		k.refused(unprocessable, "preset_or_ladder", pemda+"/ladders", O{"kind": "roster"}, nil)
		k.refused(unprocessable, "unknown_kind", pemda+"/ladders", O{"kind": "weather", "preset": "full"}, nil)

		hours := k.change(pemda+"/hours", O{"morning": 10, "opens": 9, "closes": 15, "week": 6})
		require.NotEmpty(t, hours.list("reminders"))
		require.EqualValues(t, 10, k.read(pemda+"/hours").get("morning"))
		k.refused(unprocessable, "bad_hours", pemda+"/hours", O{"morning": 8, "opens": 9, "closes": 15, "week": 5}, nil)

		day := O{"party_id": k.pemda, "decree": "SK Bupati 1/2026", "days": []O{{"day": "2026-12-14", "kind": "libur", "name": "Hari jadi"}}}
		moved := k.change("/holidays", day)
		require.NotEmpty(t, moved.list("reminders"), "T-1 falls on that Monday")
		local := k.read("/holidays?year=2026&party_id=" + k.pemda)
		require.Equal(t, true, local.get("known"))
		require.Len(t, local.list("items"), 26)
		require.Len(t, k.read("/holidays?year=2026").list("items"), 25, "a local day is nobody else's")
		tomorrow := func() string {
			return k.call("POST", "/api/v1/calculators/working-days", O{"from": "2026-12-11", "days": 1}, nil).text("day")
		}
		require.Equal(t, "2026-12-14", tomorrow(), "nor in the calculator for everybody")
		k.change("/holidays/withdraw", O{"party_id": k.pemda, "day": "2026-12-14", "reason": "salah tanggal"})
		require.Len(t, k.read("/holidays?year=2026&party_id="+k.pemda).list("items"), 25)

		// A national day moves everybody's dates in the background.
		national := O{"decree": "SKB tambahan", "days": []O{{"day": "2026-12-14", "kind": "cuti", "name": "Cuti bersama tambahan"}}}
		foreign := headers{"X-Test-Actor": "regency 74.05"}
		k.refused(http.StatusForbidden, "outside_scope", "/holidays", national, foreign)
		require.Equal(t, http.StatusOK, k.call("POST", "/api/v1/holidays", national, nil).Status)
		require.Equal(t, "2026-12-15", tomorrow(), "the calculator knows at once")
		_, err := k.ledger.Turn(t.Context(), ledger.Loop{Name: "reckon", Work: func(ctx context.Context, h *ledger.Hold) (bool, error) { return h.Reckon(ctx) }}, "test")
		require.NoError(t, err)
		done := k.read("/recalculations?agreement_id=" + k.agreement)
		require.Equal(t, []any{"holiday", "SKB tambahan", "operator"}, []any{done.get("items", 0, "cause"), done.get("items", 0, "reason"), done.get("items", 0, "actor")})
		require.NotEmpty(t, done.text("items", 0, "done_at"))
		require.NotEmpty(t, done.get("items", 0, "effect", "reminders"))
		k.refused(http.StatusNotFound, "not_found", pemda+"/ladders", O{"kind": "roster", "preset": "none"}, headers{"X-Test-Actor": "regency 74.02"})
	})
}
