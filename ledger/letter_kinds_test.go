package ledger_test

import (
	"bytes"
	"encoding/hex"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/rupiah"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/letter"
	"payung/logo"
	"payung/models"
)

func TestABillAListAndANihilBecomeLetters(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSecretariat(t, url, 3)
		duties := s.duties()
		var bill models.Bill
		var roster models.Roster
		var statement models.Statement
		s.write(func(tx *ledger.Tx) error {
			period := must(tx.Periods(s.agreement.ID))[0]
			roster = must(tx.SubmitRoster(duties[0], ledger.RosterInput{Rows: []ledger.RosterRowInput{person(1), person(2)}})).Roster
			bill = must(tx.CreateBill(s.agreement.ID, ledger.BillInput{PeriodID: period.ID, UnitID: s.units[0].ID, FromMonth: "2027-01", Months: 3}))
			must(tx.Close(duties[1], ledger.Closing{How: ledger.ByNihil, Signatory: "Kepala Desa 002", SignedBy: "Bapak Contoh", Text: "Tidak ada perangkat baru."}))
			statement = must(tx.Statement(duties[1]))
			return nil
		})
		due := s.view(s.issue(s.draft(ledger.LetterInput{LetterheadID: s.head.ID, Kind: letter.DueNotice, AboutKind: ledger.AboutBill, AboutID: bill.ID}), ledger.Issue{}).ID)
		require.Equal(t, "Kepala Desa 001", due.Addressee)
		require.Equal(t, &letter.Due{
			From: "2027-01", Until: "2027-03", People: 2, JKK: rupiah.Amount(bill.JKK), JKM: rupiah.Amount(bill.JKM), Day: calendar.Day(bill.DueOn),
		}, due.Content.Due)
		require.Equal(t, s.units[0].ID, due.UnitID, "that village may read it")

		got := s.view(s.issue(s.draft(ledger.LetterInput{LetterheadID: s.head.ID, Kind: letter.Receipt, AboutKind: ledger.AboutRoster, AboutID: roster.ID}), ledger.Issue{}).ID)
		require.Equal(t, []any{"Desa 001", int64(2), int64(0)}, []any{got.Content.Received.From, got.Content.Received.Accepted, got.Content.Received.Rejected})

		said := s.view(s.issue(s.draft(ledger.LetterInput{LetterheadID: s.head.ID, Kind: letter.Statement, AboutKind: ledger.AboutStatement, AboutID: statement.ID}), ledger.Issue{}).ID)
		require.Equal(t, letter.Signatory{Title: "Kepala Desa 002", Name: "Bapak Contoh", Office: "Desa 002"}, said.Content.Signatory, "who signed the statement signs")
		require.Contains(t, strings.Join(said.Content.Text.Points, " "), "tidak ada seorang pun")
		require.Equal(t, "Tidak ada perangkat baru.", said.Content.Points[0].Text)

		recap := s.view(s.issue(s.draft(ledger.LetterInput{LetterheadID: s.head.ID, Kind: letter.Recap}), ledger.Issue{}).ID)
		require.Equal(t, [][]string{{"Desa 001", "daftar diterima", "0"}, {"Desa 002", "nihil", "0"}, {"Desa 003", "belum didaftarkan", "0"}}, recap.Content.List.Groups[0].Rows,
			"every unit is on it, also those of which nothing came")
		for _, kind := range []letter.Kind{letter.DueNotice, letter.Receipt, letter.Statement} {
			s.refuses("not_found", func(tx *ledger.Tx) error {
				about := map[letter.Kind]string{letter.DueNotice: ledger.AboutBill, letter.Receipt: ledger.AboutRoster, letter.Statement: ledger.AboutStatement}[kind]
				return done1(tx.DraftLetter(s.agreement.ID, ledger.LetterInput{LetterheadID: s.head.ID, Kind: kind, AboutKind: about, AboutID: "0192"}))
			})
		}
	})
}

func TestADraftIsChangedUntilItIsIssued(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSecretariat(t, url, 1)
		l := s.draft(s.ask(s.duties()[0]))
		subject, days, nature := "Permintaan Data Desa", 7, letter.Urgent
		text := letter.Text{Body: []string{"Mohon {wanted} Tahun {year} sampai {deadline}."}, Closing: []string{"Demikian."}}
		edit := ledger.LetterEdit{Subject: &subject, Nature: &nature, Workdays: &days, Text: &text, Copies: []string{"Bupati"}}
		s.write(func(tx *ledger.Tx) error { return done1(tx.EditLetter(l.ID, edit)) })
		v := s.view(l.ID)
		require.Equal(t, []any{subject, subject, 7, 7, letter.Urgent, []string{"Bupati"}},
			[]any{v.Subject, v.Content.Subject, v.Workdays, v.Content.Deadline.Workdays, v.Content.Nature, v.Content.Copies})
		s.refuses("letter_text_placeholder", func(tx *ledger.Tx) error {
			return done1(tx.EditLetter(l.ID, ledger.LetterEdit{Text: &letter.Text{Body: []string{"{nik}"}}}))
		})
		s.refuses("bad_workdays", func(tx *ledger.Tx) error {
			none := 0
			return done1(tx.EditLetter(l.ID, ledger.LetterEdit{Workdays: &none}))
		})
		l = s.issue(l, ledger.Issue{})
		require.Equal(t, "2026-12-02", s.send(l, ledger.LetterSending{How: "hand"}).DueOn, "seven working days after 23 November")
		s.refuses("letter_state", func(tx *ledger.Tx) error { return done1(tx.EditLetter(l.ID, edit)) })
	})
}

func TestALetterKeepsItsScanAndItsSignedFile(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSecretariat(t, url, 1)
		scan, signed := s.receive("pindaian.pdf", "kertas"), s.receive("bsre.pdf", "tanda tangan")
		l := s.draft(s.ask(s.duties()[0]))
		s.refuses("letter_state", func(tx *ledger.Tx) error { return done1(tx.AttachToLetter(l.ID, ledger.FileScan, scan.ID)) })
		l = s.issue(l, ledger.Issue{})
		s.refuses("not_a_scan", func(tx *ledger.Tx) error { return done1(tx.AttachToLetter(l.ID, ledger.FileScan, scan.ID)) })
		exec(t, url, "UPDATE uploads SET kind = 'pdf'")
		s.refuses("unknown_letter_file", func(tx *ledger.Tx) error { return done1(tx.AttachToLetter(l.ID, "stamp", scan.ID)) })
		s.write(func(tx *ledger.Tx) error {
			must(tx.AttachToLetter(l.ID, ledger.FileScan, scan.ID))
			must(tx.AttachToLetter(l.ID, ledger.FileSigned, signed.ID))
			_, content, err := tx.LetterFile(l.ID, ledger.FileSigned)
			require.Equal(t, "tanda tangan", string(content))
			return err
		})
		v := s.view(l.ID)
		require.Equal(t, []any{scan.Hash, signed.Hash}, []any{v.Scan.Hash, v.Signed.Hash})
		require.Equal(t, ledger.UploadPlaced, v.Scan.State, "nobody has to say whose list it is")
		c, err := s.Confirm(t.Context(), l.Code)
		require.NoError(t, err)
		require.Equal(t, hexOf(signed.Hash), c.Signed)
	})
}

func TestAnybodyWithTheCodeLearnsWhetherALetterCounts(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSecretariat(t, url, 1)
		l := s.draft(s.ask(s.duties()[0]))
		_, err := s.Confirm(t.Context(), l.Code)
		require.True(t, fault.Is(err, "not_found"), "of a draft nothing is known")
		l = s.issue(l, ledger.Issue{TakeNumber: true})
		for _, typed := range []string{l.Code, strings.ToLower(l.Code), strings.ReplaceAll(l.Code, "-", " "), strings.ReplaceAll(l.Code, "-", "")} {
			c, err := s.Confirm(t.Context(), typed)
			require.NoError(t, err, typed)
			require.Equal(t, ledger.Confirmed{
				Code: l.Code, Kind: letter.DataRequest, Number: "560/1/Setda/2026", On: "2026-11-23", Subject: "Permintaan Data Kepesertaan Jaminan Sosial Ketenagakerjaan",
				From: "Pemerintah Kabupaten Contoh, Sekretariat Daerah", To: "Kepala Desa 001", State: ledger.ConfirmedValid, Version: 1, SHA256: hexOf(l.Hash),
			}, c)
		}
		s.write(func(tx *ledger.Tx) error {
			next := must(tx.CorrectLetter(l.ID, "keliru"))
			return done1(tx.IssueLetter(next.ID, ledger.Issue{TakeNumber: true}))
		})
		c, err := s.Confirm(t.Context(), l.Code)
		require.NoError(t, err)
		require.Equal(t, []string{ledger.ConfirmedReplaced, "560/2/Setda/2026"}, []string{c.State, c.NewNumber})
		codes := map[string]bool{}
		for range 1000 {
			d := s.view(s.draft(ledger.LetterInput{LetterheadID: s.head.ID, Kind: letter.Recap}).ID)
			codes[d.Code] = true
			if len(codes) == 20 {
				break
			}
		}
		require.Len(t, codes, 20)
	})
}

func TestWithoutAPublicAddressALetterBearsOnlyItsCode(t *testing.T) {
	t.Parallel()
	s := newSecretariat(t, testdb.SQLite(t), 1)
	l := s.issue(s.draft(s.ask(s.duties()[0])), ledger.Issue{})
	require.Equal(t, &letter.Verifying{Code: l.Code}, s.view(l.ID).Content.Verify)
}

func TestALetterKeepsTheLogoItWasIssuedWith(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSecretariat(t, url, 1)
		s.write(func(tx *ledger.Tx) error { return done1(tx.SetLogo(s.head.ID, emblem(t, 40))) })
		l := s.issue(s.draft(s.ask(s.duties()[0])), ledger.Issue{})
		before, same := s.paper(l.ID)
		require.True(t, same)
		s.write(func(tx *ledger.Tx) error {
			must(tx.SetLogo(s.head.ID, emblem(t, 60)))
			return done1(tx.ChangeLetterhead(s.head.ID, ledger.LetterheadInput{Name: "Lain", Names: "Kantor Lain", Place: "Lain"}))
		})
		after, same := s.paper(l.ID)
		require.True(t, same, "a new letterhead changes no letter that was issued")
		require.Equal(t, before, after)
		exec(t, url, "UPDATE letters SET hash = hash || hash")
		_, same = s.paper(l.ID)
		require.False(t, same, "other bytes are told")
	})
}

// emblem is a logo of a size.
func emblem(t *testing.T, side int) logo.Picture {
	t.Helper()
	p, err := logo.Read(pngOf(t, side))
	require.NoError(t, err)
	return p
}

func TestAVillageReadsItsLettersAndWritesNoneForTheGovernment(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSecretariat(t, url, 3)
		duties := s.duties()
		own := s.issue(s.draft(s.ask(duties[0])), ledger.Issue{})
		other := s.issue(s.draft(s.ask(duties[1])), ledger.Issue{})
		s.write(func(tx *ledger.Tx) error {
			must(tx.WithdrawLetter(own.ID, "x"))
			return done1(tx.WithdrawLetter(other.ID, "x"))
		})
		all := s.issue(s.draft(s.ask(duties[0], duties[1])), ledger.Issue{})
		elsewhere := s.issue(s.draft(s.ask(duties[2])), ledger.Issue{})
		village := ledger.Actor{Name: "desa", Reach: ledger.Units, ProvinceCode: "74", RegencyCode: "74.05", UnitIDs: []string{s.obligation(duties[0]).UnitID}}
		var seen []string
		require.NoError(t, s.Read(t.Context(), village, func(tx *ledger.Tx) error {
			for _, l := range must(tx.Letters(ledger.LetterFilter{}, page)) {
				seen = append(seen, l.ID)
			}
			_, err := tx.Letter(elsewhere.ID)
			require.True(t, fault.Is(err, "not_found"))
			v, err := tx.LetterView(all.ID)
			require.Len(t, v.Duties, 1, "of a letter to many it sees its own part")
			return err
		}))
		require.Equal(t, []string{all.ID, own.ID}, seen)
		for name, do := range map[string]func(*ledger.Tx) error{
			"draft": func(tx *ledger.Tx) error { return done1(tx.DraftLetter(s.agreement.ID, s.ask(duties[0]))) },
			"send":  func(tx *ledger.Tx) error { return done1(tx.SendLetter(all.ID, ledger.LetterSending{How: "hand"})) },
		} {
			err := s.Write(t.Context(), village, do)
			require.True(t, fault.Is(err, "outside_scope"), "%s: %v", name, err)
		}
	})
}

func hexOf(hash []byte) string { return hex.EncodeToString(hash) }

// pngOf is a green square.
func pngOf(t *testing.T, side int) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, side, side))
	for i := range m.Pix {
		m.Pix[i] = byte(100 + 155*(i%4/3))
	}
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, m))
	return out.Bytes()
}
