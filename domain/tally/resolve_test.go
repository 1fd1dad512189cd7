package tally_test

import (
	"reflect"
	"strings"
	"testing"

	"payung/domain/match"
	"payung/domain/tally"
)

func tabbed(text string) [][]string {
	var out [][]string
	for line := range strings.SplitSeq(text, "\n") {
		out = append(out, strings.Split(line, "\t"))
	}
	return out
}

func register() tally.Register {
	return tally.Register{
		Districts: match.New([]match.Candidate{{ID: "74.05.07", Name: "Konda", Kind: match.District}, {ID: "74.05.17", Name: "Buke", Kind: match.District}}),
		Places: match.New([]match.Candidate{
			{ID: "74.05.07.2007", Name: "Lambusa", Group: "74.05.07", Kind: match.Village},
			{ID: "74.05.07.2004", Name: "Alebo", Group: "74.05.07", Kind: match.Village},
			{ID: "74.05.17.2006", Name: "Buke", Group: "74.05.17", Kind: match.Village},
			{ID: "74.05.17.2004", Name: "Awalo", Group: "74.05.17", Kind: match.Village},
			{ID: "u1", Name: "Dinas Kesehatan", Kind: match.Office},
		}),
	}
}

func TestANameIsAskedAboutOnceHoweverOftenItStands(t *testing.T) {
	t.Parallel()
	rows := []tally.Row{
		{Line: 1, District: "Kec. Konda", Name: "Lambs"},
		{Line: 2, District: "KONDA", Name: "Desa LAMBS"},
		{Line: 3, District: "Konda", Name: "Dusun Satu Mekar"},
		{Line: 4, District: "Buke", Name: "Awalo"},
		{Line: 5, District: "Buke", Name: "Tidak Ada", Unclear: []tally.Unclear{{Field: tally.Status, Text: "aktif"}}},
		{Line: 6, District: "Buke", Name: "Buke", Unclear: []tally.Unclear{{Field: tally.Status, Text: "AKTIF"}}},
	}
	out, questions := tally.Resolve(tally.Villages, rows, register(), nil)
	if out[3].ID != "74.05.17.2004" || out[5].ID != "74.05.17.2006" {
		t.Errorf("%+v", out)
	}
	var about []string
	for _, q := range questions {
		about = append(about, q.About+":"+q.Text)
	}
	if len(questions) < 3 || about[len(about)-1] != "phrase:aktif" || len(questions[len(questions)-1].Lines) != 2 {
		t.Errorf("%+v", questions)
	}
	answers := []tally.Answer{
		{About: tally.AboutName, Place: "74.05.07", Text: ":dusunsatumekar", Choice: tally.NoneOfThem},
		{About: tally.AboutName, Place: "74.05.17", Text: ":tidakada", Choice: tally.NotNow},
		{About: tally.AboutName, Place: "74.05.07", Text: ":lambs", Choice: "74.05.07.2007"},
	}
	// A number inside a name is written as a figure: what is asked is what is answered.
	for i, q := range questions {
		if q.About == tally.AboutName && q.Lines[0] == 3 {
			answers[0].Text = questions[i].Text
		}
	}
	out, questions = tally.Resolve(tally.Villages, rows, register(), answers)
	if out[0].ID != "74.05.07.2007" || out[1].ID != "74.05.07.2007" || !out[2].Left || !out[4].Left {
		t.Errorf("%+v", out)
	}
	if len(questions) != 1 || len(questions[0].Lines) != 1 {
		t.Errorf("what is left out is not asked about: %+v", questions)
	}
}

func TestACodeOrANumberOfBPJSSettlesAName(t *testing.T) {
	t.Parallel()
	rows := []tally.Row{
		{Line: 1, Name: "Lambussa", Code: "7405072007"},
		{Line: 2, Name: "Alebo", Code: "74.05.17.2004"},
		{Line: 3, Name: "Pemda Contoh", NPP: "20000001"},
		{Line: 4, Name: "CV Maju"},
		{Line: 5, Name: "DINKES KAB. CONTOH"},
	}
	out, questions := tally.Resolve(tally.Members, rows, register(), []tally.Answer{{About: tally.AboutNPP, Text: "20000001", Choice: "u1"}})
	if out[0].ID != "74.05.07.2007" || out[1].ID != "74.05.07.2004" || out[2].ID != "u1" || !out[3].Left || len(questions) > 0 {
		t.Errorf("%+v %+v", out, questions)
	}
	if out[4].ID != "u1" {
		t.Errorf("%+v", out[4])
	}
}

func TestNewOfficesAreRecordedUnderTheirNames(t *testing.T) {
	t.Parallel()
	out, questions := tally.Resolve(tally.Offices, []tally.Row{{Name: "DINAS SOSIAL"}, {Name: "dinas kesehatan"}}, register(), nil)
	if !out[0].New || out[1].ID != "u1" || len(questions) > 0 {
		t.Errorf("%+v %+v", out, questions)
	}
	for name, want := range map[string]string{
		"DINAS PEMBERDAYAAN MASYARAKAT DAN DESA": "Dinas Pemberdayaan Masyarakat dan Desa", "RSUD KABUPATEN": "RSUD Kabupaten", "Dinas  Sosial ": "Dinas Sosial", "SEKRETARIAT DPRD": "Sekretariat DPRD",
	} {
		if got := tally.TitleCase(name); got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
	for name, want := range map[string]string{
		"Dinas Sosial": "Kepala Dinas Sosial", "Sekretariat Daerah": "Sekretaris Daerah", "Inspektorat Daerah": "Inspektur Daerah", "RSUD Kabupaten": "Direktur RSUD Kabupaten", "Kecamatan Konda": "Camat Konda",
	} {
		if got := tally.HeadOf(name); got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
}

func TestNoRecapSaysThatAnybodyIsProtected(t *testing.T) {
	t.Parallel()
	n := func(n int64) tally.Count { return tally.Count{N: n, Said: true} }
	for name, tt := range map[string]struct {
		kind tally.Kind
		row  tally.Row
		want []tally.Fact
	}{
		"a count alone":             {tally.Villages, tally.Row{People: n(10)}, nil},
		"not yet":                   {tally.Villages, tally.Row{People: n(10), State: tally.NotYet}, nil},
		"paid up to a month":        {tally.Villages, tally.Row{People: n(10), State: tally.IsPaid, Until: "2026-12-31"}, []tally.Fact{{State: tally.IsPaid, People: 10, Until: "2026-12-31"}}},
		"some registered, all paid": {tally.Villages, tally.Row{People: n(10), Registered: n(8), State: tally.IsPaid}, []tally.Fact{{State: tally.IsRegistered, People: 8}, {State: tally.IsPaid, People: 8}}},
		"registered":                {tally.Villages, tally.Row{People: n(10), State: tally.IsRegistered}, []tally.Fact{{State: tally.IsRegistered, People: 10}}},
		"submitted":                 {tally.Villages, tally.Row{People: n(10), State: tally.IsSubmitted}, []tally.Fact{{State: tally.IsSubmitted, People: 10}}},
		"paid for nobody knows":     {tally.Villages, tally.Row{State: tally.IsPaid, Until: "2026-12-31"}, nil},
		"BPJS's own list":           {tally.Members, tally.Row{People: n(9), State: tally.IsPaid, Until: "2026-06-30"}, []tally.Fact{{State: tally.IsRegistered, People: 9}, {State: tally.IsPaid, People: 9, Until: "2026-06-30"}}},
		"somebody to call":          {tally.Contacts, tally.Row{Holder: "Sri", Phone: "+628001111222"}, nil},
	} {
		got, _ := tally.Facts(tt.kind, []tally.Resolved{{Row: tt.row, ID: "u1"}})
		if !reflect.DeepEqual(got[0].Facts, tt.want) {
			t.Errorf("%s: %+v", name, got[0].Facts)
		}
	}
}

func TestTwoRowsOfOneVillageAreAddedOnlyInBPJSsList(t *testing.T) {
	t.Parallel()
	n := func(n int64) tally.Count { return tally.Count{N: n, Said: true} }
	rows := []tally.Resolved{
		{ID: "u1", Row: tally.Row{Line: 1, People: n(4), State: tally.IsPaid, Until: "2026-12-31"}}, {ID: "u1", Row: tally.Row{Line: 2, People: n(5), State: tally.IsPaid, Until: "2026-06-30"}},
	}
	got, findings := tally.Facts(tally.Members, rows)
	want := []tally.Fact{{State: tally.IsRegistered, People: 9}, {State: tally.IsPaid, People: 9, Until: "2026-06-30"}}
	if len(findings) > 0 || !reflect.DeepEqual(got[0].Facts, want) {
		t.Errorf("%+v %+v", got, findings)
	}
	got, findings = tally.Facts(tally.Villages, rows)
	if len(findings) != 1 || findings[0].Code != tally.TwiceDiffers || got[0].Facts != nil || got[0].Count.Said {
		t.Errorf("%+v %+v", got, findings)
	}
	rows[1].Row = rows[0].Row
	if got, findings = tally.Facts(tally.Villages, rows); len(findings) > 0 || got[0].Count.N != 4 {
		t.Errorf("the same row twice says it once: %+v %+v", got, findings)
	}
}

func TestAPostIsReadAsListsWriteIt(t *testing.T) {
	t.Parallel()
	for post, want := range map[string]struct {
		role   tally.Role
		acting bool
	}{
		"Sekdes": {tally.Secretary, false}, "Plt. Kades": {tally.Head, true}, "Kaur Keuangan": {tally.Treasurer, false}, "Operator Siskeudes": {tally.Operator, false},
		"Nama Sekretaris": {tally.Secretary, false}, "Pj Kepala Desa": {tally.Head, true}, "Kasi Pemerintahan": {tally.Contact, false}, "": {tally.Contact, false}, "Nama": {tally.Contact, false},
	} {
		if role, acting := tally.RoleOf(post); role != want.role || acting != want.acting {
			t.Errorf("%q: %s %v", post, role, acting)
		}
	}
	if tally.HolderName(" - ") != "" || tally.HolderName("  Sri   Contoh ") != "Sri Contoh" {
		t.Error("a dash is no name")
	}
}
