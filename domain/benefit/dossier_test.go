package benefit_test

import (
	"os"
	"strings"
	"testing"

	"payung/domain/benefit"
	"payung/domain/calendar"
)

func TestADeathNeedsItsPapersAndIsPaidThreeWorkingDaysLater(t *testing.T) {
	t.Parallel()
	d, ok := benefit.FindDossier(benefit.Death)
	if !ok || d.Payment == nil || d.Report != nil {
		t.Fatalf("the dossier of a death is %+v", d)
	}
	needed := map[string]bool{}
	for _, p := range d.Documents {
		needed[p.Code] = !p.Optional
	}
	for _, code := range []string{"death_certificate", "heir_statement", "ktp_heir", "family_card"} {
		if !needed[code] {
			t.Errorf("a claim is complete without %s", code)
		}
	}
	if needed["marriage_book"] {
		t.Error("whoever was not married has no marriage book")
	}
	// Friday, 27 November 2026.
	if got := d.Payment.By(calendar.National(), "2026-11-27"); got != "2026-12-02" {
		t.Errorf("paid by %s, want three working days after a Friday", got)
	}
}

func TestAWorkAccidentIsReportedWithinTwoDays(t *testing.T) {
	t.Parallel()
	d, ok := benefit.FindDossier(benefit.AccidentDeath)
	if !ok || d.Report == nil {
		t.Fatalf("the dossier of a deadly accident is %+v", d)
	}
	if got := d.Report.By("2026-12-31"); got != "2027-01-02" {
		t.Errorf("reported by %s", got)
	}
	if _, ok := benefit.FindDossier("illness"); ok {
		t.Error("an event nobody knows has a dossier")
	}
}

func TestDossiersWithAMistakeAreRefused(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("dossier.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"a misspelt field":         {`"documents"`, `"document"`},
		"no version":               {`"version": "2026-11-22"`, `"version": ""`},
		"an unknown event":         {`"event": "death"`, `"event": "illness"`},
		"an event twice":           {`"event": "death"`, `"event": "accident_death"`},
		"a paper twice":            {`"code": "ktp_heir"`, `"code": "ktp_deceased"`},
		"a paper without a name":   {`"en": "Family card"`, `"en": ""`},
		"a term without a source":  {`"workdays": 3, "source": "PP 44/2015, article 40(3), as quoted: after a complete application"`, `"workdays": 3, "source": ""`},
		"a payment at once":        {`"workdays": 3`, `"workdays": 0`},
		"a report before it":       {`"days": 2`, `"days": -1`},
		"something after the file": {"  ]\n}\n", "  ]\n} {}"},
	} {
		if _, err := benefit.ParseDossiers([]byte(strings.Replace(string(raw), change[0], change[1], 1))); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}
