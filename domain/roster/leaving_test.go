package roster_test

import (
	"testing"

	"payung/domain/calendar"
	"payung/domain/nik"
	"payung/domain/roster"
	"payung/domain/worker"
)

// parting are the terms of a template in which people say who has left.
func parting() roster.Terms {
	terms := template()
	terms.Mapping = mapped(roster.RowID, roster.NIK, roster.Name, roster.Born, roster.Leaving, roster.LeavingDate)
	return terms
}

func TestEveryReasonToLeaveIsOfferedAndRead(t *testing.T) {
	t.Parallel()
	reasons := []worker.Reason{""}
	for _, l := range worker.Leavings() {
		reasons = append(reasons, l.Reason)
	}
	for _, l := range []calendar.Lang{calendar.ID, calendar.EN} {
		offered := roster.LeavingChoices(l)
		if len(offered) != len(reasons) {
			t.Fatalf("%s: %v", l, offered)
		}
		for i, text := range offered {
			if got, ok := roster.ReadLeaving(text); !ok || got != reasons[i] {
				t.Errorf("%s: %q is %q, want %q", l, text, got, reasons[i])
			}
		}
	}
	for text, want := range map[string]worker.Reason{"": "", " - ": "", "masih": "", "MENINGGAL DUNIA": worker.Died, "Alm.": worker.Died, "P3K": worker.BecamePPPK, "mengundurkan diri": worker.Resigned} {
		if got, ok := roster.ReadLeaving(text); !ok || got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"Tidak", "tidak aktif", "ASN", "?", "1", "meninggal 5 Maret"} {
		if got, ok := roster.ReadLeaving(text); ok {
			t.Errorf("%q is taken for %q: why somebody left is never guessed", text, got)
		}
	}
}

func TestWhoeverLeftIsKnownByRowOrNIKWithTheReasonAndTheDay(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		row   []any
		rules string
		left  roster.Left
	}{
		"still there":                        {[]any{"r1", "************0001", "Ahmad", "05-07-1980", "Ya", ""}, "", roster.Left{}},
		"nothing said":                       {[]any{"r1", "************0001", "Ahmad", "05-07-1980"}, "", roster.Left{}},
		"died":                               {[]any{"r1", "************0001", "Ahmad", "05-07-1980", "Meninggal", "20-11-2026"}, "", roster.Left{worker.Died, "2026-11-20"}},
		"died today":                         {[]any{"r1", "************0001", "Ahmad", "", "Meninggal", date("46348")}, "", roster.Left{worker.Died, today}},
		"PPPK from tomorrow":                 {[]any{"r1", "************0001", "Ahmad", "", "PPPK", "23-11-2026"}, "", roster.Left{worker.BecamePPPK, "2026-11-23"}},
		"by the NIK alone":                   {[]any{"", someone(9), "Dedi", "05-07-1980", "Keluar", "31-10-26"}, "", roster.Left{worker.Resigned, "2026-10-31"}},
		"never belonged there":               {[]any{"r1", "************0001", "Ahmad", "", "Salah data", "01-01-2026"}, "", roster.Left{Reason: worker.EnteredByMistake}},
		"nothing else of the row counts":     {[]any{"r1", "************0001", "", "kemarin", "Pindah", "01-02-2026"}, "", roster.Left{worker.Moved, "2026-02-01"}},
		"left, and not why":                  {[]any{"r1", "************0001", "Ahmad", "05-07-1980", "Tidak"}, "error leaving_bad", roster.Left{}},
		"left, not why, and more is wrong":   {[]any{"r1", "************0001", "", "05-07-1980", "Tidak"}, "error leaving_bad, error name_missing", roster.Left{}},
		"a day and no reason":                {[]any{"r1", "************0001", "Ahmad", "05-07-1980", "", "20-11-2026"}, "error leaving_unsaid", roster.Left{}},
		"a day and still there":              {[]any{"r1", "************0001", "Ahmad", "05-07-1980", "Ya", "20-11-2026"}, "error leaving_unsaid", roster.Left{}},
		"a reason and no day":                {[]any{"r1", "************0001", "Ahmad", "05-07-1980", "Meninggal"}, "error leaving_date_missing", roster.Left{}},
		"a day that is none":                 {[]any{"r1", "************0001", "Ahmad", "05-07-1980", "Keluar", "31-02-2026"}, "error leaving_date_bad", roster.Left{}},
		"a day in words":                     {[]any{"r1", "************0001", "Ahmad", "05-07-1980", "Keluar", "bulan lalu"}, "error leaving_date_bad", roster.Left{}},
		"a bare number":                      {[]any{"r1", "************0001", "Ahmad", "05-07-1980", "Keluar", number("46000")}, "error leaving_date_bad", roster.Left{}},
		"tomorrow":                           {[]any{"r1", "************0001", "Ahmad", "05-07-1980", "Keluar", "23-11-2026"}, "error leaving_date_later", roster.Left{}},
		"next year in two digits":            {[]any{"r1", "************0001", "Ahmad", "05-07-1980", "Keluar", "05-01-27"}, "error leaving_date_later", roster.Left{}},
		"before birth":                       {[]any{"r1", "************0001", "Ahmad", "05-07-1980", "Keluar", "05-01-1926"}, "error leaving_date_early", roster.Left{}},
		"a broken formula for the reason":    {[]any{"r1", "************0001", "Ahmad", "05-07-1980", failed("#REF!")}, "error error_cell", roster.Left{}},
		"a broken formula for the day":       {[]any{"r1", "************0001", "Ahmad", "05-07-1980", "Keluar", failed("#REF!")}, "error error_cell", roster.Left{}},
		"somebody nobody can tell":           {[]any{"", "", "Dedi", "05-07-1980", "Keluar", "31-10-2026"}, "error nik_missing", roster.Left{}},
		"a mask that belongs to another row": {[]any{"r1", "************0002", "Ahmad", "05-07-1980", "Keluar", "31-10-2026"}, "error locked_cell_changed", roster.Left{}},
		"an unknown row":                     {[]any{"r9", someone(1), "Ahmad", "05-07-1980", "Keluar", "31-10-2026"}, "error unknown_row_id", roster.Left{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := checked(t, parting(), tt.row...)
			if told(out.Findings) != tt.rules || out.Left != tt.left || out.Refused != (tt.rules != "") || out.Kind != roster.Data {
				t.Errorf("%q, %+v, want %q, %+v", told(out.Findings), out.Left, tt.rules, tt.left)
			}
		})
	}
}

func TestWhoeverWasTakenOffSinceIsNotPutBackByAnOldTemplate(t *testing.T) {
	t.Parallel()
	terms := parting()
	gone := terms.Previous["r1"]
	gone.Left = true
	terms.Previous["r1"] = gone
	if out := checked(t, terms, "r1", "************0001", "Ahmad", "05-07-1980"); told(out.Findings) != "error taken_off" || !out.Refused {
		t.Errorf("%q", told(out.Findings))
	}
	if out := checked(t, terms, "r1", "************0001", "Ahmad", "05-07-1980", "Meninggal", "20-11-2026"); out.Refused || out.Left.Reason != worker.Died {
		t.Errorf("%q", told(out.Findings))
	}
}

func TestALeaverIsStillWhoItIs(t *testing.T) {
	t.Parallel()
	out := checked(t, parting(), "r2", "************0002", "Budi", "05-07-1980", "Meninggal", "20-11-2026")
	if p := out.Person; p.RowID != "r2" || p.Reveal() != someone(2) {
		t.Errorf("row %q, %s", p.RowID, p.Masked())
	}
}

func TestNobodyBothLeavesAndStays(t *testing.T) {
	t.Parallel()
	list := sheetOf(parting(),
		[]any{"ID", "NIK", "Nama"},
		[]any{"r1", "************0001", "Ahmad", "05-07-1980", "Keluar", "31-10-2026"},
		[]any{"", someone(1), "Ahmad", "05-07-1980"},
		[]any{"", someone(1), "Ahmad", "05-07-1980", "Meninggal", "01-11-2026"},
	)
	if list[1].Left.Reason != worker.Resigned || told(list[2].Findings) != "error repeated_nik" {
		t.Errorf("%+v, %q", list[1].Left, told(list[2].Findings))
	}
	if told(list[3].Findings) != "error repeated_nik" || list[3].Left != (roster.Left{}) {
		t.Errorf("%q, %+v", told(list[3].Findings), list[3].Left)
	}
}

func TestAListWithoutThoseColumnsHasNoLeavers(t *testing.T) {
	t.Parallel()
	out := checked(t, plain(), someone(1), "Ahmad", "05-07-1980", "L", "1000000")
	if out.Left != (roster.Left{}) || out.Person.Sex != nik.Male {
		t.Errorf("%+v", out)
	}
}

func FuzzReadLeaving(f *testing.F) {
	for _, s := range []string{"", "Ya", "Tidak", "meninggal dunia", "P3K", "kontrak  habis", "\xff", "-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		reason, ok := roster.ReadLeaving(s)
		if _, known := worker.FindLeaving(reason); reason != "" && (!ok || !known) {
			t.Errorf("%q is %q", s, reason)
		}
	})
}
