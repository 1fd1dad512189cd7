package ledger_test

import (
	"crypto/sha256"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/mandate"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/letter"
	"payung/models"
)

// secretariat is a kabupaten whose Sekda can sign, with a year that is owed and
// late.
type secretariat struct {
	*book
	head  ledger.Head
	sekda models.Post
}

func newSecretariat(t *testing.T, url string, villages int) *secretariat {
	t.Helper()
	s := &secretariat{book: kabupaten(t, url, villages)}
	s.openYear("2026-12-01")
	s.write(func(tx *ledger.Tx) error {
		for _, p := range must(tx.Posts(s.pemda.ID, page)) {
			if p.Role == "sekda" {
				s.sekda = p
			}
		}
		must(tx.AssignHolder(s.sekda.ID, ledger.HolderInput{Name: "Dra. Contoh Sekda, M.Si.", ValidFrom: "2026-01-01"}))
		s.head = must(tx.CreateLetterhead(ledger.LetterheadInput{
			PartyID: s.pemda.ID, Name: "Sekretariat Daerah", Names: "Pemerintah Kabupaten Contoh\nSekretariat Daerah", Address: "Jalan Contoh Nomor 1", Place: "Andoolo", Code: "Setda",
		}))
		return nil
	})
	return s
}

// duties are the lists that villages owe.
func (s *secretariat) duties() []string {
	var out []string
	for _, o := range s.obligations() {
		if o.Kind == ledger.KindRoster {
			out = append(out, o.ID)
		}
	}
	return out
}

// ask is a request for data to some villages.
func (s *secretariat) ask(duties ...string) ledger.LetterInput {
	return ledger.LetterInput{LetterheadID: s.head.ID, Kind: letter.DataRequest, ObligationIDs: duties, Workdays: 5}
}

func (s *secretariat) draft(in ledger.LetterInput) models.Letter {
	s.t.Helper()
	var l models.Letter
	s.write(func(tx *ledger.Tx) (err error) {
		l, err = tx.DraftLetter(s.agreement.ID, in)
		return err
	})
	return l
}

func (s *secretariat) issue(l models.Letter, in ledger.Issue) models.Letter {
	s.t.Helper()
	s.write(func(tx *ledger.Tx) (err error) {
		l, err = tx.IssueLetter(l.ID, in)
		return err
	})
	return l
}

func (s *secretariat) send(l models.Letter, in ledger.LetterSending) ledger.Sent {
	s.t.Helper()
	var out ledger.Sent
	s.write(func(tx *ledger.Tx) (err error) {
		out, err = tx.SendLetter(l.ID, in)
		return err
	})
	return out
}

func (s *secretariat) view(id string) ledger.LetterView {
	s.t.Helper()
	var v ledger.LetterView
	s.read(func(tx *ledger.Tx) (err error) {
		v, err = tx.LetterView(id)
		return err
	})
	return v
}

func (s *secretariat) paper(id string) (pdf []byte, same bool) {
	s.t.Helper()
	var p ledger.LetterPaper
	s.read(func(tx *ledger.Tx) (err error) {
		p, err = tx.LetterPaper(id)
		return err
	})
	pdf, same, err := p.PDF()
	require.NoError(s.t, err)
	return pdf, same
}

// refuses runs a write that has to be refused with a code.
func (b *book) refuses(code string, do func(*ledger.Tx) error) {
	b.t.Helper()
	err := b.Write(b.t.Context(), ledger.Operator(), do)
	require.True(b.t, fault.Is(err, code), "want %s, got %v", code, err)
}

func TestALetterFromItsDraftToItsSuccessor(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSecretariat(t, url, 2)
		duty := s.duties()[0]
		l := s.draft(s.ask(duty))
		require.Equal(t, ledger.LetterDraft, l.State)
		require.Equal(t, "Kepala Desa 001", l.Addressee)
		require.Equal(t, string(mandate.Desa), l.Level)
		require.Empty(t, l.Hash)
		s.refuses("letter_exists", func(tx *ledger.Tx) error { return done1(tx.DraftLetter(s.agreement.ID, s.ask(duty))) })

		l = s.issue(l, ledger.Issue{})
		v := s.view(l.ID)
		require.Equal(t, "2026-11-23", l.OnDay)
		require.Equal(t, letter.Signatory{OnBehalf: "Bupati", Title: "Sekretaris Daerah", Name: "Dra. Contoh Sekda, M.Si."}, v.Content.Signatory)
		require.Empty(t, v.Content.Number, "the number is written by hand")
		pdf, same := s.paper(l.ID)
		require.True(t, same)
		sum := sha256.Sum256(pdf)
		require.Equal(t, sum[:], l.Hash)
		s.refuses("letter_state", func(tx *ledger.Tx) error { return done1(tx.IssueLetter(l.ID, ledger.Issue{})) })
		s.refuses("letter_state", func(tx *ledger.Tx) error { return tx.DropLetter(l.ID) })

		s.write(func(tx *ledger.Tx) (err error) {
			l, err = tx.NumberLetter(l.ID, ledger.LetterNumber{Number: " 560/41/Setda/2026 "})
			return err
		})
		require.Equal(t, 41, l.NumberSeq)
		after, same := s.paper(l.ID)
		require.True(t, same, "what was printed does not change")
		require.Equal(t, pdf, after)

		var next models.Letter
		s.write(func(tx *ledger.Tx) (err error) {
			next, err = tx.CorrectLetter(l.ID, "nama desa keliru")
			return err
		})
		require.Equal(t, 2, next.Version)
		require.Equal(t, ledger.LetterIssued, s.view(l.ID).State, "until the new one is issued the old one stands")
		s.refuses("correction_exists", func(tx *ledger.Tx) error { return done1(tx.CorrectLetter(l.ID, "lagi")) })
		next = s.issue(next, ledger.Issue{TakeNumber: true})
		require.Equal(t, "560/42/Setda/2026", next.Number, "the register goes on after the number typed by hand")
		require.Equal(t, ledger.LetterReplaced, s.view(l.ID).State)
		require.Equal(t, next.ID, s.view(l.ID).ReplacedBy.ID)
		require.Contains(t, strings.Join(s.view(next.ID).Content.Text.Closing, " "), "menggantikan naskah Nomor 560/41/Setda/2026")
		old, same := s.paper(l.ID)
		require.True(t, same, "the old one is there as it was")
		require.Equal(t, pdf, old)
		s.refuses("letter_exists", func(tx *ledger.Tx) error { return done1(tx.DraftLetter(s.agreement.ID, s.ask(duty))) })
	})
}

func done1[T any](_ T, err error) error { return err }

func TestTheTimeToAnswerCountsFromTheDayALetterReallyWent(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSecretariat(t, url, 4)
		duties := s.duties()
		s.clock.set(wita("2026-12-02", 9))
		s.write(func(tx *ledger.Tx) error {
			must(tx.Close(duties[1], ledger.Closing{How: ledger.ByNihil, Signatory: "Kepala Desa"}))
			must(tx.Pause(duties[2], ledger.PauseInput{Note: "di BPJS"}))
			return nil
		})
		exec(t, url, "UPDATE obligations SET target_on = '2027-03-01' WHERE id = '"+duties[3]+"'")
		in := s.ask(duties[0], duties[2], duties[3])
		l := s.issue(s.draft(in), ledger.Issue{})
		before := s.obligation(duties[0])
		require.Equal(t, "2026-12-01", before.TargetOn, "until it is sent nothing changes")
		require.Zero(t, before.NoticedAt)

		s.clock.set(wita("2026-12-08", 15))
		s.refuses("sent_before_its_date", func(tx *ledger.Tx) error {
			return done1(tx.SendLetter(l.ID, ledger.LetterSending{On: "2026-12-01", How: "hand"}))
		})
		s.refuses("sent_in_the_future", func(tx *ledger.Tx) error {
			return done1(tx.SendLetter(l.ID, ledger.LetterSending{On: "2026-12-09", How: "hand"}))
		})
		s.refuses("unknown_sending", func(tx *ledger.Tx) error { return done1(tx.SendLetter(l.ID, ledger.LetterSending{How: "pigeon"})) })
		out := s.send(l, ledger.LetterSending{On: "2026-12-04", How: ledger.SentByCourier, ReceivedBy: "Sekretaris Camat"})
		require.Equal(t, "2026-12-11", out.DueOn, "five working days after Friday the 4th")
		require.Equal(t, []int{1, 0, 1, 1}, []int{out.Dated, out.Closed, out.Paused, out.Further})

		o := s.obligation(duties[0])
		require.Equal(t, "2026-12-11", o.TargetOn)
		require.Equal(t, []any{"2026-12-04", 5}, []any{o.CountedFrom, o.CountedDays}, "holidays that are decreed later move it")
		require.Equal(t, before.Generation+1, o.Generation)
		require.Equal(t, wita("2026-12-04", 8).UnixMicro(), o.NoticedAt)
		require.Equal(t, ledger.ProofLetter, o.NoticedHow)
		var changes []models.ObligationChange
		s.read(func(tx *ledger.Tx) (err error) {
			changes, err = tx.Changes(duties[0])
			return err
		})
		require.Equal(t, "moved", changes[len(changes)-1].Kind)
		require.Equal(t, "surat tanggal 2026-12-02", changes[len(changes)-1].Reason)
		require.Equal(t, "2027-03-01", s.obligation(duties[3]).TargetOn, "more time was given already")
		require.NotZero(t, s.obligation(duties[3]).NoticedAt)
		var receipt []byte
		require.NoError(t, rawDB(t, url).QueryRowContext(t.Context(), "SELECT receipt FROM letters").Scan(&receipt))
		require.NotContains(t, string(receipt), "Sekretaris Camat", "who received it is sealed")
		require.Equal(t, "Sekretaris Camat", s.view(l.ID).Delivery.ReceivedBy)
		s.refuses("letter_state", func(tx *ledger.Tx) error { return done1(tx.SendLetter(l.ID, ledger.LetterSending{How: "hand"})) })
	})
}

// obligation reads one obligation.
func (b *book) obligation(id string) models.Obligation {
	b.t.Helper()
	var o models.Obligation
	b.read(func(tx *ledger.Tx) (err error) {
		o, err = tx.Obligation(id)
		return err
	})
	return o
}

func TestTwoLettersNeverTakeTheSameNumber(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		const letters = 8
		s := newSecretariat(t, url, letters)
		var drafts []models.Letter
		for _, duty := range s.duties() {
			drafts = append(drafts, s.draft(s.ask(duty)))
		}
		var wait sync.WaitGroup
		got := make([]error, letters)
		for i, l := range drafts {
			wait.Go(func() {
				got[i] = s.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
					return done1(tx.IssueLetter(l.ID, ledger.Issue{TakeNumber: true}))
				})
			})
		}
		wait.Wait()
		require.NoError(t, errors.Join(got...))
		seen := map[string]bool{}
		for _, l := range drafts {
			seen[s.view(l.ID).Number] = true
		}
		require.Len(t, seen, letters)
		require.True(t, seen["560/1/Setda/2026"] && seen["560/8/Setda/2026"], "the register has no holes: %v", seen)
	})
}

func TestANumberTypedTwiceAtOnceIsTakenOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSecretariat(t, url, 2)
		first, second := s.issue(s.draft(s.ask(s.duties()[0])), ledger.Issue{}), s.issue(s.draft(s.ask(s.duties()[1])), ledger.Issue{})
		var wait sync.WaitGroup
		got := make([]error, 2)
		for i, l := range []models.Letter{first, second} {
			wait.Go(func() {
				got[i] = s.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
					return done1(tx.NumberLetter(l.ID, ledger.LetterNumber{Number: "B-7/XII"}))
				})
			})
		}
		wait.Wait()
		if got[0] != nil {
			got[0], got[1] = got[1], got[0]
		}
		require.NoError(t, got[0])
		require.True(t, fault.Is(got[1], "number_taken"), "%v", got[1])
		// Behind the lock stands a constraint.
		_, err := rawDB(t, url).ExecContext(t.Context(), "UPDATE letters SET number = 'B-7/XII', number_year = 2026")
		require.Error(t, err)
		// The next year begins anew, and so does another letterhead.
		s.clock.set(wita("2027-01-04", 9))
		s.write(func(tx *ledger.Tx) error {
			must(tx.WithdrawLetter(first.ID, "salah"))
			l := must(tx.DraftLetter(s.agreement.ID, s.ask(s.duties()[0])))
			must(tx.IssueLetter(l.ID, ledger.Issue{}))
			return done1(tx.NumberLetter(l.ID, ledger.LetterNumber{Number: "B-7/XII"}))
		})
	})
}

func TestWhoMayWriteToWhom(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSecretariat(t, url, 2)
		var branch ledger.Head
		var officer models.Post
		s.write(func(tx *ledger.Tx) error {
			officer = must(tx.CreatePost(s.bpjs.ID, ledger.PostInput{Title: "Petugas", Role: "officer"}))
			must(tx.AssignHolder(officer.ID, ledger.HolderInput{Name: "Petugas BPJS", ValidFrom: "2026-01-01"}))
			branch = must(tx.CreateLetterhead(ledger.LetterheadInput{PartyID: s.bpjs.ID, Name: "Cabang", Names: "BPJS Ketenagakerjaan", Place: "Kendari"}))
			return nil
		})
		s.refuses("no_signer", func(tx *ledger.Tx) error {
			in := s.ask(s.duties()[0])
			in.LetterheadID = branch.ID
			return done1(tx.DraftLetter(s.agreement.ID, in))
		})
		s.refuses("signs_for_another", func(tx *ledger.Tx) error {
			return done1(tx.SetSigner(s.head.ID, ledger.SignerInput{Level: mandate.Desa, PostID: officer.ID, ValidFrom: "2026-01-01"}))
		})

		// Who holds the post on the letter's date signs, a Plt as a Plt.
		l := s.draft(s.ask(s.duties()[0]))
		s.write(func(tx *ledger.Tx) error {
			return done1(tx.AssignHolder(s.sekda.ID, ledger.HolderInput{Name: "Ir. Pengganti", Capacity: "plt", Mandate: "SK 1/2026", ValidFrom: "2026-11-20"}))
		})
		issued := s.issue(l, ledger.Issue{})
		require.Equal(t, letter.Signatory{OnBehalf: "Bupati", Acting: "Plt.", Title: "Sekretaris Daerah", Name: "Ir. Pengganti"}, s.view(issued.ID).Content.Signatory)

		// The office says otherwise, and an empty post signs nothing.
		s.write(func(tx *ledger.Tx) error {
			regent := must(tx.CreatePost(s.pemda.ID, ledger.PostInput{Title: "Bupati Contoh", Role: "regent"}))
			must(tx.SetSigner(s.head.ID, ledger.SignerInput{Level: mandate.Desa, PostID: regent.ID, ValidFrom: "2026-11-24", Rank: "-", NIP: "19700101"}))
			return nil
		})
		l = s.draft(s.ask(s.duties()[1]))
		s.refuses("signer_post_empty", func(tx *ledger.Tx) error { return done1(tx.IssueLetter(l.ID, ledger.Issue{On: "2026-11-24"})) })
		s.issue(l, ledger.Issue{On: "2026-11-23"})
		require.Equal(t, "Sekretaris Daerah", s.view(l.ID).Content.Signatory.Title, "the new rule begins a day later")
	})
}

func TestOneLetterToTheCamatListsItsVillages(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSecretariat(t, url, 12)
		l := s.issue(s.draft(s.ask(s.duties()...)), ledger.Issue{TakeNumber: true})
		require.Equal(t, "Camat Contoh", l.Addressee)
		require.Equal(t, string(mandate.Kecamatan), l.Level)
		v := s.view(l.ID)
		require.Len(t, v.Content.List.Groups, 1)
		require.Len(t, v.Content.List.Groups[0].Rows, 12)
		require.Equal(t, 2, l.Pages, "the list is attached")
		out := s.send(l, ledger.LetterSending{How: ledger.SentByHand})
		require.Equal(t, 12, out.Dated+out.Further)
	})
}

func TestWhoHasAnsweredIsLeftOutOfALetter(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSecretariat(t, url, 3)
		duties := s.duties()
		many, one := s.draft(s.ask(duties[0], duties[1])), s.draft(s.ask(duties[2]))
		s.write(func(tx *ledger.Tx) error {
			must(tx.Close(duties[0], ledger.Closing{How: ledger.ByNihil, Signatory: "Kepala Desa"}))
			return done1(tx.Close(duties[2], ledger.Closing{How: ledger.ByNihil, Signatory: "Kepala Desa"}))
		})
		many = s.issue(many, ledger.Issue{})
		v := s.view(many.ID)
		require.Len(t, v.Duties, 1)
		require.Equal(t, "Desa 002", v.Content.List.Groups[0].Rows[0][0])
		require.Equal(t, "Camat Contoh", v.Addressee, "it still goes to the camat")
		_, same := s.paper(many.ID)
		require.True(t, same)
		s.refuses("letter_not_needed", func(tx *ledger.Tx) error { return done1(tx.IssueLetter(one.ID, ledger.Issue{})) })
	})
}

func TestASilentUnitIsTakenThroughTheCourse(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSecretariat(t, url, 3)
		s.clock.set(wita("2026-12-01", 20))
		require.Empty(t, s.toWrite(), "on the last day nobody is late")
		s.clock.set(wita("2026-12-02", 9))
		require.Len(t, s.toWrite(), 3)
		s.refuses("missing_field", func(tx *ledger.Tx) error { return done1(tx.PrepareLetters(s.agreement.ID, ledger.Preparing{})) })
		var drafts []models.Letter
		s.write(func(tx *ledger.Tx) (err error) {
			drafts, err = tx.PrepareLetters(s.agreement.ID, ledger.Preparing{LetterheadID: s.head.ID})
			return err
		})
		require.Len(t, drafts, 3)
		require.Empty(t, s.toWrite(), "letters that wait are not written again")
		s.refuses("no_letters_to_write", func(tx *ledger.Tx) error {
			return done1(tx.PrepareLetters(s.agreement.ID, ledger.Preparing{LetterheadID: s.head.ID}))
		})
		first := s.issue(drafts[0], ledger.Issue{TakeNumber: true})
		require.Empty(t, s.toWrite(), "nor those that were not sent")
		sent := s.send(first, ledger.LetterSending{How: ledger.SentByHand})
		require.Equal(t, "2026-12-09", sent.DueOn)
		s.clock.set(wita("2026-12-09", 23))
		require.Empty(t, s.toWrite())
		for _, want := range []struct {
			day  string
			kind letter.Kind
			says string
		}{
			{"2026-12-10", letter.SecondRequest, "560/1/Setda/2026"},
			{"2027-01-11", letter.FirstWarning, "560/2/Setda/2026"},
			{"2027-03-01", letter.SecondWarning, "560/1/Setda/2027"},
			{"2027-05-03", letter.ThirdWarning, "560/2/Setda/2027"},
		} {
			s.clock.set(wita(want.day, 9))
			due := s.toWrite()
			require.Len(t, due, 1, want.day)
			require.Equal(t, want.kind, due[0].Kind)
			var next models.Letter
			s.write(func(tx *ledger.Tx) error {
				prepared := must(tx.PrepareLetters(s.agreement.ID, ledger.Preparing{LetterheadID: s.head.ID}))
				next = must(tx.IssueLetter(prepared[0].ID, ledger.Issue{TakeNumber: true}))
				return done1(tx.SendLetter(next.ID, ledger.LetterSending{How: ledger.SentByHand}))
			})
			v := s.view(next.ID)
			require.Equal(t, want.says, v.Content.Earlier[0].Number, "it refers to the one before by itself")
			require.Equal(t, want.day, string(v.Content.AsOf))
		}
		s.clock.set(wita("2027-08-02", 9))
		require.Empty(t, s.toWrite(), "the course is at its end")
	})
}

func (s *secretariat) toWrite() []ledger.LetterToWrite {
	s.t.Helper()
	var out []ledger.LetterToWrite
	s.read(func(tx *ledger.Tx) (err error) {
		out, err = tx.LettersToWrite(s.agreement.ID)
		return err
	})
	return out
}

func TestTheMinutesOfAMeetingAreWrittenFromItsRecord(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		s := newSecretariat(t, url, 3)
		var m models.Meeting
		s.write(func(tx *ledger.Tx) error {
			m = must(tx.RecordMeeting(s.agreement.ID, ledger.MeetingInput{
				On: calendar.On("2026-11-20"), Place: "Aula Setda", Agenda: "Rekonsiliasi data", ChairedBy: "Sekda", Present: []string{s.units[0].ID, s.units[1].ID}, Absent: []string{s.units[2].ID},
				Decisions: []ledger.MeetingDecisionInput{{Text: "Camat mendata", Task: &ledger.TaskInput{Kind: ledger.KindTask, UnitIDs: []string{s.units[0].ID}, TargetOn: "2026-12-01"}}},
			}))
			return nil
		})
		for kind, people := range map[letter.Kind]int{letter.Minutes: 2, letter.Record: 2, letter.Attendance: 3} {
			l := s.issue(s.draft(ledger.LetterInput{LetterheadID: s.head.ID, Kind: kind, AboutKind: ledger.AboutMeeting, AboutID: m.ID}), ledger.Issue{})
			v := s.view(l.ID)
			require.Len(t, v.Content.People, people, kind)
			require.Equal(t, "Aula Setda", v.Content.Meeting.Room)
			if kind != letter.Attendance {
				require.Equal(t, []letter.Point{{Text: "Camat mendata", Owner: "Desa 001", Until: "2026-12-01"}}, v.Content.Points)
			}
			if kind == letter.Record {
				require.Equal(t, "BPJS Ketenagakerjaan Contoh", v.Content.Second.Office)
				require.Equal(t, "Kabupaten Contoh", v.Content.Signatory.Office)
			}
		}
	})
}
