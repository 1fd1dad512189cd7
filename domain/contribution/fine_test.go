package contribution_test

import (
	"math"
	"testing"

	"payung/domain/contribution"
	"payung/domain/fault"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

func TestRule18_OwnAccountWorkersAreNeverFinedAndPublicBudgetsOnlyIfSwitchedOn(t *testing.T) {
	t.Parallel()

	late := contribution.Late{Segment: worker.PPU, Month: "2026-01", Amount: 12_700_000, Months: 3, Payer: worker.APBD}
	tests := map[string]struct {
		with func(*contribution.Late)
		want rupiah.Amount
		note string
	}{
		"a Pemda by default":                  {func(*contribution.Late) {}, 0, "fine_off_for_public_money"},
		"a village by default":                {func(l *contribution.Late) { l.Payer = worker.APBDes }, 0, "fine_off_for_public_money"},
		"an unknown payer by default":         {func(l *contribution.Late) { l.Payer = "" }, 0, "fine_off_for_public_money"},
		"a Pemda with the fine switched on":   {func(l *contribution.Late) { l.FinePublic = true }, 762_000, "fine_per_month"},
		"a village with the fine switched on": {func(l *contribution.Late) { l.FinePublic, l.Payer = true, worker.APBDes }, 762_000, "fine_per_month"},
		"another employer":                    {func(l *contribution.Late) { l.Payer = worker.Employer }, 762_000, "fine_per_month"},
		"another employer, not late":          {func(l *contribution.Late) { l.Payer, l.Months = worker.Employer, 0 }, 0, "fine_per_month"},
		"another employer in December 2020":   {func(l *contribution.Late) { l.Payer, l.Month = worker.Employer, "2020-12" }, 190_500, "fine_per_month"},
		"an own-account worker":               {func(l *contribution.Late) { l.Segment, l.Payer = worker.BPU, worker.Self }, 0, "no_fine_in_segment"},
		"an own-account worker, switched on":  {func(l *contribution.Late) { l.Segment, l.FinePublic = worker.BPU, true }, 0, "no_fine_in_segment"},
		"a fraction is rounded as agreed":     {func(l *contribution.Late) { l.Payer, l.Amount, l.Months = worker.Employer, 75, 1 }, 2, "fine_per_month"},
		"a fraction is rounded down if agreed": {func(l *contribution.Late) {
			l.Payer, l.Amount, l.Months, l.Rounding = worker.Employer, 75, 1, rupiah.Floor
		}, 1, "fine_per_month"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := late
			tt.with(&l)
			got, err := contribution.FineFor(l)
			if err != nil || got.Amount != tt.want || got.Note.Key != tt.note || got.Source == "" {
				t.Errorf("got %+v, %v; want %d because of %s", got, err, tt.want, tt.note)
			}
		})
	}
}

func TestALatenessThatMakesNoSenseIsRefused(t *testing.T) {
	t.Parallel()

	late := contribution.Late{Segment: worker.PPU, Month: "2026-01", Amount: 100, Months: 1, Payer: worker.Employer}
	tests := map[string]struct {
		code string
		with func(*contribution.Late)
	}{
		"negative months":       {contribution.BadCount, func(l *contribution.Late) { l.Months = -1 }},
		"more than a century":   {contribution.BadCount, func(l *contribution.Late) { l.Months = 1201 }},
		"a negative amount":     {contribution.NegativeAmount, func(l *contribution.Late) { l.Amount = -1 }},
		"an unknown payer":      {contribution.UnknownPayer, func(l *contribution.Late) { l.Payer = "bank" }},
		"an unknown rounding":   {contribution.UnknownRounding, func(l *contribution.Late) { l.Rounding = "up" }},
		"an unknown segment":    {contribution.UnknownSegment, func(l *contribution.Late) { l.Segment = "PMI" }},
		"a month before it all": {contribution.BeforeLaw, func(l *contribution.Late) { l.Month = "2015-01" }},
		"more than can be paid": {contribution.TooLarge, func(l *contribution.Late) { l.Amount, l.Months = math.MaxInt64, 1200 }},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := late
			tt.with(&l)
			if got, err := contribution.FineFor(l); !fault.Is(err, tt.code) {
				t.Errorf("got %+v, %v; want %s", got, err, tt.code)
			}
		})
	}
}
