package telling_test

import (
	"bytes"
	"fmt"
	"image/png"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/ledger"
	"payung/models"
	"payung/telling"
)

// kit is a kabupaten with one kecamatan of n silent villages, in the week before
// the date.
func kit(n int) ledger.TellingKit {
	d := ledger.TellingDesk{ID: "k1", Name: "Kecamatan Andoolo"}
	for i := range n {
		d.Units = append(d.Units, unit(fmt.Sprintf("Desa Contoh Nomor %d", i+1), "desa", ledger.StateOpen, "2026-12-15"))
	}
	return ledger.TellingKit{
		Agreement: models.Agreement{ID: "a1", Zone: string(calendar.WITA)}, Pemda: models.Party{Name: "Kabupaten Contoh", Email: "dpmd@contoh.go.id"},
		Period: models.Period{Year: 2027}, Group: "village_officials", Sender: models.Post{ID: "p1", Title: "Sekretaris Daerah"}, Today: "2026-12-08",
		Desks: []ledger.TellingDesk{d},
	}
}

func unit(name, kind, state, target string) ledger.ToldDuty {
	return ledger.ToldDuty{UnitName: name, UnitKind: kind, Cell: ledger.Cell{State: ledger.CellNoAnswer, Obligation: models.Obligation{ID: name, State: state, TargetOn: target}}}
}

func TestATextSaysWhoWhatByWhenAndHow(t *testing.T) {
	t.Parallel()
	k := kit(2)
	d := &k.Desks[0]
	d.Units[1] = unit("Desa *Lain*\n", "desa", ledger.StateOpen, "2026-12-20")
	d.Units = append(d.Units, unit("Desa Sudah", "desa", ledger.StateClosed, "2026-12-15"), unit("Desa Contoh Nomor 3", "desa", ledger.StateOpen, "2026-12-15"))
	parts := telling.Parts(k, *d)
	require.Len(t, parts, 1)
	require.Len(t, parts[0].Units, 3)
	require.Equal(t, `*Yth. Bapak/Ibu Kepala Desa se-Kecamatan Andoolo*

Mohon dikirim: *daftar nama kepala desa dan perangkat desa tahun 2027*, untuk perlindungan BPJS Ketenagakerjaan.
Paling lambat *Selasa, 15 Desember 2026 pukul 23.59 WITA*.

Sampai Selasa, 8 Desember 2026, 3 dari 4 belum menjawab:
1. Desa Contoh Nomor 1
2. Desa Lain (batas waktunya 20 Des 2026)
3. Desa Contoh Nomor 3

*Cara menjawab*
- Isi berkas Excel yang kami bagikan, lalu kirim ke surel dpmd@contoh.go.id atau langsung kepada pengirim pesan ini. Jangan kirim NIK di grup.
- Bila tidak ada yang didaftarkan, kirim pernyataan nihil yang sudah ditandatangani.
- Bila sudah mengirim, mohon beri tahu kami.

Terima kasih.
Sekretaris Daerah
Kabupaten Contoh`, parts[0].Text)
	link, err := url.Parse(parts[0].Link())
	require.NoError(t, err)
	require.Equal(t, "wa.me", link.Host)
	require.Equal(t, parts[0].Text, link.Query().Get("text"))
	require.NotContains(t, parts[0].Link(), "+")
}

func TestATextFollowsTheDateAndThoseItGoesTo(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*ledger.TellingKit)
		want   string
	}{
		"over": {func(k *ledger.TellingKit) { k.Today = "2026-12-17" }, "Batas waktunya *Selasa, 15 Desember 2026* sudah lewat 2 hari."},
		"undated": {func(k *ledger.TellingKit) {
			k.Desks[0].Units = []ledger.ToldDuty{unit("A", "desa", ledger.StateOpen, "")}
		}, "Batas waktunya belum ditentukan"},
		"the last day":      {func(k *ledger.TellingKit) { k.Today = "2026-12-15" }, "Paling lambat *Selasa, 15 Desember 2026 pukul 23.59 WITA*"},
		"another zone":      {func(k *ledger.TellingKit) { k.Agreement.Zone = string(calendar.WIT) }, "23.59 WIT*"},
		"made up":           {func(k *ledger.TellingKit) { k.Sample = true }, "[DATA CONTOH]"},
		"wards":             {func(k *ledger.TellingKit) { k.Desks[0].Units[0].UnitKind = "kelurahan" }, "Bapak/Ibu Kepala Desa dan Lurah se-Kecamatan Andoolo"},
		"an unknown group":  {func(k *ledger.TellingKit) { k.Group = "nelayan" }, "daftar nama nelayan tahun 2027"},
		"nobody signs":      {func(k *ledger.TellingKit) { k.Sender = models.Post{} }, "Terima kasih.\nKabupaten Contoh"},
		"no office address": {func(k *ledger.TellingKit) { k.Pemda.Email = "" }, "lalu kirim langsung kepada pengirim"},
		"offices": {func(k *ledger.TellingKit) {
			k.Desks[0] = ledger.TellingDesk{ID: ledger.Offices, Units: []ledger.ToldDuty{unit("Dinas A", "opd", ledger.StateOpen, "2026-12-15"), unit("Kecamatan B", "kecamatan", ledger.StateOpen, "2026-12-15")}}
		}, "Bapak/Ibu Kepala OPD dan Camat se-Kabupaten Contoh"},
	} {
		k := kit(3)
		c.change(&k)
		require.Contains(t, telling.Parts(k, k.Desks[0])[0].Text, c.want, name)
	}
}

func TestNobodyIsToldWhoHasAnswered(t *testing.T) {
	t.Parallel()
	k := kit(2)
	k.Desks[0].Units[0].Cell.Obligation.State = ledger.StateClosed
	k.Desks[0].Units[1].Cell.Obligation.PausedAt = 1
	require.Empty(t, telling.Parts(k, k.Desks[0]))
}

func TestALongTextIsSplitAndNumbered(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 12, 57, 90, 300, 852} {
		k := kit(n)
		k.Pemda.Name = strings.Repeat("é", 200)
		for i := range k.Desks[0].Units {
			k.Desks[0].Units[i].UnitName += strings.Repeat(" Panjang", i%9)
		}
		parts := telling.Parts(k, k.Desks[0])
		named := 0
		for i, p := range parts {
			require.LessOrEqual(t, utf8.RuneCountInString(p.Text), ledger.TellingLimit)
			require.Equal(t, []int{i + 1, len(parts)}, []int{p.Number, p.Of})
			require.Equal(t, len(parts) > 1, strings.Contains(p.Text, fmt.Sprintf("(bagian %d dari %d)", i+1, len(parts))))
			for _, u := range p.Units {
				named++
				require.Contains(t, p.Text, fmt.Sprintf("\n%d. %s\n", named, u.UnitName))
			}
		}
		require.Equal(t, n, named, "each village stands in one text")
		require.LessOrEqual(t, len(parts), 1+n/30)
	}
}

// Konawe Selatan has 25 kecamatan; its villages are told with one text each.
func TestAKabupatenNeedsNoMoreTextsThanKecamatan(t *testing.T) {
	t.Parallel()
	texts := 0
	for n := 289; n > 0; n -= 12 {
		k := kit(min(n, 12))
		texts += len(telling.Parts(k, k.Desks[0]))
	}
	require.Equal(t, 25, texts)
}

func TestAPictureIsReadOnAPhone(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 41} {
		k := kit(n)
		d := k.Desks[0]
		for i := range d.Units {
			c := &d.Units[i].Cell
			c.State = ledger.CellStates()[i%len(ledger.CellStates())]
			c.DaysLate = 3
		}
		require.Equal(t, (n+39)/40, telling.Pictures(d))
		for page := range telling.Pictures(d) {
			file, err := telling.Picture(k, d, page+1)
			require.NoError(t, err)
			require.LessOrEqual(t, len(file), 200<<10)
			again, err := telling.Picture(k, d, page+1)
			require.NoError(t, err)
			require.Equal(t, file, again, "the same state gives the same bytes")
			image, err := png.Decode(bytes.NewReader(file))
			require.NoError(t, err)
			require.GreaterOrEqual(t, image.Bounds().Dx(), 640)
		}
	}
}
