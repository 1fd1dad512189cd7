package ledger_test

import (
	"maps"

	"payung/domain/mandate"
	"payung/ledger"
	"payung/letter"
	"payung/logo"
	"payung/models"
)

// corresponded is the letters of the victim's village.
type corresponded struct {
	head   ledger.Head // of the government
	draft  models.Letter
	issued models.Letter
	scanID string // of a received PDF
}

// correspond writes two letters to the village: a draft, and one that was
// issued and filed.
func (v *victim) correspond() {
	v.t.Helper()
	v.scanID = v.receive("surat.pdf", "pindaian").ID
	v.write(func(tx *ledger.Tx) error {
		for _, p := range must(tx.Posts(v.pemda.ID, page)) {
			if p.Role == "sekda" {
				must(tx.AssignHolder(p.ID, ledger.HolderInput{Name: "Sekda", ValidFrom: "2026-01-01"}))
			}
		}
		v.head = must(tx.CreateLetterhead(ledger.LetterheadInput{PartyID: v.pemda.ID, Name: "Setda", Names: "Kabupaten Contoh", Place: "Andoolo", Code: "Setda"}))
		must(tx.SetLogo(v.head.ID, logo.Picture{PNG: []byte("lambang"), Width: 1, Height: 1}))
		must(tx.ChangeLetterhead(v.head.ID, ledger.LetterheadInput{Name: "Setda", Names: "Kabupaten Contoh", Place: "Andoolo", Code: "Setda"}))
		return nil
	})
	exec(v.t, v.url, "UPDATE letterheads SET logo_id = ''") // the picture is none
	exec(v.t, v.url, "UPDATE uploads SET kind = 'pdf' WHERE id = '"+v.scanID+"'")
	v.write(func(tx *ledger.Tx) error {
		v.draft = must(tx.DraftLetter(v.agreement.ID, v.asking(0)))
		v.issued = must(tx.IssueLetter(must(tx.DraftLetter(v.agreement.ID, v.asking(1))).ID, ledger.Issue{}))
		must(tx.AttachToLetter(v.issued.ID, ledger.FileScan, v.scanID))
		return nil
	})
}

// asking is a letter about one of the village's tasks.
func (v *victim) asking(task int) ledger.LetterInput {
	return ledger.LetterInput{LetterheadID: v.head.ID, Kind: letter.DataRequest, ObligationIDs: []string{v.task(task)}, Workdays: 5, Wanted: "usulan"}
}

// late is a year of which nothing has come in time.
func late(tx *ledger.Tx, v *victim) error {
	_, err := tx.RecordYear(v.agreement.ID, ledger.YearInput{LineID: v.line.ID, Year: 2030, KindOfUnit: "desa", TargetOn: "2026-11-20"}, "")
	return err
}

func init() {
	maps.Copy(attempts, map[string]attempt{
		"CreateLetterhead": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return one(tx.CreateLetterhead(ledger.LetterheadInput{PartyID: v.pemda.ID, Name: "Lain", Names: "Lain", Place: "Lain"}))
		}},
		"ChangeLetterhead": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return one(tx.ChangeLetterhead(v.head.ID, ledger.LetterheadInput{Name: "Lain", Names: "Lain", Place: "Lain"}))
		}},
		"Letterhead":  {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Letterhead(v.head.ID)) }},
		"Letterheads": {shared: true, try: func(tx *ledger.Tx, _ *victim) (int, error) { return rows(tx.Letterheads()) }},
		"SetLogo": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return one(tx.SetLogo(v.head.ID, logo.Picture{PNG: []byte("lain")}))
		}},
		"Logo": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Logo(v.head.ID)) }},
		"SetSigner": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			for _, p := range must(tx.Posts(v.pemda.ID, page)) {
				if _, err := tx.SetSigner(v.head.ID, ledger.SignerInput{Level: mandate.Desa, PostID: p.ID, ValidFrom: "2026-11-01"}); err != nil {
					return 0, err
				}
			}
			return one(tx.SetSigner(v.head.ID, ledger.SignerInput{Level: mandate.Desa, PostID: v.post.ID, ValidFrom: "2026-11-01"}))
		}},
		"Signers": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Signers(v.head.ID, "2026-11-24")) }},
		"DraftLetter": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return one(tx.DraftLetter(v.agreement.ID, v.asking(2)))
		}},
		"EditLetter": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			subject := "Lain"
			return one(tx.EditLetter(v.draft.ID, ledger.LetterEdit{Subject: &subject}))
		}},
		"DropLetter":  {try: func(tx *ledger.Tx, v *victim) (int, error) { return done(tx.DropLetter(v.draft.ID)) }},
		"IssueLetter": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.IssueLetter(v.draft.ID, ledger.Issue{})) }},
		"NumberLetter": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return one(tx.NumberLetter(v.issued.ID, ledger.LetterNumber{Number: "1"}))
		}},
		"SendLetter": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return one(tx.SendLetter(v.issued.ID, ledger.LetterSending{How: ledger.SentByHand}))
		}},
		"CorrectLetter":  {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.CorrectLetter(v.issued.ID, "x")) }},
		"WithdrawLetter": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.WithdrawLetter(v.issued.ID, "x")) }},
		"AttachToLetter": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return one(tx.AttachToLetter(v.issued.ID, ledger.FileSigned, v.scanID))
		}},
		"LetterFile": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			_, content, err := tx.LetterFile(v.issued.ID, ledger.FileScan)
			return len(content), err
		}},
		"Letter":      {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Letter(v.issued.ID)) }},
		"Letters":     {try: func(tx *ledger.Tx, _ *victim) (int, error) { return rows(tx.Letters(ledger.LetterFilter{}, page)) }},
		"LetterView":  {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.LetterView(v.issued.ID)) }},
		"LetterPaper": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.LetterPaper(v.issued.ID)) }},
		"CountLetters": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return rows(tx.CountLetters(v.agreement.ID))
		}},
		"LettersToWrite": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			_ = late(tx, v) // whoever may not finds what there is
			return of(v, func(w ledger.LetterToWrite) string { return w.UnitID })(tx.LettersToWrite(v.agreement.ID))
		}},
		"PrepareLetters": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			if err := late(tx, v); err != nil {
				return 0, err
			}
			return rows(tx.PrepareLetters(v.agreement.ID, ledger.Preparing{LetterheadID: v.head.ID}))
		}},
		"LetterPosts": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return of(v, func(p models.Post) string { return p.UnitID })(tx.LetterPosts(v.agreement.ID, mandate.Desa))
		}},
	})
}
