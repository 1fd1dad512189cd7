package api_test

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
)

const unprocessable = http.StatusUnprocessableEntity

func TestBadInputIsRefusedWithItsOwnCodeAndStoresNothing(t *testing.T) {
	t.Parallel()
	k := settle(t, testdb.SQLite(t))
	_, duties := k.year()
	duty, agreement := duties[k.villages[0]], "/agreements/"+k.agreement
	party := func(change O) O {
		out := O{"kind": "pemda", "name": "Kabupaten Lain", "region_code": "74.01"}
		for name, v := range change {
			out[name] = v
		}
		return out
	}
	tests := map[string]struct {
		path     string
		body     any
		status   int
		code     string
		location string // of the first error; "": none
		field    string // its code
	}{
		"a region nobody knows":          {"/parties", party(O{"region_code": "74.99"}), unprocessable, "unknown_region", "body.region_code", "unknown_region"},
		"a date before 2004":             {agreement + "/meetings", O{"held_on": O{"on": "2003-12-31"}}, unprocessable, "bad_date", "body.held_on", "bad_date"},
		"a day that does not exist":      {agreement + "/meetings", O{"held_on": O{"on": "2026-02-30"}}, unprocessable, "invalid_request", "body.held_on.on", "not_a_date"},
		"a negative wage":                {agreement + "/lines", O{"group_code": "non_asn", "funding_source": "apbd_regency", "wage": -1}, unprocessable, "bad_amount", "body.wage", "bad_amount"},
		"a NIK of 15 digits":             {"/obligations/" + duty + "/rosters", O{"rows": []O{{"nik": "990101010180000", "name": "Andi"}}}, unprocessable, "rows_with_errors", "body.rows[0].nik", "too_short"},
		"a NIK twice":                    {"/obligations/" + duty + "/rosters", O{"rows": []O{{"nik": "9901010101800001", "name": "A"}, {"nik": "9901010101800001", "name": "A"}}}, unprocessable, "rows_with_errors", "body.rows[1].nik", "repeated"},
		"a NIK as a number":              {"/obligations/" + duty + "/rosters", O{"rows": []O{{"nik": 9901010101800001, "name": "Andi"}}}, unprocessable, "invalid_request", "body.rows[0].nik", "wrong_type"},
		"a total sent by the client":     {agreement + "/bills", O{"year_id": "y", "unit_id": "u", "from_month": "2027-01", "months": 1, "total": 1}, unprocessable, "invalid_request", "body.total", "unknown_field"},
		"a field nobody knows":           {"/parties", party(O{"boss": "x"}), unprocessable, "invalid_request", "body.boss", "unknown_field"},
		"a field that is a NIK":          {"/parties", party(O{"7401010101800001": "x"}), unprocessable, "invalid_request", "body.…", "unknown_field"},
		"a field that is missing":        {"/parties", O{"kind": "pemda"}, unprocessable, "invalid_request", "body.name", "required"},
		"a choice nobody knows":          {"/parties", party(O{"kind": "club"}), unprocessable, "invalid_request", "body.kind", "unknown_value"},
		"a number beyond all bounds":     {agreement + "/lines", `{"group_code":"non_asn","funding_source": "apbd_regency","wage":99999999999999999999}`, unprocessable, "invalid_request", "body.wage", "wrong_type"},
		"a character no database holds":  {"/parties", party(O{"name": "a\x00b"}), http.StatusBadRequest, "bad_json", "body", "bad_json"},
		"no JSON":                        {"/parties", `{"kind":`, http.StatusBadRequest, "bad_json", "body", "bad_json"},
		"two JSONs":                      {"/parties", `{} {}`, http.StatusBadRequest, "bad_json", "body", "bad_json"},
		"no body":                        {"/parties", "", unprocessable, "invalid_request", "body", "required"},
		"a group nobody knows":           {agreement + "/lines", O{"group_code": "kings", "funding_source": "apbd_regency"}, unprocessable, "unknown_group", "body.group_code", "unknown_group"},
		"an agreement nobody knows":      {"/agreements/none/lines", O{"group_code": "non_asn", "funding_source": "apbd_regency"}, http.StatusNotFound, "not_found", "", ""},
		"a payment of nothing":           {"/bills/none/payments", O{"amount": 0, "reference": "x", "on": O{"on": "2027-01-01"}}, http.StatusNotFound, "not_found", "", ""},
		"the second signer is no BPJS":   {"/agreements", O{"title": "PKS", "pemda_party_id": k.pemda, "bpjs_party_id": k.pemda}, unprocessable, "wrong_party_kind", "body.bpjs_party_id", "wrong_party_kind"},
		"the fatal date before target":   {agreement + "/years", O{"line_id": k.line, "year": 2028, "target_on": "2027-12-10", "fatal_on": "2027-12-01"}, unprocessable, "fatal_before_target", "body.fatal_on", "fatal_before_target"},
		"a calculator without its group": {"/calculators/contribution", O{"group_code": "kings", "month": "2027-01"}, unprocessable, "unknown_group", "body.group_code", "unknown_group"},
		"a month before the law":         {"/calculators/contribution", O{"group_code": "vulnerable", "month": "1999-01"}, unprocessable, "month_before_law", "body.month", "month_before_law"},
	}
	before := k.counts()
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			out := k.refused(tt.status, tt.code, tt.path, tt.body, nil)
			if tt.location == "" {
				require.Nil(t, out.get("errors"), out.Raw)
				return
			}
			require.Equal(t, tt.location, out.text("errors", 0, "location"), out.Raw)
			require.Equal(t, tt.field, out.text("errors", 0, "code"), out.Raw)
			require.NotEmpty(t, out.text("errors", 0, "detail"), out.Raw)
			require.NotContains(t, out.Raw, "99010101", "no digits of a NIK come back")
			require.NotContains(t, out.Raw, "74010101")
		})
	}
	require.Equal(t, before, k.counts(), "nothing was stored")
}

func TestWhatHTTPItselfForbidsIsAProblemToo(t *testing.T) {
	t.Parallel()
	h := open(t, testdb.SQLite(t))
	h.call("GET", "/api/v1/nowhere", nil, nil).isProblem(http.StatusNotFound, "unknown_route")
	h.call("GET", "/", nil, nil).isProblem(http.StatusNotFound, "unknown_route")
	out := h.call("DELETE", "/api/v1/parties", nil, nil)
	out.isProblem(http.StatusMethodNotAllowed, "method_not_allowed")
	require.NotEmpty(t, out.Header.Get("Allow"))
	h.call("GET", "/api/v1/parties", nil, headers{"Accept": "text/html"}).isProblem(http.StatusNotAcceptable, "not_acceptable")
	h.refused(http.StatusUnsupportedMediaType, "unsupported_media_type", "/parties", "a=b", headers{"Content-Type": "application/x-www-form-urlencoded"})
	h.call("GET", "/api/v1/parties?colour=red", nil, nil).isProblem(unprocessable, "invalid_request")
	h.call("GET", "/api/v1/parties?page_size=501", nil, nil).isProblem(unprocessable, "invalid_request")
	h.call("GET", "/api/v1/parties?page_token=%21%21", nil, nil).isProblem(unprocessable, "bad_page_token")
	h.call("GET", "/api/v1/parties/a%00b", nil, nil).isProblem(http.StatusBadRequest, "bad_address")
	h.refused(unprocessable, "bad_idempotency_key", "/parties", O{"kind": "outside", "name": "x", "zone": "Asia/Makassar"}, headers{"Idempotency-Key": "käse"})
}

// flood is a body that counts how much of it was read.
type flood struct {
	mu   sync.Mutex
	left int
	read int
}

func (f *flood) Read(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), f.left)
	for i := range n {
		p[i] = ' '
	}
	f.left, f.read = f.left-n, f.read+n
	return n, nil
}

func TestABodyOf50MegabytesIsRefusedWithoutReadingItAll(t *testing.T) {
	t.Parallel()
	h := open(t, testdb.SQLite(t))
	for path, limit := range map[string]int{"/parties": 1 << 20, "/obligations/x/rosters": 8 << 20} {
		body := &flood{left: 50 << 20} // its length is not announced
		h.refused(http.StatusRequestEntityTooLarge, "body_too_large", path, io.Reader(body), nil)
		body.mu.Lock()
		require.Less(t, body.read, limit+(8<<20), "what was sent is little more than the limit")
		body.mu.Unlock()
		h.refused(http.StatusRequestEntityTooLarge, "body_too_large", path, strings.NewReader(strings.Repeat(" ", 50<<20)), nil)
		h.refused(http.StatusRequestEntityTooLarge, "body_too_large", path, strings.NewReader(strings.Repeat(" ", limit+1)), nil)
		h.refused(http.StatusBadRequest, "bad_json", path, strings.NewReader(strings.Repeat(" ", limit)), nil)
	}
}

func TestProblemsSpeakTheCallersLanguage(t *testing.T) {
	t.Parallel()
	h := open(t, testdb.SQLite(t))
	for accept, want := range map[string]string{
		"":                    "Yang diminta tidak ada, atau di luar wilayah Anda.",
		"*":                   "Yang diminta tidak ada, atau di luar wilayah Anda.",
		"id-ID,id;q=0.9":      "Yang diminta tidak ada, atau di luar wilayah Anda.",
		"en-GB,en;q=0.9":      "there is no such party",
		"id;q=0.3, en;q=0.8":  "there is no such party",
		"fr":                  "there is no such party",
		"not a language ;;;;": "Yang diminta tidak ada, atau di luar wilayah Anda.",
	} {
		require.Equal(t, want, h.call("GET", "/api/v1/parties/none", nil, headers{"Accept-Language": accept}).text("detail"), accept)
	}
}

func TestARequestKeepsItsID(t *testing.T) {
	t.Parallel()
	h := open(t, testdb.SQLite(t))
	require.Equal(t, "abc-1", h.call("GET", "/healthz", nil, headers{"X-Request-Id": "abc-1"}).Header.Get("X-Request-Id"))
	require.NotEqual(t, "not fit for a log", h.call("GET", "/healthz", nil, headers{"X-Request-Id": "not fit for a log"}).Header.Get("X-Request-Id"))
}

func TestAnotherRegionDoesNotExist(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		_, duties := k.year()
		foreign := headers{"X-Test-Actor": "regency 74.01"}
		for _, path := range []string{
			"/agreements/" + k.agreement, "/agreements/" + k.agreement + "/lines", "/agreements/" + k.agreement + "/plan",
			"/agreements/" + k.agreement + "/audit", "/agreements/" + k.agreement + "/process", "/agreements/" + k.agreement + "/obligations",
			"/parties/" + k.pemda, "/parties/" + k.pemda + "/units", "/posts/" + k.sekda + "/holders", "/posts/" + k.sekda + "/notices",
			"/obligations/" + duties[k.villages[0]], "/obligations/" + duties[k.villages[0]] + "/rosters",
		} {
			k.call("GET", "/api/v1"+path, nil, foreign).isProblem(http.StatusNotFound, "not_found")
		}
		k.decision("terminate", O{"on": "2026-12-01", "reason": "x"}, foreign).isProblem(http.StatusNotFound, "not_found")
		require.Empty(t, k.call("GET", "/api/v1/agreements", nil, foreign).list("items"))
		require.Empty(t, k.call("GET", "/api/v1/coverage", nil, foreign).list("items"))
		own := headers{"X-Test-Actor": "regency 74.05"}
		require.Len(t, k.call("GET", "/api/v1/agreements", nil, own).list("items"), 1)
	})
}

func TestAKeyCountsOnceAndBelongsToItsCaller(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		h := open(t, database)
		key, body := headers{"Idempotency-Key": "k 1"}, O{"kind": "outside", "name": "KORPRI", "zone": "Asia/Makassar"}
		first := h.call("POST", "/api/v1/parties", body, key)
		require.Equal(t, http.StatusCreated, first.Status, first.Raw)
		require.Empty(t, first.Header.Get("Idempotent-Replay"))
		again := h.call("POST", "/api/v1/parties", body, key)
		require.Equal(t, http.StatusCreated, again.Status)
		require.Equal(t, first.Raw, again.Raw)
		require.Equal(t, "true", again.Header.Get("Idempotent-Replay"))
		h.refused(unprocessable, "idempotency_key_reused", "/parties", O{"kind": "outside", "name": "Wadah", "zone": "Asia/Makassar"}, key)
		require.Len(t, h.read("/parties").list("items"), 1)

		theirs := headers{"Idempotency-Key": "k 1", "X-Test-Actor": "regency 74.05"}
		out := h.call("POST", "/api/v1/parties", O{"kind": "village", "name": "Desa Contoh", "region_code": "74.05"}, theirs)
		require.Equal(t, http.StatusCreated, out.Status, out.Raw)
	})
}

func TestTwoRenewalsAtOnceAreOne(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		k.year()
		answers := make([]said, 2)
		var wg sync.WaitGroup
		for i := range answers {
			wg.Go(func() {
				answers[i] = k.call("POST", "/api/v1/agreements/"+k.agreement+"/renewals", O{"owner_post_id": k.sekda}, nil)
			})
		}
		wg.Wait()
		if answers[0].Status != http.StatusCreated {
			answers[0], answers[1] = answers[1], answers[0]
		}
		require.Equal(t, http.StatusCreated, answers[0].Status, answers[0].Raw)
		answers[1].isProblem(http.StatusConflict, "renewal_open")
		require.Len(t, k.read("/agreements/"+k.agreement+"/renewals").list("items"), 1)
	})
}
