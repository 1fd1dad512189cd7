package web

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/benefit"
	"payung/domain/calendar"
	"payung/domain/enrolment"
	"payung/domain/obligation"
	"payung/domain/worker"
	"payung/ledger"
)

func catalogues(t *testing.T) (id, en words) {
	t.Helper()
	id, err := loadWords(calendar.ID)
	require.NoError(t, err)
	en, err = loadWords(calendar.EN)
	require.NoError(t, err)
	return id, en
}

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

func TestBothLanguagesSayTheSame(t *testing.T) {
	t.Parallel()
	id, en := catalogues(t)
	for key, s := range id.text {
		other, ok := en.text[key]
		require.True(t, ok, "English lacks %s", key)
		for half := range strings.SplitSeq(other, "|") {
			require.Equal(t, found(s), found(half), "placeholders of %s", key)
		}
		require.NotContains(t, s, "|", "Indonesian has one form for one and many: %s", key)
	}
	require.Len(t, en.text, len(id.text))
}

func found(s string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(s, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// avoided are words the staff do not use, in English or Indonesian.
var avoided = regexp.MustCompile(`(?i)\b(deadline|dashboard|dasbor|portofolio|roster|manifes|unit|entitas|tenant|skpd|task|tiket|submit|workflow|email|download|upload|` +
	`reminder|agreement|payment|silent|mangkir|premi|tagihan|obligasi|eskalasi|notifikasi|somasi|kontrak|perikatan|amandemen|kuota|uji kering|the|and|ter-cover|pembaruan|fatal)\b`)

func TestIndonesianUsesTheStaffsOwnWords(t *testing.T) {
	t.Parallel()
	id, _ := catalogues(t)
	for key, s := range id.text {
		require.NotRegexp(t, avoided, s, key)
	}
}

func TestEveryCodeHasItsWords(t *testing.T) {
	t.Parallel()
	id, en := catalogues(t)
	var keys []string
	all := func(prefix string, codes ...string) {
		for _, c := range codes {
			keys = append(keys, prefix+c)
		}
	}
	for _, s := range ledger.Stages() {
		all("stage.", string(s))
	}
	all("finding.", ledger.Findings()...)
	all("action.", ledger.ActionCodes()...)
	all("cell.", ledger.CellStates()...)
	all("tally.", ledger.CellStates()...)
	all("people.", ledger.PeopleStates()...)
	all("column.", ledger.PeopleStates()...)
	all("urgency.", ledger.Urgent, ledger.Soon, ledger.Later)
	all("tone.", string(obligation.Reminder), string(obligation.Request), string(obligation.Warning))
	all("duty.", ledger.KindRoster, ledger.KindPayment, ledger.KindTask, ledger.KindRenewal, "regulation_draft")
	for _, problem := range []string{"not_found", "forbidden", "unavailable", "failed", "bad_day"} {
		all("problem.", problem, problem+"_text")
	}
	all("tone.", "inform")
	all("duty.", "claim", "conflict")
	all("moved.", ledger.MovedIn, ledger.MovedOut, ledger.MovedBack)
	all("version.", "list", "decision", ledger.MovedIn, ledger.MovedOut, ledger.MovedBack)
	all("answer.", ledger.AnswerKinds()...)
	all("window.", ledger.WindowStates()...)
	all("objection.", ledger.ObjectionKinds()...)
	all("state.", ledger.ObjectionStates()...)
	all("claim.", ledger.ClaimStates()...)
	for _, s := range enrolment.Stages() {
		all("batch.", string(s))
		all("turn.", string(s))
	}
	for _, s := range enrolment.States() {
		all("row.", string(s))
		all("settled.", string(s))
	}
	for _, r := range enrolment.Reasons() {
		if r.Field != "" {
			all("field.", r.Field)
		}
	}
	all("line.", enrolment.LineWithoutRow, enrolment.LineUnknownRow, enrolment.LineOtherPerson, enrolment.LineUnclear, enrolment.LineTwice, ledger.SentAgain)
	all("purpose.", ledger.RevealPurposes()...)
	all("duty.", ledger.KindForms, ledger.KindCards, ledger.KindHandover, ledger.KindCorrection)
	all("event.", string(benefit.Death), string(benefit.AccidentDeath))
	for _, l := range worker.Leavings() {
		all("choice.reason.", string(l.Reason))
	}
	for _, k := range keys {
		require.Contains(t, id.text, k)
		require.Contains(t, en.text, k)
	}
}

func TestTemplatesUseOnlyKeysThatExist(t *testing.T) {
	t.Parallel()
	id, _ := catalogues(t)
	entries, err := templateFiles.ReadDir("templates")
	require.NoError(t, err)
	key := regexp.MustCompile(`[{(]t "([^"]+)"`)
	for _, e := range entries {
		raw, err := templateFiles.ReadFile("templates/" + e.Name())
		require.NoError(t, err)
		for _, m := range key.FindAllStringSubmatch(string(raw), -1) {
			require.Contains(t, id.text, m[1], e.Name())
		}
	}
}

func TestASentenceNeverHasAHole(t *testing.T) {
	t.Parallel()
	id, en := catalogues(t)
	for name, c := range map[string]struct {
		w     words
		pairs []any
		want  string
	}{
		"thousands":           {id, []any{"n", 1590}, "1.590 orang"},
		"one":                 {en, []any{"n", 1}, "1 person"},
		"many":                {en, []any{"n", 16800}, "16,800 people"},
		"braces in the value": {id, []any{"n", "{n}"}, "{n} orang"},
	} {
		got, err := c.w.say("count.people", c.pairs...)
		require.NoError(t, err, name)
		require.Equal(t, c.want, got, name)
	}
	_, err := id.say("count.people")
	require.Error(t, err, "a missing value")
	_, err = id.say("no.such.key")
	require.Error(t, err)
}

func TestABarIsAsLongAsItsWhole(t *testing.T) {
	t.Parallel()
	// 269 of the late ones had been written to; nobody is drawn twice.
	c := ledger.DutyCount{All: 356, Answered: 48, Nihil: 9, Paused: 3, NoAnswer: 276, NotRegistered: 20, Late: 280}
	length := 0.0
	for _, s := range duties(c) {
		require.Positive(t, s.Length)
		length += s.Length
	}
	require.InDelta(t, 100, length, 0.001)
	require.Empty(t, duties(ledger.DutyCount{}))
	require.Equal(t, []segment{{"ok", 0, 50}, {"late", 50, 50}}, tallyBar(ledger.Tally{ledger.CellAnswered: 3, ledger.CellLate: 3}))
}

func TestARupiahFigureAndAnUnknownMeasureAreNotPeople(t *testing.T) {
	t.Parallel()
	id, _ := catalogues(t)
	for measure, want := range map[string]string{"rupiah_month": "Rp282.240.000", "people_ready": "282.240.000 orang", "villages_paid": "282.240.000 desa", "lainnya": "282.240.000"} {
		f := ledger.Reported{}
		f.Measure, f.Value = measure, 282_240_000
		got, err := id.counted(f)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}
