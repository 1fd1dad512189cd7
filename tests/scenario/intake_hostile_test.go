package scenario_test

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestFilesMadeToHarmAreRefusedAndTheServerGoesOn sends every kind of bomb, all
// at once, as the list of a duty.
func TestFilesMadeToHarmAreRefusedAndTheServerGoesOn(t *testing.T) {
	t.Parallel()
	data := dataFolder(t)
	s := serve(t, data)
	waiting(t, s)
	duty := s.duties()[desas[0]]
	before := s.memory(t)
	var wg sync.WaitGroup
	var mu sync.Mutex
	answers := map[string]said{}
	for name, bomb := range bombs() {
		wg.Go(func() {
			a, err := s.tryFile("/obligations/"+duty+"/uploads", name+".xlsx", bomb.content, nil)
			if err != nil {
				a.raw = []byte(err.Error())
			}
			mu.Lock()
			defer mu.Unlock()
			answers[name] = a
		})
	}
	wg.Wait()
	for name, bomb := range bombs() {
		a := answers[name]
		t.Logf("%-26s %8d bytes: %d %s %v", name, len(bomb.content), a.status, a.code(), a.object["problem"])
		if said := cmp.Or[any](a.object["code"], a.object["problem"]); bomb.code != "" {
			require.Equal(t, bomb.code, said, "%s: %s", name, a.raw)
		}
		require.Contains(t, []int{201, 202, 413, 415, 422}, a.status, "%s: %s", name, a.raw)
		if a.status >= 400 {
			require.Equal(t, "application/problem+json", a.header.Get("Content-Type"), name)
			require.NotEmpty(t, a.object["detail"], name)
		}
	}
	require.Eventually(t, func() bool { return len(s.all("/api/v1/imports?state=reading")) == 0 }, time.Minute, 100*time.Millisecond)
	peak := s.memory(t)
	t.Logf("peak memory %d MiB, %d before", peak, before)
	require.Less(t, peak, 900)
	require.Equal(t, "ready", s.handed(duty, "baik.csv", list(0, 5)).object["state"])
	s.examined()
	s.Stop()
	require.NotContains(t, s.Log(), "panic")
	liteBooks(t, data).balance()
}

// TestRequestsThatAreNoneOfOursAreRefusedInTime sends what is no file, too much
// of it, or too slowly.
func TestRequestsThatAreNoneOfOursAreRefusedInTime(t *testing.T) {
	t.Parallel()
	s := serve(t, dataFolder(t))
	waiting(t, s)
	duty := s.duties()[desas[0]]
	path := "/obligations/" + duty + "/uploads"
	send := func(kind string, body io.Reader) said {
		a, err := s.try(http.MethodPost, path, body, map[string]string{"Content-Type": kind})
		require.NoError(t, err)
		return a
	}
	over := make([]byte, 21<<20)
	for what, tt := range map[string]struct {
		answer said
		status int
		code   string
	}{
		"21 MB":                     {send("text/csv", bytes.NewReader(over)), 413, "file_too_large"},
		"21 MB in a form":           {s.hand(duty, "a.csv", over), 413, "file_too_large"},
		"nothing":                   {send("text/csv", nil), 422, "file_missing"},
		"a form without its end":    {send("multipart/form-data; boundary=b", strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx")), 422, "file_cut_short"},
		"a form without a boundary": {send("multipart/form-data", strings.NewReader("x")), 422, "file_cut_short"},
		"a form of fields":          {send("application/x-www-form-urlencoded", strings.NewReader("a=b")), 0, ""},
		"JSON":                      {send("application/json", strings.NewReader(`{"rows":[]}`)), 0, ""},
		"an empty workbook":         {s.hand(duty, "kosong.xlsx", zipped(parts(""))), 0, ""},
	} {
		t.Logf("%-26s %d %s %v", what, tt.answer.status, tt.answer.code(), tt.answer.object["problem"])
		if tt.status != 0 {
			require.Equal(t, []any{tt.status, tt.code}, []any{tt.answer.status, tt.answer.code()}, "%s: %s", what, tt.answer.raw)
		}
		require.Less(t, tt.answer.status, 500, "%s: %s", what, tt.answer.raw)
	}

	// Bodies that come a byte at a time hold four places; others still get in.
	address := strings.TrimPrefix(s.URL, "http://")
	for range 8 {
		conn, err := net.Dial("tcp", address)
		require.NoError(t, err)
		defer func() { _ = conn.Close() }()
		_, err = fmt.Fprintf(conn, "POST /api/v1%s HTTP/1.1\r\nHost: %s\r\nContent-Type: text/csv\r\nContent-Length: 1000\r\n\r\nNIK", path, address)
		require.NoError(t, err)
	}
	time.Sleep(200 * time.Millisecond)
	status, _ := s.ask(http.MethodGet, "/readyz", nil)
	require.Equal(t, http.StatusOK, status)
	begun := time.Now()
	answered := make(chan said, 1)
	go func() {
		a, err := s.tryFile(path, "cepat.csv", list(0, 5), nil)
		if err == nil {
			answered <- a
		}
	}()
	select {
	case a := <-answered:
		require.Equal(t, http.StatusCreated, a.status, "%s", a.raw)
		t.Logf("a village beside eight slow ones waits %v", time.Since(begun))
	case <-time.After(10 * time.Second):
		t.Error("eight connections that send nothing keep everybody else's files out")
	}
}

// TestNamesOfFilesLeadNowhere sends names that are paths, tricks and nonsense.
func TestNamesOfFilesLeadNowhere(t *testing.T) {
	t.Parallel()
	data := dataFolder(t)
	s := serve(t, data)
	waiting(t, s)
	pemda := s.all("/api/v1/parties")[0]["id"].(string)
	for i, name := range []string{
		"../../../etc/cron.d/x.csv", `..\..\windows\x.csv`, `C:\Users\x\daftar.csv`, "/etc/passwd", "....//x.csv", "a\x00b.csv", "daftar\u202evsc.exe", "daftar\r\nSet-Cookie: a=b.csv",
		strings.Repeat("a", 4096) + ".csv", strings.Repeat("é", 2048), `"; rm -rf /; ".csv`, "<script>alert(1)</script>.csv", "'; DROP TABLE uploads; --.csv", "..", ".", "", "%2e%2e%2fx.csv", "\xff\xfe.csv",
		"CON.csv", "=cmd|' /C calc'!A0.csv",
	} {
		content := list(10*i, 10*i+1)
		a, err := s.try(http.MethodPost, "/parties/"+pemda+"/uploads?file_name="+url.QueryEscape(strings.ToValidUTF8(name[:min(len(name), 255)], "")), bytes.NewReader(content), map[string]string{"Content-Type": "text/csv"})
		require.NoError(t, err)
		if strings.ContainsRune(name, 0) {
			require.Equal(t, http.StatusBadRequest, a.status, "%q: %s", name, a.raw)
		} else {
			require.Equal(t, http.StatusCreated, a.status, "%q: %s", name, a.raw)
		}
		b, err := s.tryFile("/parties/"+pemda+"/uploads", name, append(content, "\n"...), nil)
		require.NoError(t, err)
		for _, a := range []said{a, b} {
			if a.status >= 300 {
				require.Less(t, a.status, 500, "%q: %s", name, a.raw)
				continue
			}
			kept := a.object["name"].(string)
			require.NotContains(t, kept, "/", "%q", name)
			require.NotContains(t, kept, `\`, "%q", name)
			require.NotContains(t, kept, "\u202e", "%q turns its end around", name)
			require.NotContains(t, kept, "\n", "%q", name)
			require.LessOrEqual(t, len(kept), 255)
			back, err := s.try(http.MethodGet, "/uploads/"+a.object["id"].(string)+"/content", nil, nil)
			require.NoError(t, err)
			require.Equal(t, http.StatusOK, back.status)
			require.Empty(t, back.header.Get("Set-Cookie"))
			require.True(t, strings.HasPrefix(back.header.Get("Content-Disposition"), "attachment"), "%q: %s", name, back.header.Get("Content-Disposition"))
			require.Equal(t, "nosniff", back.header.Get("X-Content-Type-Options"))
			require.True(t, bytes.HasPrefix(back.raw, content))
		}
	}
	for name := range files(t, data) {
		require.NotContains(t, name, "passwd")
		require.NotContains(t, name, ".csv")
	}
}

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
