package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
)

func TestTheWeeksPageThroughTheAPI(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		year, duties := k.year()
		at := "/agreements/" + k.agreement
		k.post(at+"/quotas", O{"year_id": year, "source_id": k.source, "rows": []O{{"kind_of_unit": "desa", "minimum": 50}}})
		k.post("/obligations/"+duties[k.villages[0]]+"/close", O{"how": "receiver", "people": 12})

		page := k.read(at + "/weekly")
		require.Equal(t, []any{"2026-11-23", true, 150.0}, []any{page.get("week"), page.get("kept"), page.get("unprotected")})
		require.EqualValues(t, 12, page.get("lines", 0, "registered"))
		require.Equal(t, "quota", page.text("lines", 0, "basis"))
		require.Equal(t, []any{3.0, 1.0, 0.0}, []any{page.get("lists", "all"), page.get("lists", "answered"), page.get("lists", "late")})
		require.Equal(t, "people", page.text("sections", 0, "key"))
		require.Equal(t, "150", page.text("sections", 0, "figure"))
		require.Contains(t, page.text("message"), "*150 orang*")

		k.post("/obligations/"+duties[k.villages[1]]+"/close", O{"how": "receiver", "people": 8})
		require.EqualValues(t, 12, k.read(at+"/weekly?week=2026-11-23").get("lines", 0, "registered"), "it stays as it was")
		now := k.read(at + "/weekly?now=true")
		require.Equal(t, []any{20.0, false}, []any{now.get("lines", 0, "registered"), now.get("kept")})
		require.Len(t, k.read(at+"/weeks").list("items"), 1)
		k.call(http.MethodGet, "/api/v1"+at+"/weekly?week=2026-11-16", nil, nil).isProblem(http.StatusNotFound, "not_found")
		k.call(http.MethodGet, "/api/v1"+at+"/weekly?week=now", nil, nil).isProblem(unprocessable, "bad_date")

		for ending, kind := range map[string]string{"pdf": "application/pdf", "png": "image/png"} {
			file := k.call(http.MethodGet, "/api/v1"+at+"/weekly."+ending, nil, nil)
			require.Equal(t, []any{http.StatusOK, kind}, []any{file.Status, file.Header.Get("Content-Type")})
			require.Contains(t, file.Header.Get("Content-Disposition"), "lembar-mingguan-2026-11-23."+ending)
			require.LessOrEqual(t, len(file.Raw), 200<<10)
			require.Equal(t, file.Raw, k.call(http.MethodGet, "/api/v1"+at+"/weekly."+ending+"?week=2026-11-23", nil, nil).Raw, "the same facts give the same bytes")
		}
	})
}

func TestTheLinkToTheWeeksPageIsMadeAndRevoked(t *testing.T) {
	t.Parallel()
	k := settle(t, testdb.SQLite(t))
	at := "/agreements/" + k.agreement
	require.Empty(t, k.read(at + "/weekly-link").Body["address"])
	made := k.post(at+"/weekly-link/open", nil).text("address")
	require.True(t, strings.Contains(made, "/minggu/"), made)
	require.Equal(t, made, k.post(at+"/weekly-link/open", nil).text("address"), "one that is open stays")
	require.Equal(t, made, k.read(at+"/weekly-link").text("address"))
	require.Empty(t, k.post(at+"/weekly-link/revoke", nil).Body["address"])
	require.NotEqual(t, made, k.post(at+"/weekly-link/open", nil).text("address"))

	require.EqualValues(t, 1, k.read(at+"/weekly-rule").get("weekday"))
	require.EqualValues(t, 5, k.post(at+"/weekly-rule", O{"weekday": 5, "silent": true}).get("weekday"))
	require.Equal(t, "2026-11-20", k.read(at+"/weekly").text("week"), "the Friday before")
}
