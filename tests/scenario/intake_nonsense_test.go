package scenario_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestFiltersTokensAndMappingsTakeNonsense asks with wildcards, quotes and
// tokens nobody gave out.
func TestFiltersTokensAndMappingsTakeNonsense(t *testing.T) {
	t.Parallel()
	s := serve(t, dataFolder(t))
	waiting(t, s)
	duties := s.duties()
	a := s.handed(duties[desas[0]], "a.csv", list(0, 5, "1;x", "2;y", "3;z"))
	path := "/imports/" + a.object["id"].(string)
	for _, token := range []string{"x", "%", "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "MS4tOTk5OTk5OTk5OTk5OTk5OTk5OTk5OQ", "J09SIDE9MS0t", "AAAA", strings.Repeat("A", 200), strings.Repeat("A", 201)} {
		status, raw := s.ask(http.MethodGet, "/api/v1"+path+"/findings?page_token="+url.QueryEscape(token), nil)
		require.Contains(t, []int{200, 422}, status, "%s: %s", token, raw)
	}
	for _, odd := range []string{"%", "_", "'", `" OR 1=1 --`, `\`, "%25%27", strings.Repeat("x", 64)} {
		q := url.QueryEscape(odd)
		for _, list := range []string{
			"/uploads?batch=" + q, "/uploads?obligation_id=" + q, "/uploads?unit_id=" + q, "/imports?obligation_id=" + q, "/imports?upload_id=" + q, "/imports?agreement_id=" + q,
			"/conflicts?rule=" + q, "/conflicts?agreement_id=" + q,
		} {
			require.Empty(t, s.items("/api/v1"+list), list)
		}
	}
	for what, m := range map[string]object{
		"a negative column":   {"columns": object{"nik": "-1", "name": "B"}},
		"a number":            {"columns": object{"nik": 1, "name": 2}},
		"a far column":        {"columns": object{"nik": "ZZZ", "name": "B"}},
		"a huge row":          {"head_to": 1 << 60, "columns": object{"nik": "A", "name": "B"}},
		"a negative row":      {"head_from": -1, "columns": object{"nik": "A", "name": "B"}},
		"one column twice":    {"columns": object{"nik": "A", "name": "A"}},
		"a field of a person": {"columns": object{"nik": "A", "name": "B", numbered(7): "C"}},
		"a NIK as a column":   {"columns": object{"nik": numbered(7), "name": "B"}},
		"a NIK as a sheet":    {"sheet": numbered(7) + strings.Repeat("x", 200), "columns": object{"nik": "A", "name": "B"}},
	} {
		a, err := s.tryPost(path+"/mapping", m)
		require.NoError(t, err)
		require.Equal(t, http.StatusUnprocessableEntity, a.status, "%s: %s", what, a.raw)
		require.NotContains(t, string(a.raw), numbered(7), what)
	}
	a, err := s.tryPost(path+"/mapping", object{"columns": object{"nik": "XFD", "name": "XFC"}})
	require.NoError(t, err)
	require.Less(t, a.status, 500, "%s", a.raw)
	for _, id := range []string{"none", "'", "%25", strings.Repeat("a", 300), "00000000-0000-0000-0000-000000000000"} {
		for _, at := range []string{"/uploads/" + id, "/imports/" + id, "/imports/" + id + "/findings", "/imports/" + id + "/missing", "/conflicts/" + id, "/uploads/" + id + "/content", "/imports/" + id + "/errors.xlsx", "/obligations/" + id + "/template.xlsx"} {
			status, raw := s.ask(http.MethodGet, "/api/v1"+at, nil)
			require.Contains(t, []int{404, 422}, status, "%s: %s", at, raw)
		}
	}
}

// TestStreamsEndAtTheirNumber opens 300 streams of one reading.
func TestStreamsEndAtTheirNumber(t *testing.T) {
	t.Parallel()
	data := dataFolder(t)
	s := serve(t, data)
	waiting(t, s)
	duty := s.duties()[desas[0]]
	s.Stop()
	s = serve(t, data, "--temporal", "127.0.0.1:1") // a reading that does not end
	a := s.handed(duty, "panjang.csv", list(0, 25_000))
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 300}}
	open, refused := []*http.Response{}, 0
	for range 300 {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/api/v1/imports/"+a.object["id"].(string)+"/events", nil)
		require.NoError(t, err)
		resp, err := client.Do(req)
		require.NoError(t, err)
		if resp.StatusCode == http.StatusOK {
			open = append(open, resp)
			continue
		}
		refused++
		require.Equal(t, http.StatusServiceUnavailable, resp.StatusCode)
		require.NotEmpty(t, resp.Header.Get("Retry-After"))
		require.NoError(t, resp.Body.Close())
	}
	require.Equal(t, []int{200, 100}, []int{len(open), refused})
	begun := time.Now()
	status, _ := s.ask(http.MethodGet, "/api/v1/imports", nil)
	require.Equal(t, http.StatusOK, status)
	require.Less(t, time.Since(begun), time.Second)
	for _, resp := range open {
		require.NoError(t, resp.Body.Close())
	}
	require.Eventually(t, func() bool {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/api/v1/imports/"+a.object["id"].(string)+"/events", nil)
		require.NoError(t, err)
		resp, err := client.Do(req)
		require.NoError(t, err)
		return resp.StatusCode == http.StatusOK && resp.Body.Close() == nil
	}, 10*time.Second, 100*time.Millisecond, "places are given back")
	begun = time.Now()
	s.Stop()
	require.Less(t, time.Since(begun), 15*time.Second, "an open stream does not keep the server from ending")
}
