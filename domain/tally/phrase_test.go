package tally_test

import (
	"testing"

	"payung/domain/calendar"
	"payung/domain/tally"
)

func TestACellIsReadOrAskedAboutNeverGuessed(t *testing.T) {
	t.Parallel()
	n := func(n int64) tally.Count { return tally.Count{N: n, Said: true} }
	unclear := tally.Phrase{}
	for text, want := range map[string]tally.Phrase{
		"10 orang, lunas s.d. Des":           {People: n(10), State: tally.IsPaid, Until: "2026-12-31", Clear: true},
		"lunas s/d Juni 2026":                {State: tally.IsPaid, Until: "2026-06-30", Clear: true},
		"Lunas sd Feb '28":                   {State: tally.IsPaid, Until: "2028-02-29", Clear: true},
		"LUNAS S.D DES-26":                   {State: tally.IsPaid, Until: "2026-12-31", Clear: true},
		"lunas sampai dengan bulan Nopember": {State: tally.IsPaid, Until: "2026-11-30", Clear: true},
		"lunas Jan-Des 2026":                 {State: tally.IsPaid, Until: "2026-12-31", Clear: true},
		"sudah bayar Januari s.d. Juni 2026": {State: tally.IsPaid, Until: "2026-06-30", Clear: true},
		"lunas tahun 2026":                   {State: tally.IsPaid, Until: "2026-12-31", Clear: true},
		"lunas s.d. 12/2026":                 {State: tally.IsPaid, Until: "2026-12-31", Clear: true},
		"lunas s.d. 30-06-2026":              {State: tally.IsPaid, Until: "2026-06-30", Clear: true},
		"lunas":                              {State: tally.IsPaid, Clear: true},
		"Terdaftar 9 org, lunas s.d. Mei":    {People: n(9), State: tally.IsPaid, Until: "2026-05-31", Clear: true},
		"8 org":                              {People: n(8), Clear: true},
		"8org":                               {People: n(8), Clear: true},
		"12":                                 {People: n(12), Clear: true},
		"1.590 orang":                        {People: n(1590), Clear: true},
		"± 25 orang":                         {People: tally.Count{N: 25, Said: true, About: true}, Clear: true},
		"10 (sepuluh) orang":                 {People: n(10), Clear: true},
		"2026":                               {People: n(2026), Clear: true},
		"2026 orang":                         {People: n(2026), Clear: true},
		"0":                                  {People: n(0), Clear: true},
		"-":                                  {Clear: true},
		" – ":                                {Clear: true},
		"":                                   {Clear: true},
		"belum":                              {State: tally.NotYet, Clear: true},
		"Belum terdaftar":                    {State: tally.NotYet, Clear: true},
		"blm ada":                            {State: tally.NotYet, Clear: true},
		"10 orang (belum bayar)":             {People: n(10), State: tally.NotYet, Clear: true},
		"terdaftar":                          {State: tally.IsRegistered, Clear: true},
		"sudah diajukan":                     {State: tally.IsSubmitted, Clear: true},
		"terlindungi":                        unclear,
		"aktif":                              unclear,
		"proses":                             unclear,
		"10 (belum bayar)":                   {People: n(10), State: tally.NotYet, Clear: true},
		"10 (kurang 2)":                      unclear,
		"lunas 6 bulan":                      unclear,
		"lunas 2026":                         unclear,
		"lunas Des":                          unclear, // that month, or up to it?
		"Desember 2026":                      unclear,
		"5 Juni":                             unclear,
		"lunas 5 Juni 2026":                  unclear,
		"belum s.d. Juni":                    unclear,
		"5 terdaftar, 3 belum":               unclear,
		"10/12":                              unclear,
		"1.5":                                unclear,
		"lunas s.d. Des, menunggak denda":    unclear,
		"lunas s.d. 31-02-2026":              unclear,
		"lunas s.d. Des 2101":                unclear,
		"999999999 orang":                    unclear,
		"Kades baru, lunas s.d. Des":         unclear,
		"10 orang, lunas s.d. Des, bukan 9":  unclear,
		"#REF!":                              unclear,
	} {
		if got := tally.ReadPhrase(text, 2026); got != want {
			t.Errorf("%q: %+v, not %+v", text, got, want)
		}
	}
}

func TestTheLastMonthPaidIsAMonthNotADayOfPayment(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]calendar.Day{
		"Des": "2026-12-31", "Desember 2025": "2025-12-31", "12-2026": "2026-12-31", "2026-06": "2026-06-30", "lunas s.d. Mei": "2026-05-31", "Lunas Mei": "2026-05-31",
		"2026-06-01": "2026-06-30", "2026-06-30": "2026-06-30", "Jan s/d Jun 2026": "2026-06-30", "AGUSTUS-26": "2026-08-31",
		"2026-06-17": "", "17 Juni 2026": "", "belum": "", "-": "", "6 bulan": "", "terdaftar Mei": "", "": "",
	} {
		got, ok := tally.ReadMonth(text, 2026)
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}

func TestAPhoneIsReadAsExcelLeftIt(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"0812-3456-7890": "+6281234567890", "+62 812 3456 7890": "+6281234567890", "62812345678": "+62812345678", "81234567890": "+6281234567890",
		"WA: 0852 4155 1234 / 0811-1234-567": "+6285241551234", "'0812.3456.789": "+628123456789", "(0401) 312345": "+62401312345", "+6208123456789": "+628123456789",
		"": "", "-": "", "12": "", "0812": "", "Lambusa": "", "7405072007010001": "", "0812345678901234": "", "08abc1234567": "",
	} {
		got, ok := tally.ReadPhone(text)
		if ok != (want != "") || got != want {
			t.Errorf("%q: %q %v, not %q", text, got, ok, want)
		}
	}
}

func FuzzACellNeverSaysMoreThanItCan(f *testing.F) {
	for _, s := range []string{"10 orang, lunas s.d. Des", "lunas s/d Juni 2026", "-", "belum", "1.590 org", "12/2026", "Jan-Des '26", "± 8 (delapan) jiwa", "lunas tahun 2026"} {
		f.Add(s, 2026)
	}
	f.Fuzz(func(t *testing.T, text string, year int) {
		got := tally.ReadPhrase(text, year)
		if !got.Clear && got != (tally.Phrase{}) {
			t.Fatalf("%q is unclear and says %+v", text, got)
		}
		if got.People.N < 0 || got.People.N > 60_000_000 || got.People.N > 0 && !got.People.Said {
			t.Fatalf("%q: %+v", text, got.People)
		}
		if got.Until != "" && (!got.Until.Valid() || got.State != tally.IsPaid) {
			t.Fatalf("%q: until %q in state %q", text, got.Until, got.State)
		}
		if again := tally.ReadPhrase(text, year); again != got {
			t.Fatalf("%q reads differently the second time", text)
		}
		if more := tally.ReadPhrase(text+" wkwk", year); more.Clear {
			t.Fatalf("%q with a word nobody knows is clear", text)
		}
		if month, ok := tally.ReadMonth(text, year); ok && month != month.Month().Last() {
			t.Fatalf("%q: %q is no end of a month", text, month)
		}
	})
}
