package web_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/ledger"
)

// nextDoor is another kabupaten, whose one village lists people by number.
func (c *counter) nextDoor(numbers ...int) {
	c.t.Helper()
	c.write(func(tx *ledger.Tx) error {
		pemda, err := tx.CreateParty(ledger.PartyInput{Kind: "pemda", Name: "Kabupaten Tetangga", RegionCode: "74.02"})
		if err != nil {
			return err
		}
		units, err := tx.CreateUnits(pemda.ID, []ledger.UnitInput{{Kind: "desa", Name: "Desa Seberang", HeadTitle: "Kepala Desa"}})
		if err != nil {
			return err
		}
		bpjs, err := tx.CreateParty(ledger.PartyInput{Kind: "bpjs", Name: "BPJS Kolaka", RegionCode: "74.04"})
		if err != nil {
			return err
		}
		a, err := tx.CreateAgreement(ledger.AgreementInput{
			Title: "PKS Tetangga", PemdaPartyID: pemda.ID, BPJSPartyID: bpjs.ID,
			Lines: []ledger.LineInput{{GroupCode: "vulnerable", FundingSource: "apbd_regency", Wage: 1_000_000}},
		})
		if err != nil {
			return err
		}
		lines, err := tx.Lines(a.ID)
		if err != nil {
			return err
		}
		perbup, err := tx.CreateRegulation(ledger.RegulationInput{Kind: "perbup", Number: "9", Year: 2021, Title: "Jaminan sosial", RegionCode: "74.02"})
		if err != nil {
			return err
		}
		if err := tx.RecordBasis(a.ID, ledger.BasisInput{RegulationID: perbup.ID, From: calendar.On("2021-06-01")}); err != nil {
			return err
		}
		if _, err := tx.RecordYear(a.ID, ledger.YearInput{LineID: lines[0].ID, Year: 2027, UnitIDs: []string{units[0].ID}}, ""); err != nil {
			return err
		}
		duties, err := tx.Obligations(ledger.ObligationFilter{AgreementID: a.ID, Kind: ledger.KindRoster}, ledger.Page{Size: 2})
		if err != nil {
			return err
		}
		var in ledger.RosterInput
		for _, n := range numbers {
			in.Rows = append(in.Rows, ledger.RosterRowInput{NIK: someone(n), Name: "Tetangga " + called(n)})
		}
		_, err = tx.SubmitRoster(duties[0].ID, in)
		return err
	})
}

func TestAProvinceSeesWhoIsListedInSeveralKabupaten(t *testing.T) {
	t.Parallel()
	c := counting(t, 1)
	c.accepted(0, names("Daftar", 1, 5))
	c.shows("/conflicts/across?year=2027", "Tidak ada yang ganda lintas kabupaten/kota", "Tahun 2027")
	c.nextDoor(4, 5, 6)
	c.shows("/conflicts", "Ganda lintas kabupaten/kota")
	body := c.shows("/conflicts/across?year=2027", "Kabupaten Konawe Selatan", "Kabupaten Konawe", "Desa Seberang", "Pekerja rentan", called(4), "ditulis Tetangga "+called(5), "2 daftar")
	require.NotContains(t, body, someone(4), "a NIK is shown by its last digits")
	require.NotContains(t, text(body), called(6))
	require.NotContains(t, c.page("/conflicts/across?year=2026"), called(4))
	require.Contains(t, c.page("/conflicts/across?year=2027&lang=en"), "Listed in several kabupaten")
	require.Contains(t, c.page("/conflicts/across.csv?year=2027"), "Desa Seberang")
	for _, year := range []string{"x", "0", "2101"} {
		res, _ := c.get("/conflicts/across?year=" + year)
		require.Equal(t, http.StatusNotFound, res.StatusCode, year)
	}

	c.actor = ledger.Actor{Name: "Kabupaten", Reach: ledger.Regency, ProvinceCode: "74", RegencyCode: "74.05"}
	res, _ := c.get("/conflicts/across?year=2027")
	require.Equal(t, http.StatusForbidden, res.StatusCode)
	require.NotContains(t, c.page("/conflicts"), "/conflicts/across")
	c.actor = ledger.Actor{Name: "Provinsi", Reach: ledger.Province, ProvinceCode: "74"}
	c.shows("/conflicts/across?year=2027", called(5))
	c.actor.ProvinceCode = "73"
	require.NotContains(t, c.page("/conflicts/across?year=2027"), called(5))
}
