package calendar

import (
	"strings"
	"testing"
)

func TestBrokenHolidayTableIsRefused(t *testing.T) {
	t.Parallel()

	const header = "date,kind,name,decree,decree_date,verified,added_on\n"
	const good = "2026-01-01,libur,Tahun Baru 2026 Masehi,SKB 1497/2025,2025-09-19,true,\n"
	if got, err := readHolidays(strings.NewReader("# sources\n" + header + good)); err != nil || len(got) != 1 {
		t.Fatalf("a good table: got %v, %v", got, err)
	}
	tests := map[string]string{
		"nothing at all":         "",
		"a day listed twice":     header + good + good,
		"a day that is none":     header + strings.Replace(good, "2026-01-01", "2026-02-30", 1),
		"an unknown kind":        header + strings.Replace(good, "libur", "cuti bersama", 1),
		"no name":                header + strings.Replace(good, "Tahun Baru 2026 Masehi", "", 1),
		"no decree":              header + strings.Replace(good, "SKB 1497/2025", "", 1),
		"a date of decree wrong": header + strings.Replace(good, "2025-09-19", "19-09-2025", 1),
		"verified by whom":       header + strings.Replace(good, "true", "ya", 1),
		"a column missing":       header + "2026-01-01,libur,Tahun Baru\n",
	}
	for name, table := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := readHolidays(strings.NewReader(table)); err == nil {
				t.Errorf("got %v, want an error", got)
			}
		})
	}
}
