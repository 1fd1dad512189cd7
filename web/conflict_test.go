package web_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/ledger"
)

var (
	hiddenRow  = regexp.MustCompile(`name="row" value="([^"]+)"`)
	conflictID = regexp.MustCompile(`action="/conflicts/([^/"]+)/decide"`)
)

func TestWhoIsListedTwiceIsDecidedOnce(t *testing.T) {
	t.Parallel()
	c := counting(t, 3)
	c.shows("/conflicts", "Tidak ada yang ganda Begitu sebuah daftar diterima")
	c.accepted(0, names("Daftar", 1, 5))
	c.accepted(1, names("Daftar", 4, 8))
	body := c.shows("/conflicts", "Desa 001, Kecamatan Andoolo", "Desa 002, Kecamatan Buke", "Perlu keputusan 2 orang", "tidak ada aturan yang memutuskan")
	ids := conflictID.FindAllStringSubmatch(body, -1)
	require.Len(t, ids, 2)

	path := "/conflicts/" + ids[0][1] + "/decide"
	none := c.refused(path, "reason", "disepakati <b>", "back", "state=open")
	require.Contains(t, text(none), "Sebutkan sedikitnya satu daftar")
	require.Contains(t, none, `value="disepakati &lt;b&gt;"`)
	without := c.refused(path, "keeps", c.duties[0].ID)
	require.Contains(t, without, `value="`+c.duties[0].ID+`" checked`)
	require.Contains(t, c.refused(path, "keeps", "bukan", "reason", "x"), "Sebutkan sedikitnya satu daftar")
	require.Equal(t, "/conflicts?done=conflict&state=open", c.sent(path, "keeps", c.duties[0].ID, "reason", "Kepala desa sepakat", "back", "state=open"))
	c.shows("/conflicts?state=decided", "tetap di sini", "keluar dari sini", "Diputuskan operator: Kepala desa sepakat")
	require.Contains(t, text(c.refused(path, "keeps", c.duties[0].ID, "reason", "x", "back", "state=decided")), "Sudah diputuskan")
	require.Contains(t, text(c.page("/lists/"+c.duties[1].ID)), "Di daftar sekarang 4 orang")

	// A village sees its own side, and that the decision is not its own.
	c.actor = ledger.Actor{Name: "desa", Reach: ledger.Units, ProvinceCode: "74", RegencyCode: "74.05", UnitIDs: []string{c.units[0].ID}}
	own := text(c.page("/conflicts"))
	require.Contains(t, own, "Desa 001, Kecamatan Andoolo")
	require.Contains(t, own, "1 tempat lain milik OPD atau desa lain")
	require.Contains(t, own, "Pemda yang memutuskan")
	require.NotContains(t, own, "Desa 002")
	res, _ := c.post("/conflicts/"+ids[1][1]+"/decide", "keeps", c.duties[0].ID, "reason", "milik kami")
	require.Equal(t, 403, res.StatusCode)
	c.actor.UnitIDs = []string{c.units[2].ID}
	require.Contains(t, text(c.page("/conflicts")), "Tidak ada yang ganda")
}

func TestARuleDecidesManyAtOnce(t *testing.T) {
	t.Parallel()
	c := counting(t, 2)
	c.accepted(0, names("Daftar", 1, 5))
	c.accepted(1, names("Daftar", 4, 8))
	// The rule leaves these to people: nothing is decided, and the page says so.
	require.Equal(t, "/conflicts?done=by_rule", c.sent("/conflicts/rule", "rule", "somebody_decides", "agreement", c.agreement.ID, "reason", "sesuai aturan"))
	require.Contains(t, text(c.page("/conflicts")), "Perlu keputusan 2 orang")
	body := c.refused("/conflicts/rule", "rule", "somebody_decides", "agreement", c.agreement.ID)
	require.Contains(t, body, `role="alert"`)
}
