package demo

import "payung/api"

// sulawesiTenggara2018 is what zonasultra.com reported on 4 October 2018: the
// province hands over a certificate; seven bodies protect 7,431 non-ASN, eleven
// regions nobody.
func (w *world) sulawesiTenggara2018() error {
	const day = "2018-10-04"
	src, err := w.source(api.SourceInput{
		Title: "Pemprov Sultra lindungi pegawai non-ASN", Publisher: "zonasultra.com", PublishedOn: day,
		SaidBy: "Kepala BPJS Ketenagakerjaan Cabang Kendari", RegionCode: "74",
	})
	if err != nil {
		return err
	}
	branch, err := w.kendari()
	if err != nil {
		return err
	}
	province, err := w.staff(api.PartyInput{Kind: "pemda", Name: "Pemerintah Provinsi Sulawesi Tenggara", ShortName: "Sultra", RegionCode: "74"}, "Gubernur")
	if err != nil {
		return err
	}
	setda, err := post[api.List[api.Unit]](w.client, "/parties/"+province.party.ID+"/units", api.UnitsInput{Units: []api.UnitInput{
		{Kind: "secretariat", Name: "Sekretariat Daerah Provinsi", HeadTitle: "Kepala Biro Umum", ReportsTo: province.sekda.ID},
	}})
	if err != nil {
		return err
	}
	a, err := w.agree(api.AgreementInput{
		Title: "Perlindungan pegawai non-ASN Provinsi 2018", PemdaPartyID: province.party.ID, BPJSPartyID: branch.ID,
		ImportedOn: string(w.today), Historical: true, SourceID: src.ID,
		Lines: []api.LineInput{{GroupCode: "non_asn", Programmes: []string{"JKK", "JKM"}, FundingSource: "apbd_province", SourceID: src.ID}},
	})
	if err != nil {
		return err
	}
	for _, r := range []struct {
		code, name string
		people     int64
	}{
		{"74.71", "Kota Kendari", 1135},
		{"74.06", "Kabupaten Bombana", 1285},
		{"74.02", "Konawe", 3301},
		{"74.05", "Konawe Selatan (Konsel)", 202},
		{"74.01", "Kolaka", 295},
		{"74.11", "Kolaka Timur (Koltim)", 236},
	} {
		err := w.report("", src.ID, api.FigureInput{
			SubjectKind: "region", SubjectID: r.code, SubjectName: r.name, GroupCode: "non_asn", Measure: "people_protected", Value: r.people,
			Definition: "pegawai non-ASN yang sudah terlindungi menurut data BPJS Ketenagakerjaan", On: on(day),
		})
		if err != nil {
			return err
		}
	}
	// The article words its own number twice, about different bodies.
	err = w.report(a.ID, src.ID,
		api.FigureInput{
			SubjectKind: "unit", SubjectID: setda.Items[0].ID, SubjectName: "Sekretariat Daerah (Setda) Provinsi", GroupCode: "non_asn", Measure: "people_protected",
			Value: 977, Definition: "pegawai non-ASN yang dilindungi dalam dua program, JKK dan JKM", On: on(day),
		},
		api.FigureInput{
			SubjectKind: "region", SubjectID: "74", SubjectName: "Pemprov Sultra", GroupCode: "non_asn", Measure: "people_protected", Value: 977,
			Definition: "pegawai non-ASN yang sudah terlindungi menurut data BPJS Ketenagakerjaan", On: on(day),
		},
		api.FigureInput{
			SubjectKind: "agreement", GroupCode: "non_asn", Measure: "people_protected_total", Value: 7431,
			Definition: "pegawai non-ASN se-Sultra yang sudah terlindungi: provinsi dan enam kabupaten/kota", On: on(day),
		})
	if err != nil {
		return err
	}
	if err := w.happen(a.ID, src.ID, api.HappeningInput{
		Kind: "certificate", GroupCode: "non_asn", On: on(day), Text: "Sertifikat kepesertaan diserahkan kepada Pemerintah Provinsi di Hotel Grand Clarion Kendari",
	}); err != nil {
		return err
	}
	for _, code := range []string{"74.07", "74.72", "74.03", "74.13", "74.04", "74.15", "74.14", "74.08", "74.10", "74.09", "74.12"} {
		_, err := post[api.Prospect](w.client, "/prospects", api.ProspectInput{RegionCode: code, GroupCode: "non_asn", NextStep: "briefing", On: day, SourceID: src.ID})
		if err != nil {
			return err
		}
	}
	return nil
}
