package letter_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/stretchr/testify/require"

	"payung/letter"
	"payung/paper"
)

func TestEveryKindSaysWhatItIsFor(t *testing.T) {
	t.Parallel()
	for kind, wants := range map[letter.Kind][]string{
		letter.Invitation:    {"Undangan Rapat KSO", "Kamis, 26 November 2026", "pukul 09.00–12.00 WITA", "2. Penganggaran iuran"},
		letter.Attendance:    {"DAFTAR HADIR", "Peserta Rapat 12", "Tanda tangan", "20."},
		letter.Minutes:       {"NOTULEN RAPAT", "12 (dua belas) orang", "Asisten Administrasi Umum", "(penanggung jawab: para"},
		letter.Record:        {"BERITA ACARA", "Pada hari ini Jumat tanggal dua puluh bulan November tahun dua ribu dua puluh enam", "PIHAK PERTAMA", "PIHAK KEDUA", "CONTOH SAKSI DUA"},
		letter.DataRequest:   {"Permintaan Data", "Tahun 2027", "Jumat, 27 November 2026 pukul 16.00 WITA", "pernyataan nihil"},
		letter.SecondRequest: {"Permintaan Data Kedua", "500.15.12/041/2026 tanggal 5 Oktober 2026"},
		letter.FirstWarning:  {"Teguran I ", "19 November 2026", "Jumat, 27 November 2026 pukul 16.00 WITA", "1. Bupati Contoh (sebagai laporan)"},
		letter.SecondWarning: {"Teguran II ", "Tembusan:"},
		letter.ThirdWarning:  {"Teguran III ", "teguran terakhir", "dilaporkan kepada pimpinan|laporkan kepada pimpinan"},
		letter.DueNotice: {
			"November 2026 s.d. Januari 2027", "1.234 (seribu dua ratus tiga puluh empat) orang", "Selasa, 15 Desember 2026", "(JKK) Rp37.020.000", "(JKM) Rp25.173.600",
			"Rp62.193.600", "enam puluh dua juta seratus sembilan puluh tiga ribu enam ratus rupiah", "261100012345",
		},
		letter.Receipt:   {"TANDA TERIMA DATA", "20 Nov 2026 14.41 WITA", "312 baris", "309 baris", "3 baris", "9f86d081 884c7d65", "bukan pendaftaran peserta"},
		letter.Statement: {"SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK", "Meterai", "4. apabila di kemudian hari", "CONTOH KEPALA DESA"},
		letter.Recap:     {"REKAPITULASI", "DESA YANG BELUM MENYAMPAIKAN DATA", "Kecamatan Contoh 25", "Jumlah seluruhnya"},
		letter.Cover:     {"SURAT PENGANTAR", "Banyaknya", "Penerima,"},
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			file := pdf(t, sample(t, kind))
			said := strings.Join(strings.Fields(strings.Join(pagesOf(t, file), " ")), " ")
			for _, want := range wants {
				found := slices.ContainsFunc(strings.Split(want, "|"), func(w string) bool { return strings.Contains(said, w) })
				require.True(t, found, "%q is not in: %s", want, said)
			}
			require.Contains(t, said, "bukan tanda tangan elektronik tersertifikasi sebagaimana dimaksud dalam PP Nomor 71 Tahun 2019")
			require.NotRegexp(t, `[{}]|\*\*|%!`, said)
		})
	}
}

func TestPlaceAndDateStandOnTheLineOfTheNumber(t *testing.T) {
	t.Parallel()
	require.Regexp(t, `(?m)^ *Nomor +: +500\.15\.12/087/2026 {5,}Kota Contoh, 20 November 2026$`, pagesOf(t, pdf(t, sample(t, letter.DataRequest)))[0])
}

func TestANumberIsLeftBlankForWritingItByHand(t *testing.T) {
	t.Parallel()
	l := sample(t, letter.DataRequest)
	l.Number, l.Day, l.Signatory.Name, l.Signatory.NIP = "", "", "", ""
	said := pagesOf(t, pdf(t, l))[0]
	require.Regexp(t, `(?m)^ *Nomor +: +….…+ +Kota Contoh, ….…+$`, said)
	require.NotContains(t, said, "NIP")
}

func TestWhoSignsForWhomIsSaidAboveTheSignature(t *testing.T) {
	t.Parallel()
	for want, s := range map[string]letter.Signatory{
		"a.n. Bupati Contoh Sekretaris Daerah, Drs. CONTOH SEKRETARIS, M.Si. Pembina Utama Muda, IV/c NIP 19990101 209901 1 001": secretary(),
		"a.n. Bupati Contoh Plt. Sekretaris Daerah, CONTOH":                                                                      {OnBehalf: "Bupati Contoh", Acting: "Plt.", Title: "Sekretaris Daerah", Name: "CONTOH"},
		"a.n. Bupati Contoh Sekretaris Daerah u.b. Kepala Bagian Kerja Sama, CONTOH":                                             {OnBehalf: "Bupati Contoh", Title: "Sekretaris Daerah", Under: "Kepala Bagian Kerja Sama", Name: "CONTOH"},
		"Kepala Desa Wunduhaka, CONTOH NIP 123":                                                                                  {Title: "Kepala Desa Wunduhaka", Name: "CONTOH", NIP: "123"},
	} {
		l := sample(t, letter.DataRequest)
		l.Signatory, l.Copies, l.Verify = s, nil, nil
		said := strings.Join(strings.Fields(pagesOf(t, pdf(t, l))[0]), " ")
		require.True(t, strings.HasSuffix(said, want), "%q does not end %q", said, want)
	}
}

func TestOneWarningGoesTo25CamatWithAListOf289Villages(t *testing.T) {
	t.Parallel()
	l := sample(t, letter.FirstWarning)
	l.To, l.List = camats(25), villages(289, 25)
	pages := pagesOf(t, pdf(t, l))
	require.Less(t, len(pages), 12)
	require.Contains(t, pages[0], "Yth. Daftar terlampir")
	require.Regexp(t, `Lampiran +: +2 \(dua\) berkas`, pages[0])
	require.Contains(t, pages[0], "289 (dua ratus delapan puluh sembilan)")
	require.Contains(t, pages[1], "DAFTAR TUJUAN SURAT")
	require.Contains(t, pages[1], "Ibu Kota Kecamatan Contoh 25")
	require.Contains(t, pages[2], "DAFTAR DESA YANG BELUM MENYAMPAIKAN DATA")
	all := strings.Join(pages, "\n")
	for i := range 289 {
		require.Regexp(t, fmt.Sprintf(`(?m)^ *\d+ +Desa Contoh %d +Nama Kepala Desa %d +10 `, i+1, i+1), all)
	}
	for i, page := range pages {
		require.Contains(t, page, fmt.Sprintf("Halaman %d dari %d", i+1, len(pages)))
		if i > 1 {
			require.Contains(t, page, "Terakhir diberi tahu", "the heading on page %d", i+1)
		}
	}
}

func TestAShortListStandsInTheLetter(t *testing.T) {
	t.Parallel()
	l := sample(t, letter.DataRequest)
	l.To = camats(3)
	l.List = villages(6, 2)
	pages := pagesOf(t, pdf(t, l))
	require.Len(t, pages, 1)
	require.Regexp(t, `(?s)Lampiran +: +-.*1\. +Camat Contoh 1.*3\. +Camat Contoh 3.*sebagai\s+berikut:.*Kecamatan Contoh 2.*Jumlah seluruhnya`, pages[0])
}

func TestTheSameLetterGivesTheSameBytesInEveryProcess(t *testing.T) {
	const child = "PAYUNG_TEST_PRINTS_SUMS"
	sums := func() string {
		hash := sha256.New()
		for _, kind := range letter.Kinds() {
			require.NoError(t, letter.PDF(hash, sample(t, kind)))
			require.NoError(t, letter.DOCX(hash, sample(t, kind)))
		}
		return "sums " + hex.EncodeToString(hash.Sum(nil))
	}
	if os.Getenv(child) != "" {
		fmt.Println(sums()) // the parent reads it
		return
	}
	t.Parallel()
	run := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1")
	run.Env = append(os.Environ(), child+"=1", "TZ=Asia/Jayapura", "LANG=id_ID.UTF-8")
	out, err := run.CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Contains(t, string(out), sums())
}

func TestTheCodeOnThePrintedPageLeadsToTheVerification(t *testing.T) {
	t.Parallel()
	l := sample(t, letter.ThirdWarning)
	bitmap, err := gozxing.NewBinaryBitmapFromImage(printed(t, pdf(t, l)))
	require.NoError(t, err)
	read, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	require.NoError(t, err)
	require.Equal(t, l.Verify.URL, read.GetText())
}

func TestTheTextDocumentOpensAndSaysTheSameAsThePDF(t *testing.T) {
	t.Parallel()
	documents, wants := map[string][]byte{}, map[string][]byte{}
	add := func(name string, l letter.Letter) { documents[name], wants[name] = docx(t, l), pdf(t, l) }
	for _, kind := range letter.Kinds() {
		add(string(kind), sample(t, kind))
	}
	hostile := sample(t, letter.FirstWarning)
	hostile.To = []letter.Addressee{{Title: `<w:p> & "kutip" ]]> {wanted}`}}
	hostile.Wanted = "data **tebal** & <miring>"
	add("hostile", hostile)
	for name, file := range officePDFs(t, documents) {
		require.Equal(t, wordsOf(t, wants[name]), wordsOf(t, file), name)
	}
}

// wordsOf are the words of a PDF in the order of the alphabet: layouts differ.
// Of a letter of several pages each counts once, for headings are repeated.
func wordsOf(tb testing.TB, file []byte) []string {
	tb.Helper()
	pages := pagesOf(tb, file)
	var words []string
	for _, page := range pages {
		body, _, _ := strings.Cut(strings.ReplaceAll(page, "(lanjutan)", ""), "Keaslian dokumen ini")
		words = append(words, strings.FieldsFunc(body, func(r rune) bool { return unicode.IsSpace(r) || r == '-' })...) // a line may end at a hyphen
	}
	slices.Sort(words)
	if len(pages) > 1 {
		return slices.Compact(words)
	}
	return words
}

func TestALetterheadOfA4AndSerifHoldsTheSameLetter(t *testing.T) {
	t.Parallel()
	l := sample(t, letter.FirstWarning)
	l.Head.Size, l.Head.Family, l.Head.Points, l.Head.Logo = paper.A4, paper.Serif, 12, nil
	l.Head.Margins = paper.Margins{Top: 15, Right: 25, Bottom: 20, Left: 30}
	require.Len(t, pagesOf(t, pdf(t, l)), 1)
	require.Contains(t, string(pdf(t, l)), "/MediaBox [0 0 595.28 841.89]")
}

func BenchmarkPDF(b *testing.B) {
	l := sample(b, letter.FirstWarning)
	for b.Loop() {
		if err := letter.PDF(io.Discard, l); err != nil {
			b.Fatal(err)
		}
	}
}
