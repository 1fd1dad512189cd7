package api_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
)

// running records the year 2026, which is under way, and its duties by village.
func (k *kabupaten) running() (yearID string, duties map[string]string) {
	k.t.Helper()
	yearID = k.at("/years", O{"line_id": k.line, "year": 2026, "kind_of_unit": "desa", "target_on": "2026-02-28"}).text("id")
	duties = map[string]string{}
	for _, o := range k.read("/obligations?kind=roster&year_id=" + yearID).list("items") {
		duties[o.(map[string]any)["unit_id"].(string)] = o.(map[string]any)["id"].(string)
	}
	return yearID, duties
}

func TestPeopleComeAndGoDuringTheYear(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		_, duties := k.running()
		duty := duties[k.villages[0]]
		k.post("/obligations/"+duty+"/rosters", O{"on": "2026-02-01", "rows": []O{{"nik": "9901010101800001", "name": "Andi"}, {"nik": "9901010101800002", "name": "Budi"}}})
		bad := k.refused(unprocessable, "rows_with_errors", "/obligations/"+duty+"/joiners", O{"person": O{"nik": "990101", "name": "Cici"}}, nil)
		require.Equal(t, "body.person.nik", bad.text("errors", 0, "location"))
		k.refused(http.StatusConflict, "already_on_list", "/obligations/"+duty+"/joiners", O{"person": O{"nik": "9901010101800001", "name": "Andi"}}, nil)
		joined := k.post("/obligations/"+duty+"/joiners", O{"person": O{"nik": "9901010101800003", "name": "Cici", "wage": 1_500_000}, "from": "2026-06-01", "note": "SK 1"})
		require.Equal(t, "joiner", joined.text("kind"))
		require.EqualValues(t, 3, joined.get("people"))
		on := func(day string) (rows []any) {
			return k.read("/obligations/" + duty + "/people?on=" + day).list("items")
		}
		require.Len(t, on("2026-05-31"), 2)
		require.Len(t, on("2026-06-01"), 3)
		first := on("2026-05-31")[0].(map[string]any)
		require.Equal(t, []any{"Andi", "************0001", "operator", 1.0}, []any{first["name"], first["nik"], first["put_by"], first["since_version"]})

		row := "/roster-rows/" + first["id"].(string)
		k.refused(unprocessable, "left_before_joining", row+"/leave", O{"reason": "resigned", "on": "2025-12-31"}, nil)
		left := k.post(row+"/leave", O{"reason": "died", "on": "2026-03-05"})
		require.Equal(t, "2026-03-05", left.text("last_day"))
		claim := k.read("/claims/" + left.text("claim_id"))
		require.EqualValues(t, 42_000_000, claim.get("estimate"))
		require.Equal(t, []string{"open", "pp_82_2019", "2031-03-05", "Andi"}, []string{claim.text("state"), claim.text("rule_table"), claim.text("claim_by"), claim.text("name")})
		require.Len(t, k.read("/agreements/"+k.agreement+"/claims?state=open").list("items"), 1)
		missing := claim.get("missing").(float64)
		require.Equal(t, missing-1, k.post("/claims/"+claim.text("id")+"/documents/ktp_heir", O{"on": "2026-04-01"}).get("missing"))
		k.refused(http.StatusNotFound, "not_found", "/claims/"+claim.text("id")+"/documents/diploma", O{}, nil)

		require.Equal(t, "restored", k.post(row+"/restore", O{"reason": "keliru"}).text("kind"))
		require.Equal(t, "withdrawn", k.read("/claims/"+claim.text("id")).text("state"))
		moves := k.read("/obligations/" + duty + "/movements").list("items")
		require.Len(t, moves, 3)
		require.Equal(t, "SK 1", moves[2].(map[string]any)["note"])
	})
}

func TestTargetsAndShortfallsOverHTTP(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		year, duties := k.running()
		bad := k.refused(unprocessable, "ceiling_below_minimum", "/agreements/"+k.agreement+"/quotas",
			O{"year_id": year, "rows": []O{{"kind_of_unit": "desa", "minimum": 2}, {"unit_id": k.villages[0], "minimum": 2, "ceiling": 1}}}, nil)
		require.Equal(t, "body.rows[1].ceiling", bad.text("errors", 0, "location"))
		set := k.at("/quotas", O{"year_id": year, "source_id": k.source, "rows": []O{{"kind_of_unit": "desa", "minimum": 2, "reserve": 1}, {"unit_id": k.villages[0], "minimum": 1}}})
		require.EqualValues(t, len(duties), set.get("changed"))
		k.post("/obligations/"+duties[k.villages[0]]+"/rosters", O{"rows": []O{{"nik": "9901010101800001", "name": "Andi"}}})
		below := k.read("/agreements/" + k.agreement + "/shortfalls?below=true&year_id=" + year)
		require.Len(t, below.list("items"), 2)
		require.EqualValues(t, 2, below.get("items", 0, "missing"))
		require.Equal(t, "none", below.text("items", 0, "answer"))
		require.EqualValues(t, 4, below.get("totals", "missing"))
		require.EqualValues(t, 2, below.get("totals", "silent"))
	})
}

func TestANihilCarriesItsStatement(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		_, duties := k.running()
		duty := "/obligations/" + duties[k.villages[1]]
		k.refused(unprocessable, "signed_after_closing", duty+"/close", O{"how": "nihil", "signatory": "Kepala Desa 2", "signed_on": "2026-11-24"}, nil)
		k.post(duty+"/close", O{"how": "nihil", "signatory": "Kepala Desa 2", "signed_by": "Andi", "number": "470/1", "signed_on": "2026-11-20", "text": "Tidak ada."})
		require.Equal(t, "470/1", k.read(duty).text("statement", "number"))
		k.post(duty+"/joiners", O{"person": O{"nik": "9901010101800001", "name": "Andi"}, "from": "2026-11-01"})
		require.Equal(t, "roster", k.read(duty).text("closed_how"))
	})
}

func TestAPublicWindowIsOpenedMovedAndCountedOverHTTP(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		year, duties := k.running()
		windows := "/agreements/" + k.agreement + "/windows"
		k.refused(unprocessable, "invalid_request", windows, O{"year_id": year, "opens_at": "besok", "closes_at": "2026-11-30T17:00:00+08:00"}, nil)
		k.refused(unprocessable, "window_too_long", windows, O{"year_id": year, "opens_at": "2026-03-28T20:00:00+08:00", "closes_at": "2026-11-30T17:00:00+08:00"}, nil)
		w := k.post(windows, O{"year_id": year, "opens_at": "2026-11-23T08:00:00+08:00", "closes_at": "2026-11-30T17:00:00+08:00"})
		require.Equal(t, []string{"open", "middle", "2026-11-30T17:00:00+08:00"}, []string{w.text("state"), w.text("names"), w.text("closes_at")})
		window := "/windows/" + w.text("id")
		pages := k.read(window + "/pages").list("items")
		require.Len(t, pages, len(duties))
		require.Regexp(t, `^/uji-publik/[a-z2-7]{26}$`, pages[0].(map[string]any)["path"])
		require.Equal(t, "2026-12-01T17:00:00+08:00", k.post(window+"/move", O{"closes_at": "2026-12-01T09:00:00Z", "reason": "padam"}).text("closes_at"))
		require.Empty(t, k.read(window+"/objections").list("items"))
		require.Len(t, k.read(windows).list("items"), 1)
		require.EqualValues(t, 0, k.read(window).get("objections", "all"))
		k.refused(http.StatusNotFound, "not_found", "/objections/none/decide", O{"upheld": true, "reason": "x"}, nil)
	})
}
