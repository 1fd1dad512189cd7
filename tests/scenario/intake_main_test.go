package scenario_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/nik"
	"payung/tests/internal/program"
)

// said is an answer of the API.
type said struct {
	status int
	header http.Header
	raw    []byte
	object
}

// code is that of a problem; "" where there is none.
func (a said) code() string {
	code, _ := a.object["code"].(string)
	return code
}

// try sends a request. The error is that of the wire; a refusal is no error.
func (s *server) try(method, path string, body io.Reader, headers map[string]string) (said, error) {
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.URL+"/api/v1"+path, body)
	if err != nil {
		return said{}, err
	}
	for name, value := range headers {
		req.Header.Set(name, value)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return said{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	a := said{status: resp.StatusCode, header: resp.Header, raw: raw}
	if strings.Contains(resp.Header.Get("Content-Type"), "json") {
		err = json.Unmarshal(raw, &a.object)
	}
	return a, err
}

// tryPost sends JSON.
func (s *server) tryPost(path string, body any) (said, error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return said{}, err
	}
	return s.try(http.MethodPost, path, bytes.NewReader(raw), map[string]string{"Content-Type": "application/json"})
}

// tryFile sends a file in a form.
func (s *server) tryFile(path, name string, content []byte, fields object) (said, error) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, value := range fields {
		if err := form.WriteField(field, value.(string)); err != nil {
			return said{}, err
		}
	}
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		return said{}, err
	}
	return s.try(http.MethodPost, path, &body, map[string]string{"Content-Type": form.FormDataContentType()})
}

// hand hands in a file for a duty.
func (s *server) hand(duty, name string, content []byte) said {
	s.t.Helper()
	a, err := s.tryFile("/obligations/"+duty+"/uploads", name, content, nil)
	require.NoError(s.t, err)
	return a
}

// handed hands in a file that has to be read.
func (s *server) handed(duty, name string, content []byte) said {
	s.t.Helper()
	a := s.hand(duty, name, content)
	require.Contains(s.t, []int{http.StatusCreated, http.StatusAccepted}, a.status, "%s: %s", name, a.raw)
	return a
}

// duties are the lists that are owed, by the name of the unit.
func (s *server) duties() map[string]string {
	s.t.Helper()
	names, out := map[any]string{}, map[string]string{}
	for _, p := range s.all("/api/v1/parties") {
		for _, u := range s.items("/api/v1/parties/" + p["id"].(string) + "/units?page_size=500") {
			names[u["id"]] = strings.TrimPrefix(u["name"].(string), "Desa ")
		}
	}
	for _, o := range s.all("/api/v1/obligations?kind=roster") {
		out[names[o["unit_id"]]] = o["id"].(string)
	}
	return out
}

// lastList is the last version of a list, and how many there are.
func (s *server) lastList(duty string) (last object, versions int) {
	s.t.Helper()
	lists := s.items("/api/v1/obligations/" + duty + "/rosters")
	for _, l := range lists {
		if last == nil || l["version"].(float64) > last["version"].(float64) {
			last = l
		}
	}
	return last, len(lists)
}

// rosterOf are the people of the last version of a list, by NIK and name.
func (s *server) rosterOf(duty string) (people []string, versions int) {
	s.t.Helper()
	last, versions := s.lastList(duty)
	if last == nil {
		return nil, 0
	}
	for _, p := range s.all("/api/v1/rosters/" + last["id"].(string) + "/rows") {
		people = append(people, p["nik"].(string)+" "+p["name"].(string))
	}
	return people, versions
}

// examined asks the doctor until ledger and engine agree.
func (s *server) examined() {
	s.t.Helper()
	var out string
	for range 60 {
		var err error
		if out, err = program.Run(s.t, "doctor", "--server", s.URL); err == nil {
			return
		}
	}
	require.Fail(s.t, "ledger and engine do not agree", out)
}

// numbered is the NIK of somebody of a list: any number up to 99,999,999 has
// one of its own.
func numbered(n int) string {
	born := fmt.Sprintf("19%02d-%02d-%02d", 60+n/9999%40, 1+n/9999/40%12, 1+n/9999/480%28)
	return nik.Synthetic(7391, calendar.Day(born), false, 1+n%9999).Reveal()
}

// list is a CSV of people, with these rows after them.
func list(from, to int, more ...string) []byte {
	var b bytes.Buffer
	b.WriteString("NIK;Nama\n")
	for n := from; n < to; n++ {
		b.WriteString(numbered(n) + ";Pekerja " + letters(n) + "\n")
	}
	for _, row := range more {
		b.WriteString(row + "\n")
	}
	return b.Bytes()
}

// letters are a number as a name: names have no digits.
func letters(n int) string {
	out := []byte("aaaaaaaa")
	for i := len(out) - 1; n > 0; i, n = i-1, n/26 {
		out[i] += byte(n % 26)
	}
	return string(out)
}

// memory is how much the server holds at most, in MiB, as the kernel saw it.
func (s *server) memory(tb testing.TB) int {
	tb.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.PID()))
	require.NoError(tb, err)
	for line := range strings.Lines(string(raw)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kib, err := strconv.Atoi(strings.Fields(rest)[0])
			require.NoError(tb, err)
			return kib >> 10
		}
	}
	tb.Fatal("the kernel does not say")
	return 0
}
