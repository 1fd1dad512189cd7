package enrolment_test

import (
	"testing"

	"payung/domain/calendar"
	"payung/domain/enrolment"
	"payung/domain/worker"
)

func terms(t *testing.T, s worker.Segment, on calendar.Day) enrolment.Terms {
	t.Helper()
	out, ok := enrolment.National().On(s, on)
	if !ok {
		t.Fatalf("no terms for %s on %s", s, on)
	}
	return out
}

// TestRule22_OnlyAnAcceptedRegistrationStartsProtection: signing, listing and
// submitting protect nobody; an issued number does for wage earners, an accepted
// registration for own-account workers.
func TestRule22_OnlyAnAcceptedRegistrationStartsProtection(t *testing.T) {
	t.Parallel()
	const number, day = "15012345678", calendar.Day("2026-05-11")
	for name, tt := range map[string]struct {
		answer  enrolment.Answer
		segment worker.Segment
		want    bool
	}{
		"a wage earner with a number":                 {enrolment.Answer{State: enrolment.Registered, Card: number, On: day}, worker.PPU, true},
		"a wage earner accepted, the number to come":  {enrolment.Answer{State: enrolment.Registered, On: day}, worker.PPU, false},
		"an own-account worker accepted":              {enrolment.Answer{State: enrolment.Registered, On: day}, worker.BPU, true},
		"a wage earner rejected":                      {enrolment.Answer{State: enrolment.Rejected, Card: number, On: day}, worker.PPU, false},
		"an own-account worker rejected":              {enrolment.Answer{State: enrolment.Rejected, On: day}, worker.BPU, false},
		"a wage earner whose names were only sent":    {enrolment.Answer{State: enrolment.Waiting, Card: number, On: day}, worker.PPU, false},
		"an own-account worker nobody answered about": {enrolment.Answer{State: enrolment.Unanswered, On: day}, worker.BPU, false},
		"an answer of no day":                         {enrolment.Answer{State: enrolment.Registered}, worker.BPU, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.answer.Protects(tt.segment); got != tt.want {
				t.Errorf("protects: %v, want %v", got, tt.want)
			}
		})
	}
}

// TestRule23_ThirtySevenAndThreeWorkingDays: forms received on Monday 2 March
// 2026 are due on Tuesday 21 April, or on 15 April where cuti bersama is worked;
// cards seven working days after Monday 11 May 2026 on Friday 22 May.
func TestRule23_ThirtySevenAndThreeWorkingDays(t *testing.T) {
	t.Parallel()
	c := calendar.National()
	due := terms(t, worker.PPU, "2026-03-02")
	for name, tt := range map[string]struct{ got, want calendar.Day }{
		"forms, cuti bersama off":       {due.Forms.End(c, "2026-03-02"), "2026-04-21"},
		"forms, cuti bersama worked":    {due.Forms.End(c.CutiIsWorkday(), "2026-03-02"), "2026-04-15"},
		"cards over two holidays":       {due.Cards.End(c, "2026-05-11"), "2026-05-22"},
		"hand-over over a long Lebaran": {due.Handover.End(c, "2026-03-17"), "2026-03-27"}, // rule 24
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if tt.got != tt.want {
				t.Errorf("due %s, want %s", tt.got, tt.want)
			}
		})
	}
}

func TestTermsBeginWithTheRegulation(t *testing.T) {
	t.Parallel()
	if _, ok := enrolment.National().On(worker.PPU, "2025-02-23"); ok {
		t.Error("Permenaker 1/2025 does not count before 24 February 2025")
	}
	first := terms(t, worker.PPU, "2025-02-24")
	if first.Forms.Confidence != worker.Verified || first.Patience.Confidence.Settled() {
		t.Errorf("the law's terms are verified, our proposals are not: %+v", first)
	}
	if terms(t, worker.BPU, "2026-01-01").Cards.Confidence.Settled() {
		t.Error("no rule for own-account workers was found")
	}
}

func TestATableWithATermOfNoSourceIsRefused(t *testing.T) {
	t.Parallel()
	for name, data := range map[string]string{
		"no JSON":        `{`,
		"an odd field":   `{"version": "2026-11-22", "terms": [], "x": 1}`,
		"no terms":       `{"version": "2026-11-22", "terms": []}`,
		"no version":     `{"version": "", "terms": [{"segment": "PPU", "from": "2025-02-24"}]}`,
		"no segment":     `{"version": "2026-11-22", "terms": [{"segment": "X", "from": "2025-02-24"}]}`,
		"missing terms":  `{"version": "2026-11-22", "terms": [{"segment": "PPU", "from": "2025-02-24"}]}`,
		"without source": `{"version": "2026-11-22", "terms": [{"segment": "PPU", "from": "2025-02-24", "forms": {"workdays": 30}}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := enrolment.Parse([]byte(data)); err == nil {
				t.Error("it was taken")
			}
		})
	}
}

func TestWhoseTurnItIs(t *testing.T) {
	t.Parallel()
	counted := func(c enrolment.Counts) enrolment.Batch {
		return enrolment.Batch{SentOn: "2026-05-11", Counts: c}
	}
	delivered := func(c enrolment.Counts) enrolment.Batch {
		b := counted(c)
		b.CardsOn = "2026-05-20"
		return b
	}
	for name, tt := range map[string]struct {
		batch enrolment.Batch
		want  enrolment.Stage
		ended bool
	}{
		"the forms are being completed":             {enrolment.Batch{}, enrolment.StageForms, false},
		"sent, nobody answered":                     {counted(enrolment.Counts{People: 2, Waiting: 2}), enrolment.StageAnswers, false},
		"one of two answered":                       {counted(enrolment.Counts{People: 2, Waiting: 1, Registered: 1}), enrolment.StageAnswers, false},
		"all registered, no cards yet":              {counted(enrolment.Counts{People: 2, Registered: 2}), enrolment.StageCards, false},
		"cards came":                                {delivered(enrolment.Counts{People: 2, Registered: 2}), enrolment.StageHandover, false},
		"one of two cards handed over":              {delivered(enrolment.Counts{People: 2, Registered: 2, Handed: 1}), enrolment.StageHandover, false},
		"cards came for one, the other still waits": {delivered(enrolment.Counts{People: 2, Registered: 1, Waiting: 1, Handed: 1}), enrolment.StageAnswers, false},
		"everybody has a card":                      {delivered(enrolment.Counts{People: 2, Registered: 2, Handed: 2}), enrolment.StageDone, true},
		"everybody was rejected":                    {counted(enrolment.Counts{People: 2, Rejected: 2}), enrolment.StageDone, true},
		"rejected rows were mended":                 {counted(enrolment.Counts{People: 2, Corrected: 1, Withdrawn: 1}), enrolment.StageDone, true},
		"nobody ever answered":                      {counted(enrolment.Counts{People: 2, Unanswered: 2}), enrolment.StageUnanswered, true},
		"one never answered, one without a card":    {counted(enrolment.Counts{People: 2, Registered: 1, Unanswered: 1}), enrolment.StageCards, false},
		"opened by mistake":                         {enrolment.Batch{Withdrawn: true}, enrolment.StageWithdrawn, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.batch.Stage(); got != tt.want || got.Ended() != tt.ended {
				t.Errorf("%s, ended %v; want %s, %v", got, got.Ended(), tt.want, tt.ended)
			}
		})
	}
}

func TestEveryStateIsCountedOnce(t *testing.T) {
	t.Parallel()
	var c enrolment.Counts
	for i, s := range enrolment.States() {
		c.Add(s, int64(1)<<i)
	}
	if all := c.Waiting + c.Registered + c.Rejected + c.Corrected + c.Withdrawn + c.Unanswered; c.People != all || c.People != 1<<len(enrolment.States())-1 {
		t.Errorf("%+v adds up to %d", c, all)
	}
}
