package tally

import (
	"slices"
	"strings"

	"payung/domain/match"
)

// Column is what one column means.
type Column struct {
	Field Field `json:"field"`
	Index int   `json:"index"` // from 0: A
}

// Mapping says where the table begins and what its columns mean. A person may
// correct it.
type Mapping struct {
	Heading int      `json:"heading"` // number of the last line of headings; 0: there is none
	Columns []Column `json:"columns"`
}

// Column is where a field stands, -1 if nowhere.
func (m Mapping) Column(f Field) int {
	for _, c := range m.Columns {
		if c.Field == f {
			return c.Index
		}
	}
	return -1
}

// Sound reports what keeps a mapping from being read: a column that is needed
// and missing, a field the kind does not have or has twice, or a column twice.
func (m Mapping) Sound(k Kind) (wrong Field, ok bool) {
	fields, indexes := map[Field]bool{}, map[int]bool{}
	for _, c := range m.Columns {
		if !slices.Contains(Fields(k), c.Field) || fields[c.Field] || indexes[c.Index] || c.Index < 0 || c.Index >= MaxColumns {
			return c.Field, false
		}
		fields[c.Field], indexes[c.Index] = true, true
	}
	needed := []Field{Name}
	if k == Contacts {
		needed = []Field{Name, Phone}
	}
	for _, f := range needed {
		if !fields[f] {
			return f, false
		}
	}
	return "", true
}

// headings are what offices write above columns, the more telling first. A
// heading fits where it has all the words.
var headings = []struct {
	field Field
	kinds []Kind // nil: all
	words []string
}{
	{Phone, nil, []string{"no hp", "nomor hp", "hp", "no wa", "wa", "whatsapp", "telepon", "telp", "tlp", "kontak", "nomor kontak", "handphone", "no telepon"}},
	{Email, nil, []string{"email", "e mail", "surel"}},
	{NPP, []Kind{Members}, []string{"npp", "no pendaftaran", "nomor pendaftaran", "nomor peserta perusahaan"}},
	{Until, nil, []string{
		"lunas sd", "lunas s d", "lunas sampai", "iuran terakhir", "bulan terakhir", "blth terakhir", "blth", "bayar terakhir", "terakhir bayar", "pembayaran terakhir", "sampai bulan",
		"dibayar sampai", "sd bulan", "s d bulan", "periode terakhir", "bulan iuran",
	}},
	{Paid, nil, []string{"lunas", "jumlah lunas", "sudah bayar", "sudah dibayar", "jumlah dibayar", "lunas orang"}},
	{Registered, []Kind{Villages, Offices}, []string{"terdaftar", "jumlah peserta", "peserta bpjs", "jumlah terdaftar", "peserta"}},
	{Code, nil, []string{"kode desa", "kode wilayah", "kode kemendagri", "kode"}},
	{Post, []Kind{Contacts}, []string{"jabatan", "posisi", "selaku"}},
	{Holder, []Kind{Contacts}, []string{
		"nama sekdes", "nama sekretaris", "nama kades", "nama kepala desa", "nama operator", "nama bendahara", "nama pejabat", "nama lengkap", "nama petugas", "nama pic", "penanggung jawab",
		"narahubung", "sekdes", "sekretaris desa", "sekretaris", "kepala desa", "kades", "operator", "pic", "nama orang",
	}},
	{Status, nil, []string{"status iuran", "status pembayaran", "status kepesertaan", "keterangan", "ket", "status", "jamsostek", "bpjs ketenagakerjaan", "bpjs tk", "kepesertaan", "pembayaran"}},
	{People, nil, []string{
		"jumlah non asn", "non asn", "jumlah honorer", "honorer", "jumlah aparat", "jumlah perangkat", "jumlah aparatur", "jumlah tenaga kerja", "jumlah tk", "jumlah pekerja", "jumlah orang", "jumlah pegawai",
		"tenaga kerja", "tk aktif", "jml aparat", "jml perangkat", "jml tk", "jml", "jumlah", "orang", "total", "aparat", "perangkat",
	}},
	{Name, []Kind{Offices}, []string{"opd", "perangkat daerah", "unit kerja", "instansi", "skpd", "satuan kerja", "nama opd", "nama dinas", "dinas", "unit organisasi"}},
	{Name, []Kind{Members}, []string{"nama perusahaan", "nama badan usaha", "badan usaha", "pemberi kerja", "perusahaan", "nama desa", "desa", "instansi", "nama"}},
	{Name, []Kind{Villages, Contacts}, []string{"nama desa", "desa kelurahan", "desa kel", "desa", "kelurahan", "pemerintah desa", "opd", "instansi", "unit kerja", "perangkat daerah"}},
	{District, nil, []string{"nama kecamatan", "kecamatan", "kec", "distrik"}},
	{Holder, []Kind{Contacts}, []string{"nama"}},
	{Number, nil, []string{"no", "nomor", "no urut", "nomor urut", "urut"}},
}

// Guess finds the headings of a grid and what its columns mean.
func Guess(g Grid, k Kind) Mapping {
	best, most := Mapping{}, 1
	for i, l := range g.Lines[:min(len(g.Lines), 25)] {
		columns := guessLine(l, k, nil)
		last := l.Number
		if i+1 < len(g.Lines) && second(g.Lines[i+1], l, k) {
			columns = guessLine(g.Lines[i+1], k, columns)
			last = g.Lines[i+1].Number
		}
		if len(columns) > most && Mapping.Column(Mapping{Columns: columns}, Name) >= 0 {
			best, most = Mapping{Heading: last, Columns: columns}, len(columns)
		}
	}
	if best.Heading == 0 {
		best.Columns = byContent(g, k)
	}
	return best
}

// guessLine adds to what is known the meaning of one line's headings: a heading
// that says it exactly before one that only has the words.
func guessLine(l Line, k Kind, known []Column) []Column {
	out := slices.Clone(known)
	for _, exact := range []bool{true, false} {
		for _, h := range headings {
			if h.kinds != nil && !slices.Contains(h.kinds, k) || !slices.Contains(Fields(k), h.field) || has(out, h.field) {
				continue
			}
			for i, text := range l.Cells {
				if !taken(out, i) && says(text, h.words, exact) {
					out = append(out, Column{h.field, i})
					break
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b Column) int { return a.Index - b.Index })
	return out
}

func has(columns []Column, f Field) bool {
	return slices.ContainsFunc(columns, func(c Column) bool { return c.Field == f })
}

func taken(columns []Column, index int) bool {
	return slices.ContainsFunc(columns, func(c Column) bool { return c.Index == index })
}

// says reports whether a heading has the words of one of the phrases.
func says(text string, phrases []string, exact bool) bool {
	key := match.Key(text)
	if key == "" || len(key) > 80 {
		return false
	}
	for _, p := range phrases {
		if key == p || !exact && strings.Contains(" "+key+" ", " "+p+" ") {
			return true
		}
	}
	return false
}

// second reports whether a line goes on with the headings of the one above: it
// has words of its own where the other has none, and no numbers.
func second(l, above Line, k Kind) bool {
	if len(guessLine(l, k, nil)) == 0 {
		return false
	}
	for i, text := range l.Cells {
		if text == "" {
			continue
		}
		if strings.ContainsAny(text, "0123456789") || above.At(i) != "" && above.At(i) != text && above.At(i+1) != "" {
			return false
		}
	}
	return true
}

// byContent guesses the columns of a list without headings by what they hold.
func byContent(g Grid, k Kind) []Column {
	width := g.Width()
	phones, counts, words := make([]int, width), make([]int, width), make([]int, width)
	for _, l := range g.Lines {
		for i, text := range l.Cells {
			switch _, isPhone := ReadPhone(text); {
			case isPhone:
				phones[i]++
			case text != "" && strings.Trim(text, "0123456789") == "":
				counts[i]++
			case text != "":
				words[i]++
			}
		}
	}
	var out []Column
	half := func(n int) bool { return 2*n > len(g.Lines) }
	for i := range width {
		switch {
		case half(phones[i]) && k == Contacts && !has(out, Phone):
			out = append(out, Column{Phone, i})
		case half(words[i]) && !has(out, Name):
			out = append(out, Column{Name, i})
		case half(words[i]) && k == Contacts && !has(out, Holder):
			out = append(out, Column{Holder, i})
		case half(words[i]) && k != Contacts && !has(out, Status):
			out = append(out, Column{Status, i})
		case half(counts[i]) && k != Contacts && i > 0 && !has(out, People):
			out = append(out, Column{People, i})
		}
	}
	return out
}
