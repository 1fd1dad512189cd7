package api_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
)

func TestANIKIsShownOnceForAPurposeAndStoredNowhere(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		const digits = "9901010101800001"
		k := settle(t, database)
		_, duties := k.year()
		list := k.post("/obligations/"+duties[k.villages[0]]+"/rosters", O{"rows": []O{{"nik": digits, "name": "Andi Contoh"}}})
		row := k.read("/rosters/" + list.text("id") + "/rows").list("items")[0].(map[string]any)
		require.Equal(t, "************0001", row["nik"])
		path := "/persons/" + row["person_id"].(string) + "/reveal"

		key := headers{"Idempotency-Key": "look"}
		for range 2 {
			out := k.call("POST", "/api/v1"+path, O{"purpose": "claim"}, key)
			require.Equal(t, http.StatusOK, out.Status, out.Raw)
			require.Equal(t, digits, out.text("nik"))
			require.Equal(t, "no-store", out.Header.Get("Cache-Control"))
			require.Empty(t, out.Header.Get("Idempotent-Replay"))
		}
		require.NotContains(t, k.log.String(), digits)

		seen := k.read("/reveals?from=2026-11-23T09:00:00%2B08:00&to=2026-11-23T09:00:01%2B08:00&person_id=" + row["person_id"].(string))
		require.Len(t, seen.list("items"), 2)
		require.Equal(t, "claim", seen.text("items", 0, "purpose"))
		require.Equal(t, "2026-11-23T08:00:00+07:00", seen.text("items", 0, "at"))
		require.Equal(t, k.villages[0], seen.text("items", 1, "unit_id"))
		require.Empty(t, k.read("/reveals?to=2026-11-23T09:00:00%2B08:00").list("items"))
		next := k.read("/reveals?page_size=1").text("next_page_token")
		require.Equal(t, seen.text("items", 1, "id"), k.read("/reveals?page_size=1&page_token="+next).text("items", 0, "id"))

		k.refused(unprocessable, "invalid_request", path, O{"purpose": "curiosity"}, nil)
		k.refused(unprocessable, "invalid_request", path, O{}, nil)
		k.refused(http.StatusNotFound, "not_found", "/persons/none/reveal", O{"purpose": "claim"}, nil)
		foreign := headers{"X-Test-Actor": "regency 74.02"}
		k.refused(http.StatusNotFound, "not_found", path, O{"purpose": "claim"}, foreign)
		require.Empty(t, k.call("GET", "/api/v1/reveals", nil, foreign).list("items"))
	})
}
