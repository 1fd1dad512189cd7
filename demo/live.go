package demo

import (
	"fmt"
	"time"

	"payung/api"
	"payung/domain/calendar"
	"payung/domain/nik"
	"payung/domain/obligation"
)

// day is a day of the year the live part happens in.
func (w *world) day(monthDay string) string { return fmt.Sprintf("%d-%s", w.today.Year(), monthDay) }

func (w *world) in(days int) string { return string(w.today.Add(days)) }

// soon is the usual ladder with one more step shortly after the demo was
// loaded, so that there is a message to read at once.
func (w *world) soon(target calendar.Day) *obligation.Ladder {
	l := obligation.Default()
	left := target.End(calendar.WITA).Sub(w.now.Add(90*time.Second)) / time.Second
	l.Code = "contoh"
	l.Steps = append([]obligation.Step{{Code: "contoh", Offset: obligation.Offset(fmt.Sprintf("-PT%dS", left)), Tone: obligation.Reminder}}, l.Steps...)
	return &l
}

// konaweUtaraNow is an agreement under way: this year's lists are with BPJS but
// for six villages, next year's are asked for, the renewal is open.
func (w *world) konaweUtaraNow() error {
	konut, err := w.pemda("74.09", 20)
	if err != nil {
		return err
	}
	branch, err := w.kendari()
	if err != nil {
		return err
	}
	target := w.today.Add(8)
	a, err := w.agree(api.AgreementInput{
		Title: fmt.Sprintf("PKS aparat desa %d", w.today.Year()), PemdaPartyID: konut.party.ID, BPJSPartyID: branch.ID, ImportedOn: string(w.today), Ladder: w.soon(target),
		Lines:   []api.LineInput{{GroupCode: "village_officials", FundingSource: "apbdes", Wage: 3_073_551}},
		Numbers: []api.NumberInput{{IssuerPartyID: konut.party.ID, Year: w.today.Year(), Number: "CONTOH/119/01/BAK"}, {IssuerPartyID: branch.ID, Year: w.today.Year(), Number: "CONTOH/PER/12"}},
	})
	if err != nil {
		return err
	}
	if err := w.groundwork(a.ID, "74.09", "Bupati Konawe Utara", konut.party.ID, branch.ID); err != nil {
		return err
	}
	year, err := post[api.Year](w.client, "/agreements/"+a.ID+"/years", api.RecordedYearInput{YearInput: api.YearInput{
		LineID: a.Lines[0].ID, Year: w.today.Year(), KindOfUnit: "desa", TargetOn: w.day("02-27"), FatalOn: w.day("03-31"),
	}})
	if err != nil {
		return err
	}
	if err := w.answered(a.ID, year.ID, len(konut.villages)-6); err != nil {
		return err
	}
	if err := w.told(a.ID, year.ID, "letter", min(w.day("02-06"), string(w.today)), "CONTOH/140/07/DPMD, kepada semua desa"); err != nil {
		return err
	}
	for i, v := range konut.villages[:3] {
		bill, err := post[api.Bill](w.client, "/agreements/"+a.ID+"/bills", api.BillInput{YearID: year.ID, UnitID: v.ID, FromMonth: w.day("01"), Months: 12})
		if err != nil {
			return err
		}
		_, err = post[api.Bill](w.client, "/bills/"+bill.ID+"/payments", api.PaymentInput{Amount: bill.Total, Reference: "CONTOH-SP2D-" + v.RegionCode, On: on(w.day("03-12"))})
		if err != nil {
			return err
		}
		// Paid does not mean protected: BPJS says so, for two of the three.
		if i == 2 {
			continue
		}
		_, err = post[api.StatusInput](w.client, "/agreements/"+a.ID+"/statuses", api.StatusInput{
			YearID: year.ID, UnitID: v.ID, State: "protected", People: 10, Until: w.day("12-31"), On: on(w.day("03-20")),
		})
		if err != nil {
			return err
		}
	}
	if _, err := w.decide(a.ID, "open-year", api.YearInput{LineID: a.Lines[0].ID, Year: w.today.Year() + 1, KindOfUnit: "desa", TargetOn: string(target), FatalOn: w.in(22)}); err != nil {
		return err
	}
	_, err = post[api.Renewal](w.client, "/agreements/"+a.ID+"/renewals", api.RenewalInput{OwnerPostID: konut.sekda.ID})
	return err
}

// groundwork is what every live agreement rests on: an invented regulation and
// a signing.
func (w *world) groundwork(agreementID, regionCode, regent, pemda, branch string) error {
	perbup, err := w.regulation("live"+regionCode, api.RegulationInput{
		Kind: "perbup", Number: "CONTOH-1", Year: w.today.Year(), Issuer: regent, RegionCode: regionCode, InForceFrom: w.day("01-02"),
		Title: "Jaminan sosial ketenagakerjaan (data contoh)",
		Articles: []api.ArticleInput{
			{Label: "Pasal 5", Text: "Kepala desa menyampaikan daftar kepala desa dan perangkat desa", GroupCode: "village_officials"},
			{Label: "Pasal 6", Text: "Kepala OPD menyampaikan daftar pegawai non-ASN", GroupCode: "non_asn"},
			{Label: "Pasal 7", Text: "Kepala desa menyampaikan daftar pekerja rentan", GroupCode: "vulnerable"},
		},
	})
	if err != nil {
		return err
	}
	if _, err := post[api.List[api.Basis]](w.client, "/agreements/"+agreementID+"/bases", api.BasisInput{RegulationID: perbup.ID, From: on(w.day("01-02"))}); err != nil {
		return err
	}
	_, err = post[api.List[api.Signature]](w.client, "/agreements/"+agreementID+"/signatures", api.SigningInput{
		SignedOn: on(w.day("01-27")), Place: "Aula Kantor Bupati",
		Signatures: []api.SignatureInput{{PartyID: pemda, PostTitle: regent}, {PartyID: branch, PostTitle: "Kepala BPJS Ketenagakerjaan"}},
	})
	return err
}

// answered closes the first duties of a year: BPJS says it has the lists.
func (w *world) answered(agreementID, yearID string, n int) error {
	duties, err := get[api.List[api.Obligation]](w.client, "/obligations?page_size=500&agreement_id="+agreementID+"&year_id="+yearID)
	if err != nil {
		return err
	}
	for _, o := range duties.Items[:min(n, len(duties.Items))] {
		_, err := post[api.Obligation](w.client, "/obligations/"+o.ID+"/close", api.ClosingInput{How: "receiver", People: 10, On: w.day("02-20"), Note: "sudah diterima BPJS"})
		if err != nil {
			return err
		}
	}
	return nil
}

// told records that every unit of a year was asked by other means than a message
// from here. Before that nobody's silence is an answer.
func (w *world) told(agreementID, yearID, how, on, note string) error {
	_, err := post[api.ToldCount](w.client, "/agreements/"+agreementID+"/told", api.ToldInput{YearID: yearID, How: how, On: on, Note: note})
	return err
}

// konaweSelatanNow has three groups: vulnerable workers of 336 villages and the
// staff of twelve OPD are asked for next year, by decision of a meeting.
func (w *world) konaweSelatanNow() error {
	konsel, err := w.pemda("74.05", 12)
	if err != nil {
		return err
	}
	branch, err := w.branch("BPJS Ketenagakerjaan Konawe Selatan", "74.05")
	if err != nil {
		return err
	}
	target := w.today.Add(10)
	a, err := w.agree(api.AgreementInput{
		Title: fmt.Sprintf("PKS non-ASN dan pekerja rentan %d–%d", w.today.Year(), w.today.Year()+1), PemdaPartyID: konsel.party.ID, BPJSPartyID: branch.ID,
		ImportedOn: string(w.today), Ladder: w.soon(target),
		Lines: []api.LineInput{
			{GroupCode: "vulnerable", FundingSource: "apbdes", Wage: 1_000_000, TargetMinimum: 16_800, TargetHope: 33_600, BudgetCeiling: 3_386_880_000},
			{GroupCode: "non_asn", FundingSource: "apbd_regency", Wage: 3_073_551},
		},
	})
	if err != nil {
		return err
	}
	if err := w.groundwork(a.ID, "74.05", "Bupati Konawe Selatan", konsel.party.ID, branch.ID); err != nil {
		return err
	}
	if _, err := w.decide(a.ID, "record-meeting", api.MeetingInput{
		HeldOn: on(w.in(-3)), Place: "Aula Kantor Bupati", ChairedBy: "Wakil Bupati", Agenda: "Persiapan tahun anggaran berikutnya",
		Present: ids(konsel.opd[:10]), Absent: ids(konsel.opd[10:]),
		Decisions: []api.MeetingDecisionInput{{
			Text: "Setiap OPD menunjuk petugas penghubung", Task: &api.TaskInput{Kind: "task", GroupCode: "non_asn", UnitIDs: ids(konsel.opd), TargetOn: w.in(2)},
		}},
	}); err != nil {
		return err
	}
	next := w.today.Year() + 1
	villages, err := w.decide(a.ID, "open-year", api.YearInput{LineID: a.Lines[0].ID, Year: next, KindOfUnit: "desa", TargetOn: string(target), FatalOn: w.in(30)})
	if err != nil {
		return err
	}
	if err := w.told(a.ID, villages.Made["period"], "group", string(w.today), "grup WhatsApp kepala desa di tiap kecamatan"); err != nil {
		return err
	}
	d, err := w.decide(a.ID, "open-year", api.YearInput{LineID: a.Lines[1].ID, Year: next, KindOfUnit: "opd", TargetOn: string(target), FatalOn: w.in(30)})
	if err != nil {
		return err
	}
	return w.handIn(a.ID, d.Made["period"])
}

// handIn has two OPD hand in lists of invented people, and a third say that it
// has nobody.
func (w *world) handIn(agreementID, yearID string) error {
	duties, err := get[api.List[api.Obligation]](w.client, "/obligations?page_size=500&agreement_id="+agreementID+"&year_id="+yearID)
	if err != nil {
		return err
	}
	for i, o := range duties.Items[:2] {
		var rows []api.RosterRowInput
		for n := range 25 {
			born := calendar.NewDay(1975+n, time.Month(1+n%12), 1+n)
			sex := "male"
			if n%2 == 1 {
				sex = "female"
			}
			rows = append(rows, api.RosterRowInput{
				NIK: nik.Synthetic(101, born, n%2 == 1, 100*i+n+1).Reveal(), Name: fmt.Sprintf("Contoh %s %02d", string(rune('A'+i)), n+1),
				Born: string(born), Sex: sex, Wage: 3_073_551,
			})
		}
		if _, err := post[any](w.client, "/obligations/"+o.ID+"/rosters", api.RosterInput{Rows: rows}); err != nil {
			return err
		}
	}
	_, err = post[api.Obligation](w.client, "/obligations/"+duties.Items[2].ID+"/close", api.ClosingInput{How: "nihil", Signatory: "Kepala Dinas (contoh)"})
	return err
}

// wakatobiNow has met and has its regulation; nobody has signed yet.
func (w *world) wakatobiNow() error {
	wakatobi, err := w.pemda("74.07", 10)
	if err != nil {
		return err
	}
	branch, err := w.branch("BPJS Ketenagakerjaan Cabang Baubau", "74.72")
	if err != nil {
		return err
	}
	a, err := w.agree(api.AgreementInput{
		Title: fmt.Sprintf("Rancangan PKS pekerja rentan %d", w.today.Year()+1), PemdaPartyID: wakatobi.party.ID, BPJSPartyID: branch.ID,
		Lines: []api.LineInput{
			{GroupCode: "vulnerable", FundingSource: "apbd_regency", Wage: 1_000_000, TargetMinimum: 25_000},
			{GroupCode: "asn_korpri", FundingSource: "self", Planned: true, PlannedFor: fmt.Sprint(w.today.Year() + 1)},
		},
	})
	if err != nil {
		return err
	}
	_, err = w.decide(a.ID, "record-meeting", api.MeetingInput{
		HeldOn: on(w.in(-1)), Place: "Kantor Bupati Wakatobi", ChairedBy: "Bupati", Agenda: "Audiensi",
		Decisions: []api.MeetingDecisionInput{{
			Text: "Bagian Hukum menyiapkan rancangan Perbup",
			Task: &api.TaskInput{Kind: "regulation_draft", GroupCode: "vulnerable", UnitIDs: []string{wakatobi.opd[4].ID}, TargetOn: w.in(21)},
		}},
	})
	return err
}
