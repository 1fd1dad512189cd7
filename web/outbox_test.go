package web_test

import (
	"context"
	"net/http"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/internal/mailhost"
	"payung/ledger"
	"payung/models"
	"payung/protocol"

	"payung/delivery"
	"payung/domain/calendar"
)

// reminded is an agreement whose villages have been written to on the morning a
// week before; one of them can be reached by a link only, one by mail.
func reminded(t *testing.T) (*office, models.Agreement, []models.Unit, *mailhost.Server) {
	t.Helper()
	o, s := open(t), mailhost.New(t, nil)
	a, villages := o.kabupaten("PKS 2026", 3)
	o.openYear(a, "2026-12-15")
	o.write(func(tx *ledger.Tx) error {
		posts, err := tx.Posts(a.PemdaPartyID, ledger.Page{Size: 100})
		if err != nil {
			return err
		}
		for _, p := range posts {
			in := ledger.HolderInput{Name: "Budi <b>", ValidFrom: "2026-01-01"}
			switch p.UnitID {
			case villages[0].ID:
				in.Phone = "0812-3456-789"
			case villages[1].ID:
				in.Email = "desa2@desa.example"
			default:
				continue
			}
			if _, err := tx.AssignHolder(p.ID, in); err != nil {
				return err
			}
		}
		_, err = delivery.SaveChannel(tx, a.PemdaPartyID, ledger.ChannelInput{Kind: ledger.ChannelEmail, Enabled: true, Settings: map[string]string{
			"host": s.Host, "port": s.Port, "security": "none", "from": "payung@pemda.example",
		}, Secrets: map[string]string{"password": "rahasia"}})
		return err
	})
	o.at = calendar.Day("2026-12-08").In(calendar.WITA, 8, 0)
	_, err := o.TakeSteps(t.Context(), protocol.TakeStepsInput{AgreementID: a.ID, Epoch: 1})
	require.NoError(t, err)
	_, err = o.Turn(t.Context(), ledger.Loop{Name: "bundle", Work: func(ctx context.Context, h *ledger.Hold) (bool, error) { return h.Bundle(ctx) }}, "test")
	require.NoError(t, err)
	o.at = o.at.Add(5 * time.Minute)
	return o, a, villages, s
}

func TestTheOutboxShowsWhatWentOutAndWhatWaits(t *testing.T) {
	t.Parallel()
	o, a, _, _ := reminded(t)
	body := text(o.page("/outbox"))
	for _, want := range []string{"1 pesan menunggu dikirim lewat WhatsApp Anda", "Kepala Desa 001", "WhatsApp Anda sendiri Menunggu", "Surel Menunggu"} {
		require.Contains(t, body, want)
	}
	require.Contains(t, o.page("/agreements/"+a.ID), `href="/outbox?agreement=`+a.ID+`"`)
	require.NotContains(t, text(o.page("/outbox?channel=email")), "Kepala Desa 001")
	require.Contains(t, text(o.page("/outbox?state=dead")), "Tidak ada pesan yang gagal")
	res, csv := o.get("/outbox.csv?agreement=" + a.ID)
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Contains(t, csv, "Kepala Desa 001;Desa 001;WhatsApp Anda sendiri;Menunggu;1;")
	require.NotContains(t, csv, "0812")
	one := regexp.MustCompile(`href="(/outbox/[0-9a-f-]{36})"`).FindStringSubmatch(o.page("/outbox?channel=email"))[1]
	require.Contains(t, text(o.page(one)), "Isi pesan disusun saat dikirim")
	require.Contains(t, text(o.page(one+"?lang=en")), "Message to Kepala Desa 002")
	res, _ = o.post(one + "/resend")
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	res, _ = o.get("/outbox/nobody")
	require.Equal(t, http.StatusNotFound, res.StatusCode)
}

func TestALinkIsTappedAndTickedOff(t *testing.T) {
	t.Parallel()
	o, a, villages, _ := reminded(t)
	body := o.page("/outbox/links")
	require.Contains(t, body, `href="https://wa.me/628123456789?text=Yth.`)
	require.NotContains(t, body, "Budi <b>")
	sent := regexp.MustCompile(`action="(/outbox/links/[^"]+/sent)"`).FindStringSubmatch(body)[1]
	res, _ := o.post(sent)
	require.Equal(t, "/outbox/links?done=link_sent", res.Header.Get("Location"))
	require.Contains(t, text(o.page("/outbox/links")), "Tidak ada pesan yang menunggu")
	res, again := o.post(sent)
	require.Equal(t, http.StatusConflict, res.StatusCode)
	require.Contains(t, again, "role=\"alert\"", "somebody else was faster")

	var duty models.Obligation
	for _, d := range o.rosters(a) {
		if d.UnitID == villages[0].ID {
			duty = d
		}
	}
	told := text(o.page("/obligations/" + duty.ID + "/told"))
	for _, want := range []string{"Terbukti diberitahu", "Dikirim orang lewat WhatsApp", "T-7", "disebut dalam teks"} {
		require.Contains(t, told, want)
	}
}

func TestAUnitThatWasToldOtherwiseIsRecorded(t *testing.T) {
	t.Parallel()
	o, a, _, _ := reminded(t)
	path := "/obligations/" + o.rosters(a)[2].ID + "/told"
	require.Contains(t, text(o.page(path)), "Belum terbukti diberitahu")
	require.Contains(t, o.refused(path, "how", "phone", "on", "2027-01-01", "note", "kepada Sekdes"), `value="kepada Sekdes"`, "what was typed stays")
	res, _ := o.post(path, "how", "phone", "on", "2026-12-07", "note", "kepada Sekdes")
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	require.Contains(t, text(o.page(path)), "Terbukti diberitahu, 7 Des 2026 12.00 WITA Disampaikan lewat telepon")
}

func TestAChannelIsSetUpTestedAndKeepsItsSecret(t *testing.T) {
	t.Parallel()
	o, a, _, s := reminded(t)
	path := "/settings/channels/" + a.PemdaPartyID + "/email"
	require.Contains(t, text(o.page("/settings/channels")), "Surel Lewat server surel Pemda (SMTP). Aktif")
	body := o.page(path)
	require.NotContains(t, body, "rahasia")
	require.Contains(t, text(body), "Tersimpan dan tidak ditampilkan lagi")
	wrong := o.refused(path, "enabled", "1", "host", "a b", "from", "payung@pemda.example", "password", "baru-sekali")
	require.Contains(t, wrong, `value="a b"`)
	require.NotContains(t, wrong, "baru-sekali")
	res, _ := o.post(path+"/test", "to", "x@y.example")
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	require.Equal(t, 1, s.Count())
	res, _ = o.post(path, "enabled", "1", "host", s.Host, "port", s.Port, "security", "none", "from", "payung@pemda.example", "daily_cap", "5")
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	require.Contains(t, text(o.page("/settings/channels")), "5 pesan sehari")
	s.SetDown(true)
	require.Contains(t, text(o.refused(path+"/test", "to", "x@y.example")), "the test was not taken")
	for _, kind := range []string{"whatsapp", "wa_link", "telegram", "webhook"} {
		o.page("/settings/channels/installation/" + kind + "?lang=en")
	}
	require.Contains(t, text(o.page("/settings/channels?party=installation")), "Seluruh instalasi")
	res, _ = o.get("/settings/channels/" + a.PemdaPartyID + "/pigeon")
	require.Equal(t, http.StatusNotFound, res.StatusCode)
}
