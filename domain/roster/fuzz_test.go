package roster_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"payung/domain/calendar"
	"payung/domain/cell"
	"payung/domain/nik"
	"payung/domain/roster"
	"payung/domain/rupiah"
)

func FuzzReadBorn(f *testing.F) {
	for _, s := range []string{"05/07/1980", "5 Juli 1980", "5 Jul 80", "1980-07-05", "05071980", "Kendari, 05-07-1980", "July 5, 1980", "1980-07-05T00:00:00Z", "\xff5-7-80", "5–7–1980"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, wrong := roster.ReadBorn(s, today)
		if (d == "") != (wrong != "") || d != "" && !d.Valid() {
			t.Fatalf("%q is %q and %q", s, d, wrong)
		}
		if d == "" {
			return
		}
		y, m, dom := d.Date()
		if again, _ := roster.ReadBorn(fmt.Sprintf("%02d-%02d-%04d", dom, int(m), y), today); again != d {
			t.Errorf("%q is %s, which reads back as %q", s, d, again)
		}
	})
}

func FuzzReadAmount(f *testing.F) {
	for _, s := range []string{"1.000.000,50", "Rp 1.000.000", "1,000,000", "1000000", "2,500", "1,5 juta", "-1", "Rp16.800,-", "0", "1.234.567.890.123"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, wrong := roster.ReadAmount(s)
		if n < 0 || wrong != "" && wrong != roster.WageRounded && n != 0 {
			t.Fatalf("%q is %d and %q", s, n, wrong)
		}
		// What documents write, lists mean as well.
		if amount, err := rupiah.Parse(s); err == nil && amount >= 0 && amount < 1<<53 && n != amount {
			t.Errorf("%q is %d (%s), in documents %d", s, n, wrong, amount)
		}
		if wrong == "" {
			if again, _ := roster.ReadAmount(n.String()); again != n {
				t.Errorf("%q is %d, which reads back as %d", s, n, again)
			}
		}
	})
}

func FuzzNIKCell(f *testing.F) {
	for _, s := range []string{someone(1), woman(10), " '" + someone(2), "7.40106E+15", "99O5110101800001", "9905117002800002", "0000000000000000", "************0001", "Siti Aminah", "9905111407110001", "9905111407260001"} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, text bool) {
		terms := plain()
		r := line(2, s, "Ahmad")
		if !text {
			r = line(2, number(s), "Ahmad")
		}
		var out roster.Checked
		roster.NewChecker(terms).Check(r, &out)
		if out.Kind == roster.Skipped {
			return
		}
		want, info, _ := nik.Parse(s, today)
		if !text {
			want = nik.NIK{}
		}
		if p := out.Person; p.NIK() != want || out.Refused != want.IsZero() {
			t.Fatalf("%q: refused %t, which nik does %t", s, out.Refused, want.IsZero())
		} else if !want.IsZero() && (p.Born != info.Born || p.Sex != info.Sex) {
			t.Errorf("%q: %s %s, want %s %s", s, p.Born, p.Sex, info.Born, info.Sex)
		}
		safe(t, out.Findings)
	})
}

// safe fails on a finding with more than four digits of a NIK.
func safe(t *testing.T, findings []roster.Finding) {
	t.Helper()
	for _, f := range findings {
		digits := 0
		for i := range len(f.Found) {
			if '0' <= f.Found[i] && f.Found[i] <= '9' {
				digits++
			}
		}
		if digits > 8 || f.Field == roster.NIK && digits > 4 || !utf8.ValidString(f.Found) {
			t.Errorf("%s shows %q", f.Rule, f.Found)
		}
		for _, l := range []calendar.Lang{calendar.ID, calendar.EN} {
			if problem, cure := roster.Say(f, l); problem == "" || cure == "" {
				t.Errorf("%s has no words", f.Rule)
			}
		}
	}
}

func FuzzRow(f *testing.F) {
	f.Add(someone(1), "Ahmad", "Kendari, 05-07-1980", "L", "081234567890", "1.000.000", uint16(0))
	f.Add("Siti Aminah", someone(1), "29407", "P", "8.1E10", "1.5E6", uint16(0x2222))
	f.Add("", "Jumlah", "", "", "", "12000000", uint16(0x1111))
	f.Add("\xff", "\x00", "#REF!", "x", "+62", "Rp", uint16(0x5555))
	f.Add("0", "A,", "0", "0", "0", "0", uint16(8859))
	f.Add("1", "", "0", "0", "0", "0", uint16(8738))
	f.Fuzz(func(t *testing.T, a, b, c, d, e, g string, kinds uint16) {
		terms := plain()
		terms.Group = group(t, "vulnerable")
		terms.Mapping = mapped(roster.NIK, roster.Name, roster.Birthplace, roster.Sex, roster.Phone, roster.Wage)
		terms.Mapping.Columns[roster.Born] = 2
		r := &cell.Row{Number: 2}
		for i, text := range []string{a, b, c, d, e, g} {
			kind := cell.Kind(kinds>>(2*i)&3) + 1
			if kind > cell.Error {
				kind = cell.Text
			}
			r.Cells = append(r.Cells, cell.Cell{Column: i, Kind: kind, Value: []byte(text)})
		}
		checker := roster.NewChecker(terms)
		var out, again roster.Checked
		checker.Check(r, &out)
		safe(t, out.Findings)
		refused := false
		for _, f := range out.Findings {
			refused = refused || f.Level == roster.Error
		}
		p := out.Person
		if refused != out.Refused || !refused && out.Kind == roster.Data && (!p.HasNIK() || p.Name == "" || !p.Born.Valid()) {
			t.Fatalf("refused %t, %q, %+v", out.Refused, told(out.Findings), p)
		}
		if strings.ContainsAny(p.Name+p.Details.Birthplace, "\n\r\t\x00") || !utf8.ValidString(p.Name) {
			t.Errorf("name %q", p.Name)
		}
		checker.Check(r, &again)
		if out.Kind == roster.Data && p.HasNIK() && !again.Refused {
			t.Error("the same row passes twice")
		}
	})
}

func FuzzGuess(f *testing.F) {
	f.Add("No|NIK|Nama|Tgl Lahir\n1|" + someone(1) + "|Ahmad|05-07-1980")
	f.Add("DAFTAR\n\nNo|Identitas||TTL\n|NIK|Nama|\n1|x|y|z")
	f.Add("a|b\n\xff|\x00")
	f.Fuzz(func(t *testing.T, text string) {
		var h roster.Head
		for i, row := range strings.Split(text, "\n") {
			h.Add(line(i+1, cells(strings.Split(row, "|")...)...))
		}
		g := roster.Guess(h)
		if g.Confidence != roster.Unsure && len(g.Mapping.Check()) > 0 {
			t.Errorf("%s, yet %q", g.Confidence, told(g.Mapping.Check()))
		}
		if _, err := json.Marshal(g); err != nil {
			t.Error(err)
		}
		for _, u := range g.Unmapped {
			safe(t, []roster.Finding{{Rule: roster.ErrorCell, Found: u.Heading}})
		}
	})
}

func FuzzIdentity(f *testing.F) {
	f.Add("format", "1", "year", "2027")
	f.Fuzz(func(t *testing.T, k1, v1, k2, v2 string) {
		pairs := append(roster.Identity{Format: 1, Year: 2027}.Pairs(), [2]string{k1, v1}, [2]string{k2, v2})
		if _, found := roster.ParseIdentity(pairs); len(found) == 0 {
			t.Errorf("%q and %q pass", k1, k2)
		}
	})
}
