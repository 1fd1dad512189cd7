package ledger_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/nik"
	"payung/ledger"
	"payung/models"
)

// victim is a kabupaten with one of everything, all of it about its first
// village where it is about a village at all.
type victim struct {
	*book
	unit       models.Unit
	post       models.Post // of the village's head
	holder     models.PostHolder
	obligation models.Obligation
	period     models.Period
	regulation models.Regulation
	source     models.Source
	notice     models.Notice
	roster     models.Roster
	person     string        // on the village's list and on no other; somebody saw the NIK
	imports    models.Import // read and waiting, of a list on which one of the people is elsewhere too
	conflict   ledger.ConflictView
	bill       models.Bill
	tally      models.Tally
	published
	enrolled
	treated
	corresponded
	dispatched
}

func newVictim(t *testing.T, url string) *victim {
	t.Helper()
	v := &victim{book: kabupaten(t, url, 2)}
	v.unit = v.units[0]
	v.openYear("2026-12-01")
	v.clock.set(wita("2026-11-24", 8))
	v.takeSteps()
	v.write(func(tx *ledger.Tx) error {
		v.source = must(tx.CreateSource(ledger.SourceInput{Kind: "news", Title: "Koran", RegionCode: "74.05"}))
		v.regulation = must(tx.CreateRegulation(ledger.RegulationInput{
			Kind: "perbup", Number: "21", Year: 2021, Title: "Perbup", RegionCode: "74.05", SourceID: v.source.ID,
			Articles:  []ledger.ArticleInput{{Label: "Pasal 5"}},
			Citations: []ledger.CitationInput{{SourceID: v.source.ID, Number: "24", Year: 2021}},
		}))
		for _, p := range must(tx.Posts(v.pemda.ID, ledger.Page{Size: 10})) {
			if p.UnitID == v.unit.ID {
				v.post = p
			}
		}
		v.holder = must(tx.AssignHolder(v.post.ID, ledger.HolderInput{Name: "Kepala Desa", Phone: "08123456789", ValidFrom: "2026-01-01"}))
		must(tx.RecordMeeting(v.agreement.ID, ledger.MeetingInput{
			On: calendar.On("2026-01-20"), Present: []string{v.unit.ID}, Decisions: []ledger.MeetingDecisionInput{{Text: "Data diserahkan"}},
		}))
		must(tx.RecordHappening(ledger.HappeningInput{AgreementID: v.agreement.ID, Kind: "audience", On: calendar.On("2026-01-20")}))
		must(tx.RecordFigure(ledger.FigureInput{
			AgreementID: v.agreement.ID, SubjectKind: "agreement", SubjectID: v.agreement.ID, Measure: "people_paid", Value: 5,
			Definition: "orang", On: calendar.On("2026-01-20"), SourceID: v.source.ID,
		}))
		must(tx.RecordProspect(ledger.ProspectInput{RegionCode: "74.05", GroupCode: "linmas", On: "2026-01-20"}))
		if err := tx.AddNumber(v.agreement.ID, ledger.NumberInput{IssuerPartyID: v.pemda.ID, Year: 2026, Number: "1"}); err != nil {
			return err
		}
		must(tx.AddLine(v.agreement.ID, ledger.LineInput{GroupCode: "vulnerable", FundingSource: "apbd_regency", LeadUnitIDs: []string{v.unit.ID}}))
		v.period = must(tx.Periods(v.agreement.ID))[0]
		v.obligation = must(tx.Obligations(ledger.ObligationFilter{UnitID: v.unit.ID}, ledger.Page{Size: 1}))[0]
		v.notice = must(tx.Notices(ledger.NoticeFilter{ObligationID: v.obligation.ID}, ledger.Page{Size: 1}))[0]
		if _, _, err := tx.RecordTelling(v.agreement.ID, v.told("Mohon dikirim")); err != nil {
			return err
		}
		must(tx.Close(v.obligation.ID, ledger.Closing{How: ledger.ByNihil, Signatory: "Kepala Desa"})) // before there were names
		v.roster = must(tx.SubmitRoster(v.obligation.ID, ledger.RosterInput{Rows: []ledger.RosterRowInput{person(1), person(8)}})).Roster
		v.person = must(tx.RosterRows(v.roster.ID, page))[1].PersonID
		must(tx.RevealNIK(v.person, "audit"))
		if _, _, err := tx.RecordReceipts(v.agreement.ID, v.period.ID, []ledger.BranchReceipt{{UnitID: v.unit.ID, People: 2}}, ""); err != nil {
			return err // closed already: it is only compared
		}
		v.bill = must(tx.CreateBill(v.agreement.ID, ledger.BillInput{PeriodID: v.period.ID, UnitID: v.unit.ID, FromMonth: "2027-01", Months: 1}))
		must(tx.OpenRenewal(v.agreement.ID, v.post.ID))
		grid, digest := gridOf([][]string{{"Desa", "Jumlah"}, {"Lambusa", "10"}})
		var err error
		if v.tally, _, err = tx.UploadTally(v.pemda.ID, ledger.TallyInput{Kind: "villages", SaidBy: "DPMD", Grid: grid, Digest: digest}); err != nil {
			return err
		}
		return nil
	})
	v.propose("pending", agreement.MoveDeadline, ledger.DeadlineInput{TargetOn: "2026-12-20", Reason: "libur"})
	_, err := v.decide("meeting", agreement.RecordMeeting, ledger.MeetingInput{On: calendar.On("2026-02-02"), Decisions: []ledger.MeetingDecisionInput{
		{Text: "Usulan", Task: &ledger.TaskInput{Kind: ledger.KindTask, UnitIDs: []string{v.unit.ID}, TargetOn: "2026-12-01"}},
		{Text: "Lampiran", Task: &ledger.TaskInput{Kind: ledger.KindTask, UnitIDs: []string{v.unit.ID}, TargetOn: "2026-12-01"}},
		{Text: "Laporan", Task: &ledger.TaskInput{Kind: ledger.KindTask, UnitIDs: []string{v.unit.ID}, TargetOn: "2026-12-01"}},
	}})
	require.NoError(t, err)
	_, err = v.submit(v.duty(1), person(1))
	require.NoError(t, err)
	v.read(func(tx *ledger.Tx) error {
		v.conflict = must(tx.Conflicts(ledger.ConflictFilter{}, page))[0]
		return nil
	})
	finding := models.ImportFinding{Number: 3, Field: "nik", Level: "error", Rule: "too_short", Params: "{}"}
	v.imports = v.prepare(v.receive("daftar.csv", "isi").ID, v.obligation.ID)
	finding.ImportID = v.imports.ID
	require.NoError(t, v.StageBatch(t.Context(), ledger.Operator(), v.imports.ID, ledger.Batch{Rows: listed(7), Findings: []models.ImportFinding{finding}, Bad: 1, Position: 3}))
	v.write(func(tx *ledger.Tx) error { return tx.RememberMapping(v.imports.ID, "tanda", "{}") })
	v.prepare(v.receive("lain.csv", "lain").ID, v.obligation.ID) // and one that is being read
	v.imports = v.finish(v.imports, ledger.Reading{State: ledger.ImportReady, Result: "{}", Base: v.roster.ID})
	v.enrol()
	v.publish()
	v.treat()
	v.week()
	v.correspond()
	v.dispatch()
	return v
}

// told is a text in the group of the kecamatan that names the village.
func (v *victim) told(text string) ledger.TellingInput {
	return ledger.TellingInput{PeriodID: v.period.ID, Desk: v.unit.ParentID, GroupName: "Kades", Text: text, ObligationIDs: []string{v.obligation.ID}}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// person is a made-up worker with a NIK of a region that does not exist.
func person(serial int) ledger.RosterRowInput {
	n := nik.Synthetic(101, "1990-01-17", false, serial)
	return ledger.RosterRowInput{NIK: n.Reveal(), Name: fmt.Sprintf("Pekerja %d", serial), Born: "1990-01-17", Sex: "L"}
}

// duty is a village's duty to hand in a list.
func (v *victim) duty(unit int) string {
	for _, o := range v.obligations() {
		if o.Kind == ledger.KindRoster && o.UnitID == v.units[unit].ID {
			return o.ID
		}
	}
	return ""
}

// task is one of the village's open duties that is no list.
func (v *victim) task(n int) string {
	var tasks []string
	for _, o := range v.obligations() {
		if o.Kind == ledger.KindTask {
			tasks = append(tasks, o.ID)
		}
	}
	return tasks[n]
}
