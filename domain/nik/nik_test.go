package nik_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"log"
	"log/slog"
	"strings"
	"testing"

	"payung/domain/nik"
)

// sample is region 99's; its last four digits may be seen.
const sample = "9905117112801234"

func parsed(t *testing.T) nik.NIK {
	t.Helper()
	n, _, findings := nik.Parse(sample, today)
	if n.IsZero() {
		t.Fatalf("sample is refused: %s", found(findings))
	}
	return n
}

// tells reports whether a text gives more of the sample than its end, in
// decimal or as hexadecimal of its characters.
func tells(text string) bool {
	for i := 0; i+5 <= len(sample); i++ {
		part := sample[i : i+5]
		if strings.Contains(text, part) || strings.Contains(strings.ToLower(text), fmt.Sprintf("%x", part)) {
			return true
		}
	}
	return false
}

func TestRule36_PrintingANIKNeverShowsItsDigits(t *testing.T) {
	t.Parallel()
	n := parsed(t)
	type person struct {
		NIK    nik.NIK
		hidden nik.NIK
		ptr    *nik.NIK
	}
	p := person{NIK: n, hidden: n, ptr: &n}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%#q", "%d", "%x", "%X", "% x", "%b", "%o", "%t", "%c", "%U", "%e", "%20s", "%-20v", "%.20s"} {
		t.Run(verb, func(t *testing.T) {
			t.Parallel()
			for what, value := range map[string]any{
				"NIK": n, "pointer": &n, "struct": p, "pointer to struct": &p, "slice": []nik.NIK{n},
				"key": map[nik.NIK]int{n: 1}, "value": map[string]nik.NIK{"nik": n}, "interface": []any{n},
			} {
				if text := fmt.Sprintf(verb, value); tells(text) {
					t.Errorf("%s of a %s shows %s", verb, what, text)
				}
			}
		})
	}
	if err := fmt.Errorf("worker %v: %w", n, errors.ErrUnsupported); tells(err.Error()) {
		t.Errorf("an error shows %v", err)
	}
}

func TestRule36_LogsNeverShowTheDigits(t *testing.T) {
	t.Parallel()
	n := parsed(t)
	var out bytes.Buffer
	holder := struct {
		NIK    nik.NIK
		hidden nik.NIK
	}{n, n}
	for _, handler := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		logger := slog.New(handler)
		logger.Info("read", "nik", n, "pointer", &n, "holder", holder, "list", []nik.NIK{n}, slog.Group("worker", "nik", n))
	}
	log.New(&out, "", 0).Println(n, holder)
	if tells(out.String()) {
		t.Errorf("the log shows\n%s", out.String())
	}
	if !strings.Contains(out.String(), "nik=************1234") {
		t.Errorf("the log lacks the mask\n%s", out.String())
	}
}

func TestRule36_MarshallingNeverShowsTheDigits(t *testing.T) {
	t.Parallel()
	n := parsed(t)
	type worker struct {
		NIK nik.NIK
		Of  map[nik.NIK]string
	}
	text, err := json.Marshal(worker{n, map[nik.NIK]string{n: "x"}})
	if want := `{"NIK":"************1234","Of":{"************1234":"x"}}`; err != nil || string(text) != want {
		t.Errorf("JSON %s, %v, want %s", text, err, want)
	}
	text, err = xml.Marshal(struct {
		XMLName xml.Name `xml:"w"`
		NIK     nik.NIK  `xml:"nik,attr"`
	}{NIK: n})
	if want := `<w nik="************1234"></w>`; err != nil || string(text) != want {
		t.Errorf("XML %s, %v, want %s", text, err, want)
	}
	var out bytes.Buffer
	if err := gob.NewEncoder(&out).Encode(n); err == nil || tells(out.String()) {
		t.Errorf("gob took it: %x, %v", out.Bytes(), err)
	}
	out.Reset()
	page := template.Must(template.New("").Parse(`<td title="{{.}}">{{.}}</td><script>{{.}}</script>`))
	if err := page.Execute(&out, n); err != nil || tells(out.String()) || !strings.Contains(out.String(), "************1234") {
		t.Errorf("a page shows %s, %v", out.String(), err)
	}
}

func TestMaskIsNeverTakenForANIK(t *testing.T) {
	t.Parallel()
	var n nik.NIK
	if err := json.Unmarshal([]byte(`"************1234"`), &n); err == nil || !n.IsZero() { //nolint:staticcheck // that it cannot be read is the point
		t.Errorf("JSON gave %v, %v", n, err)
	}
	if _, ok := nik.Restore("************1234"); ok {
		t.Error("Restore took it")
	}
	if _, _, findings := nik.Parse("************1234", today); found(findings) != "error not_digits" {
		t.Errorf("Parse found %s", found(findings))
	}
}

func TestMaskShowsTheLastFourDigits(t *testing.T) {
	t.Parallel()
	n := parsed(t)
	for what, got := range map[string]string{
		"String":   n.String(),
		"GoString": n.GoString(),
		"LogValue": n.LogValue().String(),
		"%v":       fmt.Sprintf("%v", n),
		"%d":       fmt.Sprintf("%d", n),
		"%x":       fmt.Sprintf("%x", n),
	} {
		if got != "************1234" {
			t.Errorf("%s is %s", what, got)
		}
	}
	if got := fmt.Sprintf("%q|%18s|%-18v|", n, n, n); got != `"************1234"|  ************1234|************1234  |` {
		t.Error(got)
	}
}

func TestRevealGivesTheDigitsAndRestoreTakesThemBack(t *testing.T) {
	t.Parallel()
	n := parsed(t)
	if n.Reveal() != sample {
		t.Errorf("Reveal = %s", n.Reveal())
	}
	again, ok := nik.Restore(n.Reveal())
	if !ok || again != n {
		t.Errorf("restored %v, %t", again, ok)
	}
	for _, digits := range []string{"", "123", sample + "0", "990511711280123O", "٩٩٠٥١١٠١"} {
		if n, ok := nik.Restore(digits); ok || !n.IsZero() {
			t.Errorf("Restore(%q) = %v", digits, n)
		}
	}
}

func TestNoNIKShowsAsNothing(t *testing.T) {
	t.Parallel()
	var none nik.NIK
	if !none.IsZero() || none.Reveal() != "" || fmt.Sprint(none) != "" || parsed(t).IsZero() {
		t.Errorf("none shows as %q", none)
	}
}
