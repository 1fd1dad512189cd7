package sipp_test

import (
	"math"
	"slices"
	"testing"

	"payung/domain/sipp"
)

func TestRule29_WorkersAreExportedInFilesOfTenThousandUnderOneFixedName(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		rows int
		want []int
	}{
		"a kabupaten":            {23_456, []int{10_000, 10_000, 3_456}},
		"one village":            {10, []int{10}},
		"exactly one file":       {10_000, []int{10_000}},
		"one more than one file": {10_001, []int{10_000, 1}},
		"nobody":                 {0, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files, err := sipp.Files(tt.rows)
			if err != nil {
				t.Fatal(err)
			}
			var got []int
			for _, f := range files {
				got = append(got, f.Rows)
				if f.Name != "data_tk_baru.xlsx" {
					t.Errorf("a file is called %q", f.Name)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestRule29_TheColumnsRunFromAToADInOrder(t *testing.T) {
	t.Parallel()

	columns := sipp.Columns()
	if len(columns) != 30 {
		t.Fatalf("%d columns, want 30", len(columns))
	}
	var mandatory []string
	seen := map[string]bool{}
	for i, c := range columns {
		if want := letter(i); c.Letter != want {
			t.Errorf("column %d is %s, want %s", i+1, c.Letter, want)
		}
		if c.Name == "" || seen[c.Name] {
			t.Errorf("%s has no heading of its own: %q", c.Letter, c.Name)
		}
		seen[c.Name] = true
		if c.Mandatory {
			mandatory = append(mandatory, c.Letter+" "+c.Name)
		}
	}
	if want := []string{"B NAMA_LENGKAP", "L TANGGAL_LAHIR", "O NOMOR_IDENTITAS"}; !slices.Equal(mandatory, want) {
		t.Errorf("mandatory are %q, want %q", mandatory, want)
	}
	for i, want := range map[int]string{0: "NO_PEGAWAI", 23: "UPAH", 26: "LOKASI_PEKERJAAN", 29: "TGL_AKHIR_KONTRAK"} {
		if columns[i].Name != want {
			t.Errorf("%s is %s, want %s", columns[i].Letter, columns[i].Name, want)
		}
	}
}

// letter is the heading a spreadsheet gives its column.
func letter(i int) string {
	last := string(rune('A' + i%26))
	if i < 26 {
		return last
	}
	return string(rune('A'+i/26-1)) + last
}

func TestAnExportIsBounded(t *testing.T) {
	t.Parallel()

	if files, err := sipp.Files(10_000_000); err != nil || len(files) != 1_000 {
		t.Errorf("ten million workers: %d files, %v", len(files), err)
	}
	for _, rows := range []int{-1, math.MinInt, 10_000_001, math.MaxInt} {
		if files, err := sipp.Files(rows); err == nil {
			t.Errorf("%d workers make %d files", rows, len(files))
		}
	}
}
