package web

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"
	"time"

	"payung/domain/calendar"
)

// file is a list to take away: CSV as Indonesian Excel opens it, with a byte
// order mark and semicolons.
type file struct {
	v    *visit
	buf  bytes.Buffer
	rows *csv.Writer
}

// file begins a file with a heading for each column.
func (v *visit) file(columns ...string) (*file, error) {
	f := &file{v: v}
	f.buf.WriteString("\ufeff")
	f.rows = csv.NewWriter(&f.buf)
	f.rows.Comma, f.rows.UseCRLF = ';', true
	cells := make([]any, len(columns))
	for i, c := range columns {
		heading, err := v.words.say("column." + c)
		if err != nil {
			return nil, err
		}
		cells[i] = heading
	}
	f.add(cells...)
	return f, nil
}

// add writes a row. Numbers stay numbers and days ISO, so that a sheet can
// count and sort them.
func (f *file) add(cells ...any) {
	row := make([]string, len(cells))
	for i, c := range cells {
		row[i] = guarded(fmt.Sprint(c))
	}
	_ = f.rows.Write(row) // a buffer takes everything; Error is asked at the end
}

// guarded keeps a text from being run as a formula by the sheet that opens it.
func guarded(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// send answers with the file, named after what it holds and the day it shows.
func (f *file) send(name string, on calendar.Day) error {
	f.rows.Flush()
	if err := f.rows.Error(); err != nil {
		return fmt.Errorf("web: file %s: %w", name, err)
	}
	if on != "" {
		name += "-" + string(on)
	}
	f.v.w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name+".csv"))
	return f.v.send(http.StatusOK, "text/csv; charset=utf-8", f.buf.Bytes())
}

// all says several codes in one cell.
func (v *visit) all(prefix string, codes []string) (string, error) {
	said := make([]string, len(codes))
	for i, c := range codes {
		s, err := v.words.say(prefix + c)
		if err != nil {
			return "", err
		}
		said[i] = s
	}
	return strings.Join(said, "; "), nil
}

func (v *visit) clock(micros int64, zone string) string {
	return calendar.Clock(time.UnixMicro(micros), calendar.Zone(zone), v.words.lang)
}
