package api_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/fault"
	"payung/internal/testdb"
)

func TestADecisionInTheWrongStateNamesEverythingThatIsMissing(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		k.agreement = k.post("/agreements", O{
			"title": "PKS Baru", "pemda_party_id": k.pemda, "bpjs_party_id": k.bpjs,
			"lines": []O{{"group_code": "vulnerable", "funding_source": "apbd_regency", "planned": true}},
		}).text("id")
		line := k.read("/agreements/"+k.agreement).text("lines", 0, "id")
		before := k.counts()
		key := headers{"Idempotency-Key": "open 2027"}
		out := k.decision("open-year", O{"line_id": line, "year": 2027}, key)
		out.isProblem(http.StatusConflict, "prerequisites_missing")
		var codes []string
		for i, r := range out.list("reasons") {
			codes = append(codes, r.(map[string]any)["code"].(string))
			require.NotEmpty(t, out.text("reasons", i, "detail"))
		}
		require.Equal(t, []string{"signature", "line_not_planned", "basis_for_group", "units"}, codes)
		require.Equal(t, "Belum ada peraturan yang berlaku untuk kelompok vulnerable.", out.text("reasons", 2, "detail"))
		asked := k.engine.asked.Load()
		k.decision("open-year", O{"line_id": line, "year": 2027}, key).isProblem(http.StatusConflict, "prerequisites_missing")
		require.Equal(t, asked, k.engine.asked.Load(), "the ledger remembers the answer")
		require.Equal(t, before, k.counts())
	})
}

func TestADecisionCountsOnceWhetherTheEngineAnswersOrNot(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		body, key := O{"line_id": k.line, "year": 2027, "kind_of_unit": "desa", "target_on": "2026-12-15"}, headers{"Idempotency-Key": "open 2027"}

		k.engine.away.Store(true)
		out := k.decision("open-year", body, key)
		out.isProblem(http.StatusServiceUnavailable, "engine_unavailable")
		require.NotEmpty(t, out.Header.Get("Retry-After"))
		require.Empty(t, k.read("/agreements/"+k.agreement+"/years").list("items"), "pending is invisible")
		k.post("/parties", O{"kind": "outside", "name": "KORPRI", "zone": "Asia/Makassar"}) // facts are accepted meanwhile
		k.call("GET", "/api/v1/agreements/"+k.agreement+"/process", nil, nil).isProblem(http.StatusServiceUnavailable, "engine_unavailable")

		k.engine.away.Store(false)
		first := k.decision("open-year", body, key)
		require.Equal(t, http.StatusOK, first.Status, first.Raw)
		require.Equal(t, "confirmed", first.text("state"))
		require.Equal(t, "3", first.text("made", "obligations"))

		k.engine.away.Store(true)
		again := k.decision("open-year", body, key)
		require.Equal(t, http.StatusOK, again.Status, again.Raw)
		require.Equal(t, first.Raw, again.Raw, "answered without the engine")
		require.Equal(t, "true", again.Header.Get("Idempotent-Replay"))
		require.Equal(t, "confirmed", k.read("/decisions/"+first.text("request_id")).text("state"))

		body["target_on"] = "2026-12-16"
		k.decision("open-year", body, key).isProblem(unprocessable, "idempotency_key_reused")
		k.refused(unprocessable, "idempotency_key_reused", "/parties", O{"kind": "outside", "name": "x", "zone": "Asia/Makassar"}, key)
		require.Len(t, k.read("/obligations").list("items"), 3)
	})
}

func TestANoOfTheEngineItselfEndsTheProposal(t *testing.T) {
	t.Parallel()
	k := settle(t, testdb.SQLite(t))
	key, body := headers{"Idempotency-Key": "end"}, O{"on": "2026-12-01", "reason": "selesai"}
	k.engine.refusal.Store(fault.New(fault.Refused, "agreement_terminated", "the agreement has been terminated and takes no decisions"))
	k.decision("terminate", body, key).isProblem(http.StatusConflict, "agreement_terminated")
	k.engine.refusal.Store(nil)
	k.decision("terminate", body, key).isProblem(http.StatusConflict, "agreement_terminated")
	require.Nil(t, k.read("/agreements/"+k.agreement).get("closed_on"))

	k.engine.refusal.Store(fault.New(fault.NotFound, "not_found", "there is no running process").With("what", "process"))
	key["Idempotency-Key"] = "end again"
	k.decision("terminate", body, key).isProblem(http.StatusServiceUnavailable, "engine_unavailable")
	k.engine.refusal.Store(nil)
	require.Equal(t, http.StatusOK, k.decision("terminate", body, key).Status, "it was left to be sent again")
}

func TestEveryKindOfDecisionIsTaken(t *testing.T) {
	t.Parallel()
	k := settle(t, testdb.SQLite(t))
	perbup := k.read("/regulations").text("items", 0, "id")
	newer := k.post("/regulations", O{"kind": "perbup", "number": "99", "year": 2026, "title": "Perubahan"}).text("id")
	signatures := []O{{"party_id": k.pemda, "post_title": "Bupati"}, {"party_id": k.bpjs, "post_title": "Kepala Cabang"}}
	for _, step := range []struct {
		path string
		body O
	}{
		{"record-meeting", O{"held_on": O{"on": "2026-11-20"}, "decisions": []O{{"text": "Daftar nama"}}}},
		{"bring-basis-into-force", O{"regulation_id": newer, "from": O{"on": "2026-11-01"}, "group_codes": []string{"non_asn"}}},
		{"replace-basis", O{"regulation_id": newer, "replaces_regulation_id": perbup, "from": O{"on": "2026-11-15"}}},
		{"sign", O{"signed_on": O{"on": "2026-11-22"}, "signatures": signatures}},
		{"open-year", O{"line_id": k.line, "year": 2027, "kind_of_unit": "desa", "target_on": "2026-12-15"}},
		{"move-deadline", O{"target_on": "2026-12-22", "reason": "libur"}},
	} {
		out := k.decision(step.path, step.body, nil)
		require.Equal(t, http.StatusOK, out.Status, "%s: %s", step.path, out.Raw)
	}
	k.at("/renewals", O{"owner_post_id": k.sekda})
	require.Equal(t, "2028", k.decision("decide-renewal", O{"answer": "renew", "target_on": "2027-12-15"}, nil).text("made", "year"))
	require.Equal(t, http.StatusOK, k.decision("terminate", O{"on": "2026-11-23", "reason": "selesai"}, nil).Status)
	k.decision("sign", O{"signed_on": O{"on": "2026-11-22"}}, nil).isProblem(http.StatusConflict, "agreement_terminated")
}

func TestAPanicIsAProblemWithoutDetails(t *testing.T) {
	t.Parallel()
	k := settle(t, testdb.SQLite(t))
	k.engine.broken.Store(true)
	out := k.decision("terminate", O{"on": "2026-12-01", "reason": "selesai"}, nil)
	out.isProblem(http.StatusInternalServerError, "internal")
	require.NotContains(t, out.Raw, "secret")
	require.Contains(t, k.log.String(), "a secret of the engine", "the log has it")
	require.Contains(t, k.log.String(), out.text("request_id"))
}
