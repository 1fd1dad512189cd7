package demo

import (
	"payung/api"
	"payung/domain/calendar"
)

// konaweUtara2019 is what ANTARA reported on 7 October 2019: villages were
// enrolled since the beginning of the year, the meeting came after.
func (w *world) konaweUtara2019() error {
	const day = "2019-10-07"
	src, err := w.source(api.SourceInput{
		Title: "Konawe Utara lindungi pegawai non-ASN dan aparat desa", Publisher: "ANTARA", PublishedOn: day,
		SaidBy: "Sekretaris Daerah", RegionCode: "74.09",
	})
	if err != nil {
		return err
	}
	branch, err := w.kendari()
	if err != nil {
		return err
	}
	konut, err := w.pemda("74.09", 20)
	if err != nil {
		return err
	}
	a, err := w.agree(api.AgreementInput{
		Title: "Jaminan sosial aparat desa dan non-ASN 2019–2020", PemdaPartyID: konut.party.ID, BPJSPartyID: branch.ID,
		ImportedOn: string(w.today), Historical: true, SourceID: src.ID,
		Lines: []api.LineInput{
			{GroupCode: "village_officials", Programmes: []string{"JKK", "JKM"}, FundingSource: "apbdes", SourceID: src.ID},
			{GroupCode: "non_asn", Programmes: []string{"JKK", "JKM"}, FundingSource: "apbd_regency", Planned: true, PlannedFor: "2020", SourceID: src.ID},
		},
	})
	if err != nil {
		return err
	}
	_, err = post[api.Meeting](w.client, "/agreements/"+a.ID+"/meetings", api.MeetingInput{
		HeldOn: on(day), Place: "Aula Konasara, Kantor Bupati Konawe Utara, Wanggudu", ChairedBy: "Sekretaris Daerah",
		Agenda: "Jaminan sosial ketenagakerjaan bagi non-ASN dan aparat desa", SourceID: src.ID,
		Present: append(ids(konut.opd), ids(konut.villages)...),
		Decisions: []api.MeetingDecisionInput{{
			Text: "Setiap OPD mendata tenaga non-ASN yang masih aktif untuk didaftarkan pada tahun anggaran 2020",
			Task: &api.TaskInput{Kind: "task", GroupCode: "non_asn", UnitIDs: ids(konut.opd)},
		}},
	})
	if err != nil {
		return err
	}
	err = w.report(a.ID, src.ID,
		api.FigureInput{
			GroupCode: "village_officials", Measure: "people_registered", Value: 1590, Definition: "aparat desa yang terdaftar, sejak awal 2019",
			On: about("2019-01-01", calendar.Since),
		},
		api.FigureInput{
			GroupCode: "village_officials", Measure: "villages_paid_year", Value: 85, Definition: "desa yang telah membayar penuh selama setahun, dari 159 desa", On: on(day),
		},
		api.FigureInput{
			GroupCode: "village_officials", Measure: "villages_in_process", Value: 74, Definition: "desa yang sedang dalam proses pengajuan, dari 159 desa", On: on(day),
		},
		api.FigureInput{GroupCode: "village_officials", Measure: "villages", Value: 159, Definition: "desa se-Kabupaten Konawe Utara", On: on(day)})
	if err != nil {
		return err
	}
	if err := w.happen(a.ID, src.ID, api.HappeningInput{
		Kind: "cards_symbolic", On: on(day), Text: "Sekretaris Daerah menyerahkan kartu BPJS Ketenagakerjaan secara simbolis",
	}); err != nil {
		return err
	}
	died := about(day, calendar.Before)
	return w.happen(a.ID, src.ID, api.HappeningInput{
		Kind: "benefit_paid", RegionCode: "74.09.01.2020", GroupCode: "village_officials", On: on(day), EventOn: &died, Programme: "JKM", Amount: 24_000_000,
		Text: "Santunan kematian kepada ahli waris seorang aparat Desa Wunduhaka",
	})
}
