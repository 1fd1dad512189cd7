package demo

import (
	"payung/api"
	"payung/domain/calendar"
)

// konaweSelatan2021 is what suryametro.id reported on 27 October 2021: the
// regulation was there before the meeting.
func (w *world) konaweSelatan2021() error {
	const day = "2021-10-27"
	src, err := w.source(api.SourceInput{
		Title: "Pemkab Konsel prioritaskan perlindungan Jamsostek", Publisher: "suryametro.id", PublishedOn: day, SaidBy: "Kepala BPJS Ketenagakerjaan Konsel", RegionCode: "74.05",
	})
	if err != nil {
		return err
	}
	other, err := w.source(api.SourceInput{Title: "Perbup Konsel tentang jaminan sosial ketenagakerjaan", Publisher: "sultrakini.com", PublishedOn: day, RegionCode: "74.05"})
	if err != nil {
		return err
	}
	branch, err := w.branch("BPJS Ketenagakerjaan Sulawesi Tenggara", "74")
	if err != nil {
		return err
	}
	local, err := w.branch("BPJS Ketenagakerjaan Konawe Selatan", "74.05")
	if err != nil {
		return err
	}
	konsel, err := w.pemda("74.05", 12)
	if err != nil {
		return err
	}
	leads := []string{konsel.opd[0].ID, konsel.opd[1].ID, konsel.opd[2].ID, ""} // "empat OPD", three of them named
	a, err := w.agree(api.AgreementInput{
		Title: "KSO non-ASN, aparat desa dan pekerja rentan 2021", PemdaPartyID: konsel.party.ID, BPJSPartyID: branch.ID, ServingPartyID: local.ID,
		ImportedOn: string(w.today), Historical: true, SourceID: src.ID,
		Lines: []api.LineInput{
			{GroupCode: "non_asn", FundingSource: "apbd_regency", LeadUnitIDs: leads, Destination: "bpjs", SourceID: src.ID},
			{GroupCode: "village_officials", FundingSource: "apbdes", LeadUnitIDs: leads, Destination: "bpjs", SourceID: src.ID},
			{GroupCode: "vulnerable", FundingSource: "apbd_regency", LeadUnitIDs: leads, Destination: "bpjs", SourceID: src.ID},
		},
	})
	if err != nil {
		return err
	}
	if err := w.konselBases(a.ID, src, other); err != nil {
		return err
	}
	_, err = post[api.Meeting](w.client, "/agreements/"+a.ID+"/meetings", api.MeetingInput{
		HeldOn: on(day), Place: "Kantor Bupati Konawe Selatan, Andoolo", ChairedBy: "Wakil Bupati", SourceID: src.ID,
		Agenda: "Kepesertaan BPJS Ketenagakerjaan untuk pegawai non-ASN dan pekerja rentan", Present: ids(konsel.opd),
		Decisions: []api.MeetingDecisionInput{{
			Text: "Kepala OPD segera melaporkan data pegawai non-ASN, aparat desa dan pekerja rentan langsung kepada BPJS Ketenagakerjaan Konsel",
			Task: &api.TaskInput{Kind: "task", GroupCode: "non_asn", UnitIDs: ids(konsel.opd), Destination: "bpjs"},
		}},
	})
	if err != nil {
		return err
	}
	err = w.report(a.ID, src.ID,
		api.FigureInput{GroupCode: "village_officials", Measure: "villages_registered", Value: 47, Definition: "desa yang sudah mendaftarkan aparat desanya, dari 336 desa", On: on(day)},
		api.FigureInput{GroupCode: "village_officials", Measure: "villages", Value: 336, Definition: "desa yang ada di Konawe Selatan", On: on(day)},
		api.FigureInput{GroupCode: "village_officials", Measure: "villages_not_registered", Value: 289, Definition: "desa yang belum terdaftar (336 dikurangi 47)", On: on(day)},
		api.FigureInput{GroupCode: "non_asn", Measure: "people", Value: 3000, Definition: "pegawai non-ASN pada Pemda, di luar pekerja rentan", On: on(day)})
	if err != nil {
		return err
	}
	return w.happen(a.ID, src.ID, api.HappeningInput{
		Kind: "statement", On: on(day), Programme: "JKM", Amount: 42_000_000, Text: "Manfaat yang disebut: santunan kematian Rp42.000.000 dan beasiswa untuk dua orang anak",
	})
}

// konselBases are the regulations of 2021. Two sources cite the Perbup with
// different numbers; both citations stay.
func (w *world) konselBases(agreementID string, src, other api.Source) error {
	inpres, err := w.inpres2021(src)
	if err != nil {
		return err
	}
	perbup, err := w.perbup24(src, other)
	if err != nil {
		return err
	}
	for _, b := range []api.BasisInput{
		{RegulationID: inpres.ID, From: on("2021-03-25"), SourceID: src.ID},
		{RegulationID: perbup.ID, GroupCodes: []string{"non_asn", "vulnerable"}, From: about("2021-01-01", calendar.Yearly), SourceID: src.ID},
	} {
		if _, err := post[api.List[api.Basis]](w.client, "/agreements/"+agreementID+"/bases", b); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) inpres2021(src api.Source) (api.Regulation, error) {
	return w.regulation("inpres", api.RegulationInput{
		Kind: "inpres", Number: "2", Year: 2021, Issuer: "Presiden", InForceFrom: "2021-03-25", SourceID: src.ID,
		Title: "Optimalisasi Pelaksanaan Program Jaminan Sosial Ketenagakerjaan",
	})
}

func (w *world) perbup24(src, other api.Source) (api.Regulation, error) {
	return w.regulation("perbup24", api.RegulationInput{
		Kind: "perbup", Number: "24", Year: 2021, Issuer: "Bupati Konawe Selatan", RegionCode: "74.05", SourceID: src.ID,
		InForceFrom: "2021-01-01", FromPrecision: string(calendar.Yearly),
		Title:    "Jaminan Sosial Ketenagakerjaan bagi Pegawai Non-ASN dan Pekerja Rentan yang Dibiayai APBD",
		Articles: []api.ArticleInput{{Label: "OPD teknis", Text: "BKPSDM, DPMD dan Disnakertrans mengurusi program jaminan sosial", DutyRole: "personnel_lead"}},
		Citations: []api.CitationInput{
			{SourceID: src.ID, Number: "24", Year: 2021}, {SourceID: other.ID, Number: "21", Year: 2021},
		},
	})
}

// regulation records a regulation once and remembers it.
func (w *world) regulation(name string, in api.RegulationInput) (api.Regulation, error) {
	if r, ok := w.regulations[name]; ok {
		return r, nil
	}
	r, err := post[api.Regulation](w.client, "/regulations", in)
	if w.regulations == nil {
		w.regulations = map[string]api.Regulation{}
	}
	w.regulations[name] = r
	return r, err
}

// konaweSelatan2023 is what ANTARA reported of the signing on 27 January 2023: a
// continuation, on two regulations side by side, with three different numbers
// of vulnerable workers.
func (w *world) konaweSelatan2023() error {
	const day = "2023-01-27"
	src, err := w.source(api.SourceInput{
		Title: "Konawe Selatan kembali lindungi aparat desa", Publisher: "ANTARA", PublishedOn: day, SaidBy: "Bupati Konawe Selatan", RegionCode: "74.05",
	})
	if err != nil {
		return err
	}
	branch, err := w.branch("BPJS Ketenagakerjaan Konawe Selatan", "74.05")
	if err != nil {
		return err
	}
	konsel, err := w.pemda("74.05", 12)
	if err != nil {
		return err
	}
	a, err := w.agree(api.AgreementInput{
		Title: "PKS aparat desa, BPD, non-ASN dan pekerja rentan 2023", PemdaPartyID: konsel.party.ID, BPJSPartyID: branch.ID,
		ImportedOn: string(w.today), Historical: true, SourceID: src.ID,
		Lines: []api.LineInput{
			{GroupCode: "village_officials", FundingSource: "apbdes", SourceID: src.ID},
			{GroupCode: "village_council", FundingSource: "apbdes", SourceID: src.ID},
			{GroupCode: "non_asn", FundingSource: "apbd_regency", SourceID: src.ID},
			{
				GroupCode: "vulnerable", FundingSource: "apbdes", Wage: 1_000_000, SourceID: src.ID,
				TargetMinimum: 16_800, TargetHope: 33_600, BudgetCeiling: 3_386_880_000,
			},
		},
	})
	if err != nil {
		return err
	}
	perbup99, err := w.regulation("perbup99", api.RegulationInput{
		Kind: "perbup", Number: "99", Year: 2022, Issuer: "Bupati Konawe Selatan", RegionCode: "74.05", SourceID: src.ID,
		InForceFrom: "2022-01-01", FromPrecision: string(calendar.Yearly), Title: "Kepesertaan kepala desa, aparat desa dan BPD",
	})
	if err != nil {
		return err
	}
	perbup24, err := w.perbup24(src, src)
	if err != nil {
		return err
	}
	inpres, err := w.inpres2021(src)
	if err != nil {
		return err
	}
	extreme, err := w.regulation("inpres4", api.RegulationInput{
		Kind: "inpres", Number: "4", Year: 2022, Issuer: "Presiden", InForceFrom: "2022-06-08", Title: "Percepatan Penghapusan Kemiskinan Ekstrem", SourceID: src.ID,
	})
	if err != nil {
		return err
	}
	for _, b := range []api.BasisInput{
		{RegulationID: inpres.ID, From: on("2021-03-25"), SourceID: src.ID},
		{RegulationID: perbup24.ID, GroupCodes: []string{"non_asn", "vulnerable"}, From: about("2021-01-01", calendar.Yearly), SourceID: src.ID},
		{RegulationID: perbup99.ID, GroupCodes: []string{"village_officials", "village_council"}, From: about("2022-01-01", calendar.Yearly), SourceID: src.ID},
		{RegulationID: extreme.ID, GroupCodes: []string{"vulnerable"}, From: on("2022-06-08"), SourceID: src.ID},
	} {
		if _, err := post[api.List[api.Basis]](w.client, "/agreements/"+a.ID+"/bases", b); err != nil {
			return err
		}
	}
	if _, err := post[api.List[api.Signature]](w.client, "/agreements/"+a.ID+"/signatures", api.SigningInput{
		SignedOn: on(day), Place: "Andoolo", SourceID: src.ID,
		Signatures: []api.SignatureInput{{PartyID: konsel.party.ID, PostTitle: "Bupati Konawe Selatan"}, {PartyID: branch.ID, PostTitle: "Kepala BPJS Ketenagakerjaan Konawe Selatan"}},
	}); err != nil {
		return err
	}
	err = w.report(a.ID, src.ID,
		api.FigureInput{GroupCode: "vulnerable", Measure: "target_per_village", Value: 50, Definition: "pekerja rentan per desa, paling sedikit", On: on(day)},
		api.FigureInput{GroupCode: "vulnerable", Measure: "hope_per_village", Value: 100, Definition: "pekerja rentan per desa, harapan Bupati", On: on(day)},
		api.FigureInput{GroupCode: "vulnerable", Measure: "people_target", Value: 16_800, Definition: "pekerja rentan bila setiap desa melindungi 50 orang (336 desa)", On: on(day)},
		api.FigureInput{GroupCode: "village_officials", Measure: "since", Value: 2022, Definition: "tahun sejak kepala desa, aparat desa dan BPD terdaftar", On: about("2022-01-01", calendar.Since)})
	if err != nil {
		return err
	}
	return w.happen(a.ID, src.ID, api.HappeningInput{
		Kind: "statement", On: on(day), Text: "Bupati berharap pendataan honorer dan pekerja rentan tuntas sebelum akhir Februari 2023",
	})
}
