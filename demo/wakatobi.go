package demo

import (
	"payung/api"
	"payung/domain/calendar"
)

// wakatobi2022 is what sultrakini.com reported of the signing on 21 March 2022:
// 28,000 people ready to be enrolled, none of them protected by a signature.
func (w *world) wakatobi2022() error {
	const day = "2022-03-21"
	src, err := w.source(api.SourceInput{
		Title: "Pemda Wakatobi dan BP Jamsostek teken kerja sama", Publisher: "sultrakini.com", PublishedOn: day, SaidBy: "Bupati Wakatobi", RegionCode: "74.07",
	})
	if err != nil {
		return err
	}
	branch, err := w.branch("BPJS Ketenagakerjaan Sulawesi Tenggara", "74")
	if err != nil {
		return err
	}
	baubau, err := w.branch("BPJS Ketenagakerjaan Cabang Baubau", "74.72")
	if err != nil {
		return err
	}
	wakatobi, err := w.pemda("74.07", 10)
	if err != nil {
		return err
	}
	a, err := w.agree(api.AgreementInput{
		Title: "PKS optimalisasi jaminan sosial ketenagakerjaan 2022", PemdaPartyID: wakatobi.party.ID, BPJSPartyID: branch.ID, ServingPartyID: baubau.ID,
		ImportedOn: string(w.today), Historical: true, SourceID: src.ID,
		Lines: []api.LineInput{
			{GroupCode: "vulnerable", Programmes: []string{"JKK", "JKM"}, FundingSource: "apbd_regency", Wage: 1_000_000, SourceID: src.ID},
			{GroupCode: "non_asn", Programmes: []string{"JKK", "JKM"}, FundingSource: "apbd_regency", SourceID: src.ID},
			{GroupCode: "asn_korpri", Programmes: []string{"JKK", "JKM"}, FundingSource: "self", Planned: true, SourceID: src.ID},
		},
	})
	if err != nil {
		return err
	}
	if _, err := post[api.Meeting](w.client, "/agreements/"+a.ID+"/meetings", api.MeetingInput{
		HeldOn: about("2022-03-01", calendar.Early), Agenda: "Pertemuan Kepala BP Jamsostek Sultra dan Bupati Wakatobi", SourceID: src.ID,
	}); err != nil {
		return err
	}
	if _, err := post[api.List[api.Signature]](w.client, "/agreements/"+a.ID+"/signatures", api.SigningInput{
		SignedOn: on(day), Place: "Aula Taman Budaya Pesanggrahan Wakatobi", SourceID: src.ID,
		Signatures: []api.SignatureInput{
			{PartyID: wakatobi.party.ID, PostTitle: "Bupati Wakatobi"},
			{PartyID: branch.ID, PostTitle: "Kepala Cabang BP Jamsostek Sultra"},
			{Witness: true, PostTitle: "Wakil Bupati Wakatobi"},
			{Witness: true, PostTitle: "Kepala BP Jamsostek Cabang Baubau"},
			{Witness: true, PostTitle: "Camat se-Kabupaten Wakatobi"},
			{Witness: true, PostTitle: "Forkopimda"},
		},
	}); err != nil {
		return err
	}
	return w.report(a.ID, src.ID,
		api.FigureInput{GroupCode: "vulnerable", Measure: "people_ready", Value: 25_000, About: true, Definition: "pekerja rentan yang siap didaftarkan; akan bertambah", On: on(day)},
		api.FigureInput{GroupCode: "non_asn", Measure: "people_ready", Value: 3_000, About: true, Definition: "pegawai non-ASN yang siap didaftarkan; akan bertambah", On: on(day)})
}
