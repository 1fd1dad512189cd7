package api_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
)

// doubled puts people on the lists of two villages.
func (k *kabupaten) doubled(people ...int) (duties map[string]string) {
	k.t.Helper()
	_, duties = k.year()
	for _, village := range k.villages[:2] {
		i := k.sent(http.StatusCreated, "/obligations/"+duties[village]+"/uploads", village+".csv", villageList("DAFTAR "+village, people...))
		k.post("/imports/"+i.text("id")+"/accept", O{})
	}
	return duties
}

func TestWhoStandsOnTwoListsIsDecided(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		duties := k.doubled(1, 2)
		first, second := duties[k.villages[0]], duties[k.villages[1]]
		list := k.read("/conflicts?state=open&agreement_id=" + k.agreement)
		require.Len(t, list.list("items"), 2)
		c := k.read("/conflicts/" + list.text("items", 0, "id"))
		require.Equal(t, []any{[]any{"across_units"}, "somebody_decides", []any{}}, []any{c.get("overlap"), c.get("rule"), c.get("winner")})
		require.Contains(t, c.text("sentence"), "Orang ini ada di dua daftar")
		require.Contains(t, k.call("GET", "/api/v1/conflicts/"+c.text("id"), nil, headers{"Accept-Language": "en"}).text("sentence"), "two lists")
		require.Len(t, c.list("sides"), 2)
		require.Contains(t, []any{"************0001", "************0002"}, c.get("sides", 0, "nik"))

		own := k.call("GET", "/api/v1/conflicts/"+c.text("id"), nil, headers{"X-Test-Actor": "unit 74.05 " + k.villages[1]})
		require.Equal(t, []any{"Desa 2", 1.0}, []any{own.get("sides", 0, "unit_name"), own.get("others")}, "of the other village only that it is there")
		require.Len(t, own.list("sides"), 1)

		path := "/conflicts/" + c.text("id") + "/decide"
		k.refused(unprocessable, "unknown_side", path, O{"keeps": []string{"none"}, "reason": "x"}, nil)
		k.refused(unprocessable, "missing_field", path, O{"keeps": []string{first}, "reason": " "}, nil)
		decided := k.post(path, O{"keeps": []string{second}, "reason": "tinggal di Desa 2"})
		require.Equal(t, []any{"decided", []any{second}, "tinggal di Desa 2"}, []any{decided.get("state"), decided.get("winner"), decided.get("reason")})
		k.refused(http.StatusConflict, "conflict_decided", path, O{"keeps": []string{first}, "reason": "x"}, nil)
		versions := k.read("/obligations/" + first + "/rosters").list("items")
		require.EqualValues(t, 1, versions[1].(map[string]any)["people"], "the first village has a version without")

		none := k.post("/conflicts/decide-by-rule", O{"rule": "somebody_decides", "agreement_id": k.agreement, "reason": "x"})
		require.Equal(t, O{"decided": 0.0, "skipped": 1.0}, none.Body, "that rule says that people decide")
		k.refused(http.StatusNotFound, "not_found", "/conflicts/none/decide", O{"keeps": []string{"x"}, "reason": "x"}, nil)
		k.refused(http.StatusNotFound, "not_found", "/conflicts/decide-by-rule", O{"rule": "x", "agreement_id": "none", "reason": "x"}, nil)
	})
}

func TestARuleDecidesAllItSettles(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		_, duties := k.year()
		line := k.at("/lines", O{"group_code": "vulnerable", "funding_source": "apbd_regency", "wage": 1_000_000}).text("id")
		out := k.decision("open-year", O{"line_id": line, "year": 2027, "unit_ids": k.villages[1:2], "target_on": "2026-12-15"}, nil)
		require.Equal(t, http.StatusOK, out.Status, out.Raw)
		poor := ""
		for _, o := range k.read("/obligations?kind=roster&unit_id=" + k.villages[1]).list("items") {
			if o := o.(map[string]any); o["group_code"] == "vulnerable" {
				poor = o["id"].(string)
			}
		}
		var people []int
		for n := range 60 {
			people = append(people, n+1)
		}
		for name, duty := range map[string]string{"perangkat": duties[k.villages[0]], "rentan": poor} {
			i := k.sent(http.StatusCreated, "/obligations/"+duty+"/uploads", name+".csv", villageList(name, people...))
			k.post("/imports/"+i.text("id")+"/accept", O{"despite": "coba"})
		}
		open := k.read("/conflicts?state=open&rule=wage_earner_over_rentan&page_size=100").list("items")
		require.Len(t, open, 60)
		require.Equal(t, []any{duties[k.villages[0]]}, open[0].(map[string]any)["winner"])
		done := k.post("/conflicts/decide-by-rule", O{"rule": "wage_earner_over_rentan", "agreement_id": k.agreement, "reason": "aturan"})
		require.Equal(t, O{"decided": 60.0, "skipped": 0.0}, done.Body, fmt.Sprint(k.log))
		require.Empty(t, k.read("/conflicts?state=open").list("items"))
		rows := k.read("/obligations/" + poor + "/rosters").list("items")
		require.EqualValues(t, 0, rows[len(rows)-1].(map[string]any)["people"])
	})
}

func TestPeopleInTwoKabupatenAreFoundByWhoOverseesBoth(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		_, duties := k.year()
		i := k.sent(http.StatusCreated, "/obligations/"+duties[k.villages[0]]+"/uploads", "a.csv", villageList("A", 1, 2))
		k.post("/imports/"+i.text("id")+"/accept", O{})
		require.Empty(t, k.read("/conflicts/across?year=2027").list("items"))

		// The kabupaten next door lists the second of them.
		pemda := k.post("/parties", O{"kind": "pemda", "name": "Kabupaten Tetangga", "region_code": "74.02"}).text("id")
		unit := k.post("/parties/"+pemda+"/units", O{"units": []O{{"kind": "desa", "name": "Desa Seberang", "head_title": "Kepala Desa"}}}).text("items", 0, "id")
		made := k.post("/agreements", O{"title": "PKS Tetangga", "pemda_party_id": pemda, "bpjs_party_id": k.bpjs, "lines": []O{{"group_code": "village_officials", "funding_source": "apbdes", "wage": 2_351_870}}})
		perbup := k.post("/regulations", O{"kind": "perbup", "number": "9", "year": 2021, "title": "Jaminan sosial", "region_code": "74.02", "in_force_from": "2021-06-01"}).text("id")
		there := "/agreements/" + made.text("id")
		k.post(there+"/bases", O{"regulation_id": perbup, "from": O{"on": "2021-06-01"}})
		k.post(there+"/signatures", O{"signed_on": O{"on": "2026-01-27"}, "signatures": []O{{"party_id": pemda, "post_title": "Bupati"}, {"party_id": k.bpjs, "post_title": "Kepala Cabang"}}})
		out := k.call("POST", "/api/v1"+there+"/decisions/open-year", O{"line_id": made.text("lines", 0, "id"), "year": 2027, "unit_ids": []string{unit}, "target_on": "2026-12-15"}, nil)
		require.Equal(t, http.StatusOK, out.Status, out.Raw)
		duty := k.read("/obligations?kind=roster&unit_id="+unit).text("items", 0, "id")
		i = k.sent(http.StatusCreated, "/obligations/"+duty+"/uploads", "b.csv", villageList("B", 2, 3))
		k.post("/imports/"+i.text("id")+"/accept", O{})

		for _, who := range []headers{nil, {"X-Test-Actor": "province 74"}} {
			both := k.call("GET", "/api/v1/conflicts/across?year=2027&page_size=1", nil, who)
			require.Len(t, both.list("items"), 1, both.Raw)
			require.Equal(t, []any{"74.05", "74.02", "************0002"}, []any{both.get("items", 0, "places", 0, "regency_code"), both.get("items", 0, "places", 1, "regency_code"), both.get("items", 0, "places", 1, "nik")})
			require.Nil(t, both.get("next_page_token"))
		}
		require.Empty(t, k.read("/conflicts/across?year=2026").list("items"))
		require.Empty(t, k.call("GET", "/api/v1/conflicts/across?year=2027", nil, headers{"X-Test-Actor": "province 73"}).list("items"))
		k.call("GET", "/api/v1/conflicts/across?year=2027", nil, headers{"X-Test-Actor": "regency 74.05"}).isProblem(http.StatusForbidden, "outside_scope")
		k.call("GET", "/api/v1/conflicts/across", nil, nil).isProblem(unprocessable, "invalid_request")
	})
}
