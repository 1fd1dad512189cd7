package scenario_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// made posts something that has to be accepted.
func (s *server) made(path string, body any) map[string]any {
	s.t.Helper()
	status, raw := s.ask(http.MethodPost, "/api/v1"+path, body)
	require.Less(s.t, status, 300, "%s: %s", path, raw)
	var out map[string]any
	require.NoError(s.t, json.Unmarshal(raw, &out))
	return out
}

type object = map[string]any

// handIn records an agreement and a list of people, makes every mistake there
// is on the way, and has one number shown.
func handIn(t *testing.T, s *server) (agreement string) {
	t.Helper()
	id := func(o map[string]any) string { return o["id"].(string) }
	pemda := id(s.made("/parties", object{"kind": "pemda", "name": "Kabupaten Penanda", "region_code": "74.05"}))
	bpjs := id(s.made("/parties", object{"kind": "bpjs", "name": "BPJS Contoh", "region_code": "74.71"}))
	units := s.made("/parties/"+pemda+"/units", object{"units": []object{{"kind": "desa", "name": "Desa Contoh", "head_title": "Kepala Desa"}}})
	made := s.made("/agreements", object{
		"title": "PKS Contoh", "pemda_party_id": pemda, "bpjs_party_id": bpjs,
		"lines": []object{{"group_code": "village_officials", "funding_source": "apbdes", "wage": 2_351_870}},
	})
	agreement = id(made)
	perbup := id(s.made("/regulations", object{
		"kind": "perbup", "number": "24", "year": 2021, "title": "Jaminan sosial", "region_code": "74.05", "in_force_from": "2021-06-01",
	}))
	s.made("/agreements/"+agreement+"/bases", object{"regulation_id": perbup, "from": object{"on": "2021-06-01"}})
	s.made("/agreements/"+agreement+"/signatures", object{"signed_on": object{"on": "2026-01-27"}, "signatures": []object{
		{"party_id": pemda, "post_title": "Bupati"}, {"party_id": bpjs, "post_title": "Kepala Cabang"},
	}})
	s.made("/agreements/"+agreement+"/decisions/open-year", object{
		"line_id": made["lines"].([]any)[0].(map[string]any)["id"], "year": 2027, "kind_of_unit": "desa", "target_on": "2026-12-15",
	})
	unit := id(units["items"].([]any)[0].(map[string]any))
	duty := one(t, s.items("/api/v1/obligations?kind=roster&agreement_id="+agreement), "unit_id", unit)["id"].(string)

	var people []object
	for i := range 40 {
		people = append(people, object{"nik": secretNIK(i + 1), "name": fmt.Sprintf("Pekerja Contoh %d", i+1)})
	}
	list := "/obligations/" + duty + "/rosters"
	for what, rows := range map[string]any{
		"a row twice":           append(people[:2:2], people[1]),
		"a digit too few":       []object{people[0], {"nik": secretNIK(2)[:15], "name": mother}},
		"written with spaces":   []object{{"nik": secretNIK(3)[:4] + " " + secretNIK(3)[4:], "name": mother, "born": "2026-02-30"}},
		"a number":              []object{{"nik": json.Number(secretNIK(4)), "name": "x"}},
		"a field nobody knows":  []object{{"nik": secretNIK(5), "name": "x", "mother": mother}},
		"a NIK as a field":      []object{{"nik": secretNIK(6), "name": "x", secretNIK(6): mother}},
		"a NIK for a day":       []object{{"nik": secretNIK(7), "name": "x", "born": secretNIK(7)}},
		"something that is not": secretNIK(8),
	} {
		status, raw := s.ask(http.MethodPost, "/api/v1"+list, object{"rows": rows})
		require.GreaterOrEqual(t, status, 400, what)
		require.Less(t, status, 500, what)
		require.Empty(t, finderOf(beginning, mother).in(raw), "%s: %s", what, raw)
	}
	accepted := s.withKey(t, "/api/v1"+list, "the list", object{"rows": people})
	require.Empty(t, finderOf(beginning).in(accepted), "the answer is masked")
	require.Equal(t, string(accepted), string(s.withKey(t, "/api/v1"+list, "the list", object{"rows": people})), "answered from what was kept")
	var roster map[string]any
	require.NoError(t, json.Unmarshal(accepted, &roster))

	person := s.items("/api/v1/rosters/" + id(roster) + "/rows")[0]
	shown := s.withKey(t, "/api/v1/persons/"+person["person_id"].(string)+"/reveal", "a look", object{"purpose": "correction"})
	require.NotEmpty(t, finderOf(beginning).in(shown), "this one is shown")
	require.Len(t, s.items("/api/v1/reveals"), 1)
	s.made("/calculators/nik-check", object{"nik": secretNIK(9)})
	for _, path := range []string{"/api/v1/persons/" + secretNIK(10), "/api/v1/parties?" + secretNIK(11) + "=x", "/api/v1/units/" + secretNIK(12)} {
		status, _ := s.ask(http.MethodGet, path, nil)
		require.GreaterOrEqual(t, status, 400)
	}
	return agreement
}

// withKey posts under an Idempotency-Key.
func (s *server) withKey(t *testing.T, path, key string, body any) []byte {
	t.Helper()
	raw, err := json.Marshal(body)
	require.NoError(t, err)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+path, bytes.NewReader(raw))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", key)
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	var out bytes.Buffer
	_, err = out.ReadFrom(resp.Body)
	require.NoError(t, err)
	require.Less(t, resp.StatusCode, 300, "%s", out.String())
	return out.Bytes()
}
