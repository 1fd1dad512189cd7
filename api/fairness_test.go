package api_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/internal/testdb"
)

func TestMoreTimeIsAskedForAndAnsweredOverHTTP(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		_, duties := k.year()
		first, second := duties[k.villages[0]], duties[k.villages[1]]
		ask := O{"until_on": "2026-12-22", "reason": "jembatan putus", "asked_by": "Sekdes"}
		r := k.post("/obligations/"+first+"/extension-requests", ask)
		require.Equal(t, []string{"waiting", "2026-12-15", "2026-12-22", "Desa 1"}, []string{r.text("state"), r.text("target_on"), r.text("until_on"), r.text("unit_name")})
		require.Equal(t, false, r.get("late"))
		k.refused(http.StatusConflict, "extension_waiting", "/obligations/"+first+"/extension-requests", ask, nil)
		require.Equal(t, "2026-12-22", k.read("/obligations/"+first).text("asked_until"))
		asked := 0
		for _, o := range k.read("/obligations?agreement_id=" + k.agreement).list("items") {
			if o.(map[string]any)["asked_until"] == "2026-12-22" {
				asked++
			}
		}
		require.Equal(t, 1, asked)

		other := k.post("/obligations/"+second+"/extension-requests", O{"until_on": "2026-12-20", "reason": "x"}).text("id")
		require.Equal(t, "withdrawn", k.post("/extension-requests/"+other+"/withdraw", O{"reason": "tidak jadi"}).text("state"))

		list := "/agreements/" + k.agreement + "/extension-requests"
		require.Len(t, k.read(list).list("items"), 2)
		require.Len(t, k.read(list+"?state=waiting").list("items"), 1)
		may := k.read("/obligations/" + first + "/approvers").list("items")
		require.Len(t, may, 2, "camat and Sekda")
		camat := may[0].(map[string]any)["id"]
		answer := O{"ids": []string{r.text("id")}, "approve": true, "approver_post_id": camat, "until_on": "2026-12-21"}
		k.refused(unprocessable, "missing_field", list+"/answer", O{"ids": []string{r.text("id")}, "approve": false, "approver_post_id": camat}, nil)
		k.refused(http.StatusConflict, "wrong_approver", list+"/answer", O{"ids": []string{r.text("id")}, "approve": true, "approver_post_id": k.headPost(k.villages[1])}, nil)
		given := k.post(list+"/answer", answer)
		require.Equal(t, []string{"approved", "2026-12-21", "Camat Contoh"}, []string{given.text("items", 0, "state"), given.text("items", 0, "approved_on"), given.text("items", 0, "approver")})
		require.Equal(t, "2026-12-21", k.read("/obligations/"+first).text("target_on"))
	})
}

func TestWhoHoldsAFileIsKnownOverHTTP(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		_, duties := k.year()
		first := duties[k.villages[0]]
		k.refused(unprocessable, "missing_field", "/obligations/"+first+"/pause", O{}, nil)
		k.post("/obligations/"+first+"/pause", O{"reason_code": "bpjs_answer", "holder": "BPJS Kendari"})
		p := k.read("/agreements/" + k.agreement + "/pauses?standing=true")
		require.Equal(t, []string{"bpjs_answer", "BPJS Kendari", "2026-11-23", "Desa 1"},
			[]string{p.text("items", 0, "reason_code"), p.text("items", 0, "holder"), p.text("items", 0, "since_on"), p.text("items", 0, "unit_name")})
		require.Equal(t, "2026-12-07T07:00:00+08:00", p.text("items", 0, "ask_at"), "ten working days later")
		moved := k.post("/pauses/"+p.text("items", 0, "id")+"/hand-on", O{"holder_post_id": k.sekda, "reason_code": "signature"})
		require.Equal(t, "Sekretaris Daerah", moved.text("holder"))
		d := k.read("/agreements/" + k.agreement + "/desks")
		require.Equal(t, []any{"Sekretaris Daerah", k.sekda, float64(1)}, []any{d.get("items", 0, "title"), d.get("items", 0, "post_id"), d.get("items", 0, "duties")})
	})
}

func TestTheClockIsConfirmedOverHTTP(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		require.NoError(t, k.ledger.Beat(t.Context()))
		require.Equal(t, "trusted", k.read("/clock").text("state"))
		k.refused(http.StatusConflict, "clock_not_in_doubt", "/clock/confirm", nil, nil)
		k.set(k.now().AddDate(0, 2, 0))
		require.NoError(t, k.ledger.Beat(t.Context()))
		c := k.read("/clock")
		require.Equal(t, []string{"doubted", "long_gap", "2027-01-23T08:00:00+07:00"}, []string{c.text("state"), c.text("cause"), c.text("since")})
		ready := k.call("GET", "/readyz", nil, nil)
		require.Equal(t, http.StatusOK, ready.Status, "facts are taken")
		require.Equal(t, "doubted", ready.text("clock"))
		require.Equal(t, "trusted", k.post("/clock/confirm", nil).text("state"))
	})
}

func TestAnOutageIsListedAndItsProposalAnsweredOverHTTP(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		_, duties := k.year()
		fair := k.read("/parties/" + k.pemda + "/fairness")
		require.EqualValues(t, 2, fair.get("max_extensions"))
		k.post("/parties/"+k.pemda+"/fairness", O{
			"max_extensions": 1, "approver_level": 1, "pause_days": 5, "outage_days": 1, "outage_minutes": 30, "office_opens": 8, "office_closes": 16,
		})
		k.set(calendar.Day("2026-12-15").In(calendar.WITA, 8, 0))
		require.NoError(t, k.ledger.Beat(t.Context()))
		require.NoError(t, k.ledger.Rest(t.Context()))
		k.set(calendar.Day("2026-12-15").In(calendar.WITA, 9, 0))
		require.NoError(t, k.ledger.Beat(t.Context()))
		require.Equal(t, true, k.read("/outages").get("items", 0, "planned"))
		require.Len(t, k.read("/uptimes").list("items"), 2)
		g := k.read("/agreements/" + k.agreement + "/graces")
		require.Equal(t, []any{"2026-12-15", "2026-12-16", float64(60), float64(3)},
			[]any{g.get("items", 0, "target_on"), g.get("items", 0, "until_on"), g.get("items", 0, "lost_minutes"), g.get("items", 0, "open")})
		out := k.post("/graces/"+g.text("items", 0, "id")+"/answer", O{"approve": true, "approver_post_id": k.sekda})
		require.Equal(t, "approved", out.text("state"))
		require.Equal(t, "2026-12-16", k.read("/obligations/"+duties[k.villages[2]]).text("target_on"))
	})
}

func TestACalendarsAddressIsSaidOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		made := k.call("POST", "/api/v1/feeds", O{"kind": "agreement", "subject_id": k.agreement}, headers{"Idempotency-Key": "once"})
		require.Equal(t, http.StatusOK, made.Status, made.Raw)
		require.Regexp(t, `^/ics/[a-z2-7]{26}\.ics$`, made.text("path"))
		again := k.call("POST", "/api/v1/feeds", O{"kind": "agreement", "subject_id": k.agreement}, headers{"Idempotency-Key": "once"})
		require.NotEqual(t, made.text("path"), again.text("path"), "no answer with a secret is kept")
		list := k.read("/feeds?open=true&subject_id=" + k.agreement)
		require.Len(t, list.list("items"), 2)
		require.Nil(t, list.get("items", 0, "path"))
		require.Equal(t, "PKS Contoh", list.text("items", 0, "subject"))
		require.NotEmpty(t, k.post("/feeds/"+made.text("id")+"/revoke", nil).text("revoked_at"))
		require.Len(t, k.read("/feeds?open=true").list("items"), 1)
	})
}
