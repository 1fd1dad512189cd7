package api_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
)

// O is a JSON object.
type O = map[string]any

// kabupaten is a signed agreement with three villages under one kecamatan, all
// made over HTTP.
type kabupaten struct {
	*house
	source, pemda, bpjs, sekda, agreement, line string
	camat                                       string
	villages                                    []string
}

func settle(t *testing.T, database string) *kabupaten {
	t.Helper()
	k := &kabupaten{house: open(t, database)}
	k.source = k.post("/sources", O{"kind": "news", "title": "Berita daerah", "published_on": "2026-01-28"}).text("id")
	k.pemda = k.post("/parties", O{"kind": "pemda", "name": "Kabupaten Contoh", "region_code": "74.05"}).text("id")
	k.bpjs = k.post("/parties", O{"kind": "bpjs", "name": "BPJS Ketenagakerjaan Kendari", "region_code": "74.71"}).text("id")
	k.sekda = k.post("/parties/"+k.pemda+"/posts", O{"title": "Sekretaris Daerah", "role": "sekda"}).text("id")
	k.post("/posts/"+k.sekda+"/holders", O{"name": "Siti Contoh", "capacity": "plt", "valid_from": "2026-01-01"})
	k.camat = k.post("/parties/"+k.pemda+"/units", O{"units": []O{
		{"kind": "kecamatan", "name": "Kecamatan Contoh", "head_title": "Camat Contoh", "reports_to": k.sekda},
	}}).text("items", 0, "id")
	desa := make([]O, 3)
	for i := range desa {
		desa[i] = O{"kind": "desa", "name": fmt.Sprintf("Desa %d", i+1), "head_title": fmt.Sprintf("Kepala Desa %d", i+1), "parent_unit_id": k.camat}
	}
	for _, u := range k.post("/parties/"+k.pemda+"/units", O{"units": desa}).list("items") {
		k.villages = append(k.villages, u.(map[string]any)["id"].(string))
	}
	made := k.post("/agreements", O{
		"title": "PKS Contoh", "pemda_party_id": k.pemda, "bpjs_party_id": k.bpjs, "source_id": k.source,
		"lines":   []O{{"group_code": "village_officials", "funding_source": "apbdes", "wage": 2_351_870, "lead_unit_ids": []string{k.camat, ""}}},
		"numbers": []O{{"issuer_party_id": k.pemda, "year": 2026, "number": "100.3/7/2026"}},
	})
	k.agreement, k.line = made.text("id"), made.text("lines", 0, "id")
	perbup := k.post("/regulations", O{
		"kind": "perbup", "number": "24", "year": 2021, "title": "Jaminan sosial ketenagakerjaan", "region_code": "74.05", "in_force_from": "2021-06-01",
		"articles":  []O{{"label": "Pasal 7", "duty_role": "village_lead"}},
		"citations": []O{{"source_id": k.source, "number": "24", "year": 2021}},
	}).text("id")
	k.at("/bases", O{"regulation_id": perbup, "from": O{"on": "2021-06-01"}})
	k.at("/signatures", O{"signed_on": O{"on": "2026-01-27"}, "signatures": []O{
		{"party_id": k.pemda, "post_title": "Bupati"}, {"party_id": k.bpjs, "post_title": "Kepala Cabang"}, {"witness": true, "post_title": "Sekda"},
	}})
	return k
}

// at posts to something of the agreement.
func (k *kabupaten) at(path string, body any) said {
	k.t.Helper()
	return k.post("/agreements/"+k.agreement+path, body)
}

func (k *kabupaten) decision(path string, body any, with headers) said {
	k.t.Helper()
	return k.call("POST", "/api/v1/agreements/"+k.agreement+"/decisions/"+path, body, with)
}

// year opens 2027 and returns its duties, by village.
func (k *kabupaten) year() (yearID string, duties map[string]string) {
	k.t.Helper()
	out := k.decision("open-year", O{"line_id": k.line, "year": 2027, "kind_of_unit": "desa", "target_on": "2026-12-15"}, nil)
	require.Equal(k.t, http.StatusOK, out.Status, out.Raw)
	duties = map[string]string{}
	for _, o := range k.read("/obligations?kind=roster&agreement_id=" + k.agreement).list("items") {
		duties[o.(map[string]any)["unit_id"].(string)] = o.(map[string]any)["id"].(string)
	}
	return out.text("made", "period"), duties
}

// counts is how much is stored, to see that a refusal stores nothing.
func (k *kabupaten) counts() []int {
	k.t.Helper()
	var out []int
	for _, path := range []string{
		"/parties", "/regulations", "/sources", "/agreements", "/obligations?page_size=500", "/figures", "/prospects",
		"/agreements/" + k.agreement + "/lines", "/agreements/" + k.agreement + "/numbers", "/agreements/" + k.agreement + "/years",
		"/agreements/" + k.agreement + "/renewals", "/agreements/" + k.agreement + "/meetings", "/agreements/" + k.agreement + "/bills",
		"/agreements/" + k.agreement + "/audit?page_size=500",
	} {
		out = append(out, len(k.read(path).list("items")))
	}
	return out
}

func TestAnAgreementIsRecordedOverHTTP(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		a := k.read("/agreements/" + k.agreement)
		require.Equal(t, "2026-11-23T09:00:00+08:00", a.text("created_at"), "on the agreement's clock")
		require.Equal(t, []any{k.camat, ""}, a.list("lines", 0, "lead_unit_ids"))
		require.Equal(t, "basis_in_force", a.text("milestones", 0, "code"))
		require.Equal(t, "signed", a.text("milestones", 1, "code"))
		require.Equal(t, "day", a.text("milestones", 1, "on", "precision"))
		require.Len(t, k.read("/agreements/"+k.agreement+"/signatures").list("items"), 3)
		require.Len(t, k.read("/agreements/"+k.agreement+"/bases").list("items"), 1)
		regulation := k.read("/regulations").text("items", 0, "id")
		require.Equal(t, "Pasal 7", k.read("/regulations/"+regulation).text("articles", 0, "label"))
		require.Equal(t, "Siti Contoh", k.read("/posts/"+k.sekda+"/holders").text("items", 0, "name"))
		require.Equal(t, "Berita daerah", k.read("/sources/"+k.source).text("title"))
		require.NotEmpty(t, k.read("/agreements/"+k.agreement+"/audit").list("items"))
	})
}

func TestAYearIsOpenedAnsweredBilledAndPaid(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		year, duties := k.year()
		require.Len(t, duties, 3)
		first, second, third := duties[k.villages[0]], duties[k.villages[1]], duties[k.villages[2]]

		list := k.post("/obligations/"+first+"/rosters", O{"rows": []O{
			{"nik": "9901010101800001", "name": "Andi Contoh"}, {"nik": "9901014101850002", "name": "Sri Contoh", "sex": "female"},
		}})
		require.EqualValues(t, 2, list.get("people"))
		rows := k.read("/rosters/" + list.text("id") + "/rows?page_size=1")
		require.Equal(t, "************0001", rows.text("items", 0, "nik"))
		rows = k.read("/rosters/" + list.text("id") + "/rows?page_size=1&page_token=" + rows.text("next_page_token"))
		require.Equal(t, "Sri Contoh", rows.text("items", 0, "name"))
		require.Nil(t, rows.get("next_page_token"))

		require.Equal(t, "nihil", k.post("/obligations/"+second+"/close", O{"how": "nihil", "signatory": "Kepala Desa 2"}).text("closed_how"))
		require.NotEmpty(t, k.post("/obligations/"+third+"/pause", O{"reason": "berkas di cabang"}).text("paused_at"))
		k.post("/obligations/"+third+"/resume", O{"reason": "berkas kembali"})
		extended := k.post("/obligations/"+third+"/extend", O{"target_on": "2026-12-22", "reason": "banjir", "approved_by": "Sekda"})
		require.EqualValues(t, 3, extended.get("generation"))
		require.Len(t, k.read("/obligations/"+third).list("changes"), 3)

		k.at("/statuses", O{"year_id": year, "unit_id": k.villages[0], "state": "registered", "people": 2, "on": O{"on": "2026-11-23"}})
		bill := k.at("/bills", O{"year_id": year, "unit_id": k.villages[0], "from_month": "2027-01", "months": 2})
		require.EqualValues(t, 2*2*5_644, bill.get("jkk"))
		require.EqualValues(t, 2*2*7_056, bill.get("jkm"))
		paid := k.post("/bills/"+bill.text("id")+"/payments", O{"amount": 60_000, "reference": "SP2D-1", "on": O{"on": "2027-01-10"}})
		require.Equal(t, "2027-02-28", paid.text("paid_until"))
		require.EqualValues(t, 60_000-2*2*(5_644+7_056), paid.get("credit"))
		require.Len(t, k.read("/agreements/"+k.agreement+"/bills").list("items"), 1)
		require.Equal(t, bill.text("id"), k.read("/bills/"+bill.text("id")).text("id"))

		item := k.read("/coverage").get("items", 0)
		require.Contains(t, fmt.Sprint(item), "answered:1")
		plan := k.read("/agreements/" + k.agreement + "/plan?months=12")
		require.Equal(t, k.villages[2], plan.text("items", 0, "unit_id"))
		require.Equal(t, "decision", plan.text("items", 0, "ordered_by"))
		require.Equal(t, "2026-12-08T08:00:00+08:00", k.read("/agreements/"+k.agreement+"/process").text("next_at"))
	})
}

func TestTheOtherResourcesAnswer(t *testing.T) {
	t.Parallel()
	k := settle(t, testdb.SQLite(t))
	k.at("/lines", O{"group_code": "vulnerable", "funding_source": "apbd_regency", "planned": true})
	k.at("/numbers", O{"issuer_party_id": k.bpjs, "year": 2026, "number": "PER/7/2026"})
	meeting := k.at("/meetings", O{
		"held_on": O{"on": "2026-03-01", "precision": "early"}, "present_unit_ids": []string{k.camat}, "absent_unit_ids": k.villages,
		"decisions": []O{{"text": "Daftar nama sebelum Desember", "task": O{"kind": "task", "kind_of_unit": "desa", "target_on": "2026-11-30"}}},
	})
	require.Equal(t, "early", meeting.text("held_on", "precision"))
	require.EqualValues(t, 3, meeting.get("attendance", 0, "absent"))
	k.at("/years", O{"line_id": k.line, "year": 2026, "kind_of_unit": "desa", "source_id": k.source})
	k.at("/renewals", O{"owner_post_id": k.sekda})
	k.at("/happenings", O{"kind": "benefit_paid", "on": O{"on": "2026-05-01"}, "event_on": O{"on": "2026-04-01", "precision": "month"}, "amount": 42_000_000, "programme": "JKM"})
	k.post("/figures", O{
		"agreement_id": k.agreement, "subject_kind": "agreement", "measure": "potential", "value": 1500, "about": true,
		"definition": "perangkat desa menurut DPMD", "on": O{"on": "2026-01-01", "precision": "year"}, "source_id": k.source,
	})
	k.post("/prospects", O{"region_code": "74.03", "group_code": "vulnerable", "on": "2026-11-01", "next_step": "audience"})
	for path, want := range map[string]int{
		"/agreements/" + k.agreement + "/lines": 2, "/agreements/" + k.agreement + "/numbers": 2, "/agreements/" + k.agreement + "/meetings": 1,
		"/agreements/" + k.agreement + "/years": 1, "/agreements/" + k.agreement + "/renewals": 1, "/agreements/" + k.agreement + "/happenings": 1,
		"/agreements/" + k.agreement + "/obligations?as_of=2026-11-22": 6, "/figures?agreement_id=" + k.agreement: 1, "/prospects": 1,
		"/prospects?as_of=2026-10-31": 0, "/parties/" + k.pemda + "/units?kind=desa": 3, "/parties/" + k.pemda + "/posts": 5, "/groups": 14,
	} {
		require.Len(t, k.read(path).list("items"), want, path)
	}
	require.EqualValues(t, 1500, k.read("/coverage").get("items", 0, "people", "denominator", "value"))
	past := k.read("/coverage?as_of=2026-11-22")
	require.Nil(t, past.get("items", 0, "people", "denominator"), "a number for 2026 is not sure before the year is over")
	require.Equal(t, "74.03", past.text("prospects", 0, "region_code"))
	k.read("/posts/" + k.sekda + "/notices?unread=true")
}

func TestAWholeRegencyBecomesUnits(t *testing.T) {
	t.Parallel()
	h := open(t, testdb.SQLite(t))
	pemda := h.post("/parties", O{"kind": "pemda", "name": "Konawe Utara", "region_code": "74.09"}).text("id")
	units := h.post("/parties/"+pemda+"/units/from-region", O{"region_code": "74.09"}).list("items")
	kinds := map[string]int{}
	for _, u := range units {
		kinds[u.(map[string]any)["kind"].(string)]++
	}
	require.Equal(t, 13, kinds["kecamatan"])
	require.Greater(t, kinds["desa"], 150)
	posts := h.read("/parties/" + pemda + "/posts?page_size=500").list("items")
	require.Len(t, posts, len(units))
	require.NotEmpty(t, posts[len(posts)-1].(map[string]any)["superior_id"], "the head of a village answers to a camat")
	h.refused(http.StatusUnprocessableEntity, "not_a_regency", "/parties/"+pemda+"/units/from-region", O{"region_code": "74"}, nil)
	h.refused(http.StatusConflict, "unit_exists", "/parties/"+pemda+"/units/from-region", O{"region_code": "74.09"}, nil)
}

func TestCalculatorsAndTablesAnswer(t *testing.T) {
	t.Parallel()
	h := open(t, testdb.SQLite(t))
	cost := h.post("/calculators/contribution", O{"group_code": "vulnerable", "month": "2025-01", "months": 12, "people": 28_000, "wage": 1_000_000})
	require.EqualValues(t, 5_644_800_000, cost.get("total"), "28,000 people at Rp16,800 for a year")
	require.EqualValues(t, 42_000_000, h.post("/calculators/benefit", O{"event": "death", "when": O{"on": "2021-05-01"}}).get("total"))
	require.EqualValues(t, 24_000_000, h.post("/calculators/benefit", O{"event": "death", "when": O{"on": "2019-10-07"}}).get("total"))
	require.Equal(t, "2026-12-28", h.post("/calculators/working-days", O{"from": "2026-12-23", "days": 1}).text("day"), "Christmas lies between")
	require.Equal(t, true, h.post("/calculators/nik-check", O{"nik": "9901010101800001"}).get("acceptable"))
	require.Equal(t, "74.05", h.read("/regions/74.05").text("code"))
	require.Len(t, h.read("/regions").list("items"), 38)
	require.NotEmpty(t, h.read("/regions?name=konsel").list("items"))
	require.NotEmpty(t, h.read("/regions/74.05/children").list("items"))
	require.NotEmpty(t, h.read("/regions/dataset").text("licence"))
	require.Equal(t, "ok", h.call("GET", "/healthz", nil, nil).text("status"))
	require.Equal(t, "ready", h.call("GET", "/readyz", nil, nil).text("status"))
	require.Equal(t, http.StatusOK, h.call("GET", "/metrics", nil, nil).Status)
	require.Equal(t, "3.1.0", h.call("GET", "/openapi.json", nil, nil).text("openapi"))
}

func TestSampleDataNeedsAnEmptyLedger(t *testing.T) {
	t.Parallel()
	k := settle(t, testdb.SQLite(t))
	k.refused(http.StatusConflict, "ledger_has_real_data", "/settings/sample", nil, nil)
	h := open(t, testdb.SQLite(t))
	require.Equal(t, false, h.read("/settings").get("sample"))
	h.post("/settings/sample", nil)
	h.post("/settings/sample", nil)
	require.Equal(t, true, h.read("/settings").get("sample"))
}
