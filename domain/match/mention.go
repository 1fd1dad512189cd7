package match

import (
	"slices"
	"strings"
	"unicode"
)

// mention is a candidate named somewhere in a text.
type mention struct {
	at       int
	from, to int // words
	kind     Kind
	score    float64
}

// maxWords is how many words a name of a village has at most.
const maxWords = 4

// mentions finds the candidates a text names. A name inside a longer one that
// fits too ("Andoolo" in "Andoolo Utama") is not meant, and neither is one
// behind a word for another sort of place. Others, where given, are names that
// words behind "kecamatan" belong to.
func (x *Index) mentions(words []string, others *Index) []mention {
	var out []mention
	for from := range words {
		if noise[words[from]] || kindWords[words[from]] != "" {
			continue
		}
		var kind Kind
		if from > 0 {
			kind = kindWords[words[from-1]]
		}
		if kind == District && others != nil {
			continue
		}
		for to := from + 1; to <= min(len(words), from+maxWords); to++ {
			if noise[words[to-1]] || kindWords[words[to-1]] != "" {
				break
			}
			out = append(out, x.fits(words[from:to], from, to, kind)...)
		}
	}
	return slices.DeleteFunc(out, func(m mention) bool {
		return slices.ContainsFunc(out, func(longer mention) bool {
			inside := longer.from <= m.from && m.to <= longer.to
			return inside && longer.to-longer.from > m.to-m.from && longer.score >= sureAlone
		})
	})
}

// fits are the candidates a run of words can be.
func (x *Index) fits(words []string, from, to int, kind Kind) []mention {
	forms := formsOf(strings.Join(words, " "), false)
	var out []mention
	for at := range x.list {
		best := 0.0
		for n := range forms {
			if len(forms[n].sound) < 3 {
				continue
			}
			for i := range x.forms[at] {
				best = max(best, score(&forms[n], &x.forms[at][i]))
			}
		}
		if best >= sureInside {
			out = append(out, mention{at, from, to, kind, best})
		}
	}
	return out
}

// wordsOf cuts a file's name or a title into words: "DataDesaLambusa_2026(1)".
func wordsOf(text string) []string {
	var apart strings.Builder
	before := ' '
	for i, r := range text {
		if r == '2' && unicode.IsLetter(before) && !strings.ContainsAny(text[i+1:min(i+2, len(text))], "0123456789") {
			apart.WriteRune(r) // rambu2
			before = ' '
			continue
		}
		if unicode.IsUpper(r) && unicode.IsLower(before) || unicode.IsDigit(r) && unicode.IsLetter(before) || unicode.IsLetter(r) && unicode.IsDigit(before) {
			apart.WriteByte(' ')
		}
		apart.WriteRune(r)
		before = r
	}
	var out []string
	for _, w := range split(apart.String()) {
		for _, prefix := range []string{"desa", "kelurahan", "pemdes"} {
			if rest, ok := strings.CutPrefix(w, prefix); ok && len(rest) > 3 {
				out = append(out, prefix)
				w = rest
			}
		}
		out = append(out, w)
	}
	return out
}

func withoutExtension(name string) string {
	if i := strings.LastIndexByte(name, '.'); i > 0 && len(name)-i <= 6 {
		return name[:i]
	}
	return name
}

// noise are words of file names and titles that are no names.
var noise = set(`data daftar nama rekap rekapan rekapitulasi laporan list perangkat aparat aparatur kepala kades sekdes kaur kasi bpd rt rw linmas
	salinan copy of dari ke fix final revisi rev perbaikan terbaru update baru2 new img vid wa doc dok dokumen document documents whatsapp image file scan foto
	bpjs bpjstk tk ketenagakerjaan jamsostek bpu peserta pekerja rentan non asn honorer pegawai tenaga calon iuran
	tahun bulan tgl tanggal ta januari februari maret april mei juni juli agustus september oktober november desember
	form format formulir isian lampiran sptjm surat pernyataan kirim kiriman untuk utk dan atau yang se kab kabupaten konsel pemerintah provinsi
	xls xlsx csv ods pdf jpg jpeg png sheet lembar no nomor jumlah total lengkap ok oke bismillah benar asli sudah belum`)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}
