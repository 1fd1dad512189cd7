package notice

import (
	"strings"
	"testing"
	"time"

	"payung/domain/calendar"
	"payung/domain/obligation"
)

func TestAReminderSaysThatMoreTimeIsBeingConsidered(t *testing.T) {
	t.Parallel()
	now := calendar.Day("2026-12-08").In(calendar.WITA, 8, 0)
	i := Item{
		Ref: "o", Kind: "roster", Group: "village_officials", Year: 2027, Unit: "Desa Lambusa", Own: true, Tone: obligation.Reminder,
		Target: "2026-12-15", Zone: calendar.WITA, Asked: "2026-12-22",
	}
	for lang, want := range map[calendar.Lang]string{
		calendar.ID: "Permohonan perpanjangan sampai Selasa, 22 Desember 2026 sedang dipertimbangkan.",
		calendar.EN: "More time until Tuesday, 22 December 2026 has been asked for and is being considered.",
	} {
		for _, items := range [][]Item{{i}, {i, {Ref: "p", News: "other"}}} { // alone, and in a list
			l := Letter{Lang: lang, Post: "Kepala Desa", Now: now, Items: items}
			if body := strings.Join(strings.Fields(Compose(l, 10).Body), " "); !strings.Contains(body, want) {
				t.Errorf("%s: %q does not say %q", lang, body, want)
			}
		}
	}
	i.Asked = ""
	if body := Compose(Letter{Lang: calendar.ID, Now: now, Items: []Item{i}}, 10).Body; strings.Contains(body, "dipertimbangkan") {
		t.Errorf("nobody asked: %q", body)
	}
}

func TestNewsOfFairnessHasWordsInBothLanguages(t *testing.T) {
	t.Parallel()
	values := map[string]string{
		"unit": "Desa Lambusa", "target": "2026-12-15", "until": "2026-12-22", "approved": "2026-12-21", "desk": "BPKAD", "since": "2026-12-01",
	}
	for _, kind := range []string{"extension_asked", "extension_approved", "extension_refused", "outage_extended", "pause_long"} {
		for _, lang := range []calendar.Lang{calendar.ID, calendar.EN} {
			said := Line(lang, Item{Ref: "o", News: kind, Tone: Inform, Values: values}, time.Time{})
			if !strings.Contains(said, "Desa Lambusa") || strings.ContainsAny(said, "{}–") {
				t.Errorf("%s in %s: %q", kind, lang, said)
			}
		}
	}
}
