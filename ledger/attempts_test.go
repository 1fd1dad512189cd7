package ledger_test

import (
	"slices"
	"time"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/tally"
	"payung/ledger"
	"payung/models"
)

// attempt uses one method of Tx on the victim's data and reports how much of it
// came back.
type attempt struct {
	try    func(*ledger.Tx, *victim) (seen int, err error)
	shared bool   // about the agreement as a whole: units of the kabupaten may read it
	refuse string // even the owner is refused, with this code
}

func rows[T any](list []T, err error) (int, error) { return len(list), err }

func one[T any](_ T, err error) (int, error) {
	if err != nil {
		return 0, err
	}
	return 1, nil
}

func done(err error) (int, error) { return one(struct{}{}, err) }

// of counts the rows that are about the victim's village.
func of[T any](v *victim, unitOf func(T) string) func([]T, error) (int, error) {
	return func(list []T, err error) (int, error) {
		n := 0
		for _, row := range list {
			if unitOf(row) == v.unit.ID {
				n++
			}
		}
		return n, err
	}
}

var page = ledger.Page{Size: 1000}

// unscoped lists the methods that show or touch nobody's data.
var unscoped = map[string]string{
	"Now":         "a clock",
	"Actor":       "the actor itself",
	"AsOf":        "reads a day",
	"BeginUpload": "a file belongs to whoever sends it; TestOnlyAGovernmentsOwnPeopleSendItFiles has the rest",
	"Settings":    "about the installation, shown on every page",
	"Once":        "a key belongs to the actor that used it",
	"Answered":    "a key belongs to the actor that used it",
}

var attempts = map[string]attempt{
	"Agreement":  {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Agreement(v.agreement.ID)) }},
	"Agreements": {shared: true, try: func(tx *ledger.Tx, _ *victim) (int, error) { return rows(tx.Agreements(page)) }},
	"Lines":      {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Lines(v.agreement.ID)) }},
	"Leads":      {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Leads(v.agreement.ID)) }},
	"Numbers":    {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Numbers(v.agreement.ID)) }},
	"CreateAgreement": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.CreateAgreement(ledger.AgreementInput{Title: "Baru", PemdaPartyID: v.pemda.ID, BPJSPartyID: v.bpjs.ID}))
	}},
	"AddLine": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.AddLine(v.agreement.ID, ledger.LineInput{GroupCode: "linmas", FundingSource: "apbd_regency"}))
	}},
	"AddNumber": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return done(tx.AddNumber(v.agreement.ID, ledger.NumberInput{IssuerPartyID: v.pemda.ID, Year: 2026, Number: "2"}))
	}},
	"VerifyAudit": {try: func(tx *ledger.Tx, _ *victim) (int, error) {
		found, err := tx.VerifyAudit("74.05")
		return int(found.Sealed + found.Unsealed), err
	}},
	"Steps":      {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Steps(v.obligation.ID)) }},
	"AuditTrail": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.AuditTrail(v.agreement.ID, page)) }},
	"Propose": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return done(tx.Propose(ledger.Proposal{RequestID: "foreign", AgreementID: v.agreement.ID, Kind: agreement.Terminate, Hash: []byte("h")}))
	}},
	"AnswerTo": {shared: true, try: func(tx *ledger.Tx, _ *victim) (int, error) { return one(tx.AnswerTo("pending")) }},
	"Extend": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.Extend(v.task(0), ledger.Extension{TargetOn: "2026-12-30", Reason: "x", ApprovedBy: "y"}))
	}},
	"Pause": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.Pause(v.task(0), ledger.PauseInput{Note: "x"}))
	}},
	"Resume": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Resume(v.task(1), "x")) }},
	"Close": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.Close(v.task(0), ledger.Closing{How: ledger.ByDone}))
	}},
	"Mend":    {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Mend(v.task(2))) }},
	"Changes": {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Changes(v.obligation.ID)) }},
	"RecordFigure": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.RecordFigure(ledger.FigureInput{
			SubjectKind: "region", SubjectID: "74.05", Measure: "m", Definition: "d", On: calendar.On("2026-01-01"), SourceID: v.source.ID,
		}))
	}},
	"Figures": {shared: true, try: func(tx *ledger.Tx, _ *victim) (int, error) { return rows(tx.Figures(ledger.FigureFilter{})) }},
	"RecordProspect": {try: func(tx *ledger.Tx, _ *victim) (int, error) {
		return one(tx.RecordProspect(ledger.ProspectInput{RegionCode: "74.05", GroupCode: "rt_rw", On: "2026-01-20"}))
	}},
	"Prospects": {shared: true, try: func(tx *ledger.Tx, _ *victim) (int, error) { return rows(tx.Prospects("")) }},
	"RecordHappening": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.RecordHappening(ledger.HappeningInput{AgreementID: v.agreement.ID, Kind: "audience", On: calendar.On("2026-01-20")}))
	}},
	"Happenings": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Happenings(v.agreement.ID)) }},
	"Notices": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return rows(tx.Notices(ledger.NoticeFilter{ObligationID: v.obligation.ID}, page))
	}},
	"MarkRead": {try: func(tx *ledger.Tx, v *victim) (int, error) { return done(tx.MarkRead(v.notice.ID)) }},
	"Inbox": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return of(v, func(m ledger.InboxEntry) string { return m.UnitID })(tx.Inbox(ledger.InboxFilter{}, 100))
	}},
	"Recipients": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		list, err := tx.Recipients()
		list = slices.DeleteFunc(list, func(r ledger.Recipient) bool { return r.PostID != v.post.ID })
		return rows(list, err)
	}},
	"Obligations": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return rows(tx.Obligations(ledger.ObligationFilter{UnitID: v.unit.ID}, page))
	}},
	"ObligationsAsOf": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		now, err := of(v, func(o models.Obligation) string { return o.UnitID })(tx.ObligationsAsOf(v.agreement.ID, "", time.Time{}))
		if err != nil {
			return now, err
		}
		past, err := of(v, func(o models.Obligation) string { return o.UnitID })(tx.ObligationsAsOf(v.agreement.ID, "2026-11-24", tx.Now()))
		return now + past, err
	}},
	"Obligation": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Obligation(v.obligation.ID)) }},
	"RecordMeeting": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.RecordMeeting(v.agreement.ID, ledger.MeetingInput{On: calendar.On("2026-03-03")}))
	}},
	"Meetings":         {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Meetings(v.agreement.ID)) }},
	"MeetingDecisions": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.MeetingDecisions(v.agreement.ID)) }},
	"Attendance":       {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Attendance(v.agreement.ID)) }},
	"Milestones":       {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Milestones(v.agreement.ID)) }},
	"Overview": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) {
		_, err := tx.Overview(v.agreement.ID, "2026-11-24")
		if err != nil {
			return 0, err
		}
		return one(tx.Overview(v.agreement.ID, ""))
	}},
	"CreateParty": {try: func(tx *ledger.Tx, _ *victim) (int, error) {
		return one(tx.CreateParty(ledger.PartyInput{Kind: "village", Name: "Desa", RegionCode: "74.05"}))
	}},
	"Party": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Party(v.pemda.ID)) }},
	// BPJS offices are a directory for all; governments are not.
	"Parties": {shared: true, try: func(tx *ledger.Tx, _ *victim) (int, error) {
		found, err := tx.Parties(page)
		return len(slices.DeleteFunc(found, func(p models.Party) bool { return p.Kind == "bpjs" })), err
	}},
	"CreateUnits": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return rows(tx.CreateUnits(v.pemda.ID, []ledger.UnitInput{{Kind: "opd", Name: "Dinas", HeadTitle: "Kepala Dinas"}}))
	}},
	"Units": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return of(v, func(u models.Unit) string { return u.ID })(tx.Units(ledger.UnitFilter{}, page))
	}},
	"CreatePost": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.CreatePost(v.pemda.ID, ledger.PostInput{Title: "Bupati", Role: "regent"}))
	}},
	"Posts": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return of(v, func(p models.Post) string { return p.UnitID })(tx.Posts("", page))
	}},
	"Post": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Post(v.post.ID)) }},
	"ChangePost": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.ChangePost(v.post.ID, ledger.PostChange{Title: "Lain"}))
	}},
	"PostRows": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return of(v, func(r ledger.PostRow) string { return r.UnitID })(tx.PostRows(v.pemda.ID))
	}},
	"PostDuties": {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.PostDuties(v.post.ID)) }},
	"Addressee":  {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Addressee(v.post.ID)) }},
	"Holder":     {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Holder(v.holder.ID)) }},
	"Holdings":   {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Holdings(v.post.ID)) }},
	"Vacate":     {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Vacate(v.holder.ID, "2026-06-30")) }},
	"Handover":   {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Handover(v.holder.ID)) }},
	"Preference": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Preference(v.holder.ID)) }},
	"SetPreference": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.SetPreference(v.holder.ID, ledger.PreferenceInput{Language: "en"}))
	}},
	"StopChannel": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return done(tx.StopChannel(v.holder.ID, ledger.ChannelEmail))
	}},
	// A village may see who heads the lines it is in.
	"GuessSuperiors": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.GuessSuperiors(v.pemda.ID)) }},
	"PlanSuperiors": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.PlanSuperiors(v.pemda.ID, ledger.SuperiorsInput{}))
	}},
	"SetSuperiors": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.SetSuperiors(v.pemda.ID, ledger.SuperiorsInput{}))
	}},
	"TellingKit": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		seen := 0
		k, err := tx.TellingKit(v.agreement.ID, v.period.ID, "")
		for _, d := range k.Desks {
			n, _ := of(v, func(u ledger.ToldDuty) string { return u.Cell.Obligation.UnitID })(d.Units, nil)
			seen += n
		}
		return seen, err
	}},
	"RecordTelling": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		t, _, err := tx.RecordTelling(v.agreement.ID, v.told("Mohon dikirim hari ini"))
		return one(t, err)
	}},
	"Tellings": {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Tellings(v.obligation.ID)) }},
	"AssignHolder": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.AssignHolder(v.post.ID, ledger.HolderInput{Name: "Lain", ValidFrom: "2026-06-01"}))
	}},
	"Holders": {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Holders(v.post.ID)) }},
	"CreateBill": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.CreateBill(v.agreement.ID, ledger.BillInput{PeriodID: v.period.ID, UnitID: v.unit.ID, FromMonth: "2027-02", Months: 1}))
	}},
	"RecordPayment": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.RecordPayment(v.bill.ID, ledger.PaymentInput{Amount: 1000, Reference: "SP2D-1", On: calendar.On("2026-11-20")}))
	}},
	"Account": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Account(v.bill.ID)) }},
	"Bills":   {try: func(tx *ledger.Tx, _ *victim) (int, error) { return rows(tx.Bills(ledger.BillFilter{}, page)) }},
	"PlanMessages": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		free := func(string, map[string]string, calendar.Day) int64 { return 0 }
		return of(v, func(m ledger.PlannedMessage) string { return m.To.UnitID })(tx.PlanMessages(v.agreement.ID, v.clock.now(), v.clock.now().AddDate(0, 2, 0), free))
	}},
	"Plan": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return of(v, func(n ledger.PlannedNotice) string { return n.UnitID })(tx.Plan(v.agreement.ID, v.clock.now(), v.clock.now().AddDate(0, 2, 0)))
	}},
	"Recap": {shared: true, try: func(tx *ledger.Tx, _ *victim) (int, error) {
		past, err := tx.Recap("2026-11-24")
		if err != nil {
			return 0, err
		}
		now, err := tx.Recap("")
		return len(past.Rows) + len(past.Prospects) + len(past.Figures) + len(now.Rows) + len(now.Prospects) + len(now.Figures), err
	}},
	"CreateRegulation": {try: func(tx *ledger.Tx, _ *victim) (int, error) {
		return one(tx.CreateRegulation(ledger.RegulationInput{Kind: "perbup", Number: "1", Year: 2026, Title: "x", RegionCode: "74.05"}))
	}},
	"AddCitation": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return done(tx.AddCitation(v.regulation.ID, ledger.CitationInput{SourceID: v.source.ID, Number: "25", Year: 2021}))
	}},
	"Regulation":  {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Regulation(v.regulation.ID)) }},
	"Regulations": {shared: true, try: func(tx *ledger.Tx, _ *victim) (int, error) { return rows(tx.Regulations(page)) }},
	"Articles":    {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Articles(v.regulation.ID)) }},
	"Citations":   {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Citations(v.regulation.ID)) }},
	"RecordBasis": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return done(tx.RecordBasis(v.agreement.ID, ledger.BasisInput{RegulationID: v.regulation.ID, From: calendar.On("2026-06-01")}))
	}},
	"Bases":       {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Bases(v.agreement.ID)) }},
	"OpenRenewal": {refuse: "renewal_open", try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.OpenRenewal(v.agreement.ID, v.post.ID)) }},
	"Renewals":    {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Renewals(v.agreement.ID)) }},
	"UploadTally": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		grid, digest := gridOf([][]string{{"Desa", "Jumlah"}, {"Lambusa", "11"}})
		_, _, err := tx.UploadTally(v.pemda.ID, ledger.TallyInput{Kind: "villages", SaidBy: "DPMD", Grid: grid, Digest: digest})
		return done(err)
	}},
	"Tallies":    {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Tallies(v.pemda.ID)) }},
	"TallySheet": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.TallySheet(v.tally.ID)) }},
	"MapTally": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.MapTally(v.tally.ID, tally.Mapping{Heading: 1, Columns: []tally.Column{{Field: tally.Name, Index: 0}}}))
	}},
	"AnswerTally": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.AnswerTally(v.tally.ID, []ledger.TallyAnswerInput{{About: tally.AboutName, Text: ":lambusa", Choice: tally.NoneOfThem}}))
	}},
	"ApplyTally": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.ApplyTally(v.tally.ID)) }},
	"SubmitRoster": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.SubmitRoster(v.obligation.ID, ledger.RosterInput{Rows: []ledger.RosterRowInput{person(2)}}))
	}},
	"AddPart": {refuse: "upload_complete", try: func(tx *ledger.Tx, v *victim) (int, error) {
		return done(tx.AddPart(v.imports.UploadID, 0, []byte("x")))
	}},
	"FinishUpload": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.FinishUpload(v.imports.UploadID, "csv", "", nil))
	}},
	"PlaceUpload": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.PlaceUpload(v.imports.UploadID, v.obligation.ID, ""))
	}},
	"SetAsideUpload": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.SetAsideUpload(v.imports.UploadID, "x")) }},
	"Upload":         {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Upload(v.imports.UploadID)) }},
	"Uploads":        {try: func(tx *ledger.Tx, _ *victim) (int, error) { return rows(tx.Uploads(ledger.UploadFilter{}, page)) }},
	"NewestUploads": {try: func(tx *ledger.Tx, _ *victim) (int, error) {
		return rows(tx.NewestUploads(ledger.UploadFilter{}, "", 10))
	}},
	"CountUploads": {try: func(tx *ledger.Tx, _ *victim) (int, error) {
		counts, err := tx.CountUploads(ledger.UploadFilter{})
		return len(counts), err
	}},
	"LastReadings": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		found, err := tx.LastReadings([]string{v.imports.UploadID})
		return len(found), err
	}},
	"FirstFindings": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return rows(tx.FirstFindings(v.imports.ID, "too_short", "error", 5))
	}},
	"OpenConflicts": {shared: true, try: func(tx *ledger.Tx, _ *victim) (int, error) { return rows(tx.OpenConflicts()) }},
	"UploadContent": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		_, content, err := tx.UploadContent(v.imports.UploadID)
		return len(content), err
	}},
	"OpenImport": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.OpenImport(v.imports.UploadID, ledger.ImportInput{ObligationID: v.obligation.ID}))
	}},
	"Import":  {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Import(v.imports.ID)) }},
	"Imports": {try: func(tx *ledger.Tx, _ *victim) (int, error) { return rows(tx.Imports(ledger.ImportFilter{}, page)) }},
	"Findings": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return rows(tx.Findings(v.imports.ID, ledger.FindingPage{Size: 10}))
	}},
	"RuleCounts":    {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.RuleCounts(v.imports.ID)) }},
	"MissingPeople": {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.MissingPeople(v.imports.ID, 10)) }},
	"Compare":       {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Compare(v.imports.ID)) }},
	"FinishReading": {refuse: "import_ready", try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.FinishReading(v.imports.ID, ledger.Reading{State: ledger.ImportReady}))
	}},
	"Answer": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.Answer(v.imports.ID, nil, &ledger.Leaver{Reason: ledger.Forgotten}))
	}},
	"Accept":          {refuse: "missing_people", try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Accept(v.imports.ID, ledger.Acceptance{})) }},
	"DropImport":      {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.DropImport(v.imports.ID)) }},
	"RememberMapping": {try: func(tx *ledger.Tx, v *victim) (int, error) { return done(tx.RememberMapping(v.imports.ID, "x", "{}")) }},
	"RememberedMapping": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		m, err := tx.RememberedMapping(v.unit.ID, "tanda")
		return len(m), err
	}},
	"Conflicts": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		seen := 0
		list, err := tx.Conflicts(ledger.ConflictFilter{}, page)
		for _, c := range list {
			n, _ := of(v, func(s ledger.SideView) string { return s.UnitID })(c.Sides, nil)
			seen += n
		}
		return seen, err
	}},
	"Conflict": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Conflict(v.conflict.ID)) }},
	"DecideConflict": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.DecideConflict(v.conflict.ID, ledger.Ruling{Keeps: []string{v.obligation.ID}, Reason: "x"}))
	}},
	"DecideByRule": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		out, err := tx.DecideByRule("somebody_decides", v.agreement.ID, "x", page)
		return out.Decided + out.Skipped, err
	}},
	// Nobody is on lists of two kabupaten here; its own test has somebody.
	"Across": {try: func(tx *ledger.Tx, _ *victim) (int, error) {
		found, err := tx.Across(2027, page)
		if err == nil && tx.Actor().Reach == ledger.Everything {
			return 1, nil
		}
		return len(found), err
	}},
	"RecordReceipts": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		_, closed, err := tx.RecordReceipts(v.agreement.ID, v.period.ID, []ledger.BranchReceipt{{UnitID: v.unit.ID, People: 1}}, "")
		return len(closed), err
	}},
	"LastMatched": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) {
		m, err := tx.LastMatched(v.agreement.ID, v.period.ID)
		return m.Named, err
	}},
	"Silent": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		period := v.period
		if next, err := tx.RecordYear(v.agreement.ID, ledger.YearInput{LineID: v.line.ID, Year: 2029, KindOfUnit: "desa"}, ""); err == nil {
			period = next // in which nobody has answered
		}
		return of(v, func(u ledger.SilentUnit) string { return u.UnitID })(tx.Silent(v.agreement.ID, period.ID))
	}},
	"OwedLists": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		found, err := tx.OwedLists([]string{v.unit.ID})
		return len(found), err
	}},
	"OwedList":   {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.OwedList(v.unit.ID)) }},
	"Asked":      {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Asked(v.obligation.ID)) }},
	"OpenUpload": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.OpenUpload(v.imports.UploadID, "file")) }},
	"SameImport": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		_, same, err := tx.SameImport(v.imports.UploadID, ledger.ImportInput{ObligationID: v.obligation.ID})
		if !same {
			return 0, err
		}
		return 1, err
	}},
	"Listed": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return rows(tx.Listed(v.obligation.ID, "2027-06-01", page))
	}},
	"KnownPeople": {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.KnownPeople(v.roster.ID)) }},
	"CarriedPeople": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return rows(tx.CarriedPeople(v.roster.ObligationID, v.roster.ID))
	}},
	"FindLeavers": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		d, err := tx.FindLeavers(v.imports.ID, v.roster.ID, []ledger.LeaverRow{{NIK: ledger.Digits(person(1).NIK)}})
		return int(d.Rows), err
	}},
	"PhoneOwners": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return rows(tx.PhoneOwners(v.pemda.ID, "+62 812-3456-789"))
	}},
	"Job":               {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Job(v.imports.ID)) }},
	"UnfinishedImports": {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.UnfinishedImports(1 << 60)) }},
	"LatestRoster":      {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.LatestRoster(v.obligation.ID)) }},
	"Rosters":           {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Rosters(v.obligation.ID)) }},
	"RosterRows":        {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.RosterRows(v.roster.ID, page)) }},
	"RevealNIK":         {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.RevealNIK(v.person, "audit")) }},
	"Reveals": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return of(v, func(r ledger.Reveal) string { return r.UnitID })(tx.Reveals(ledger.RevealFilter{}, page))
	}},
	"MarkSample": {refuse: "ledger_has_real_data", try: func(tx *ledger.Tx, _ *victim) (int, error) { return done(tx.MarkSample()) }},
	// With nobody who signed there is no row to check, only the milestone.
	"RecordSigning": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return done(tx.RecordSigning(v.agreement.ID, ledger.SigningInput{On: calendar.On("2026-02-02"), SourceID: v.source.ID}))
	}},
	"Signatures": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Signatures(v.agreement.ID)) }},
	"CreateSource": {try: func(tx *ledger.Tx, _ *victim) (int, error) {
		return one(tx.CreateSource(ledger.SourceInput{Kind: "news", Title: "x", RegionCode: "74.05"}))
	}},
	"Sources": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) {
		found, err := tx.Sources([]string{v.source.ID})
		return len(found), err
	}},
	"AllSources": {shared: true, try: func(tx *ledger.Tx, _ *victim) (int, error) { return rows(tx.AllSources(page)) }},
	"Source":     {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Source(v.source.ID)) }},
	"RecordStatus": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return done(tx.RecordStatus(v.agreement.ID, v.period.ID, v.unit.ID, ledger.StatusInput{State: "paid", People: 9, On: calendar.On("2026-11-20")}))
	}},
	"RecordYear": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.RecordYear(v.agreement.ID, ledger.YearInput{LineID: v.line.ID, Year: 2028, KindOfUnit: "desa"}, ""))
	}},
	"Periods": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Periods(v.agreement.ID)) }},
}
