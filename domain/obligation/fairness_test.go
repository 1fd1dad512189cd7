package obligation

import "testing"

func TestNumbersOfFairnessThatMakeNoSenseAreRefused(t *testing.T) {
	t.Parallel()
	if err := DefaultFairness().Check(); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*Fairness){
		"extensions without end":           func(f *Fairness) { f.MaxExtensions = 21 },
		"less than none":                   func(f *Fairness) { f.MaxExtensions = -1 },
		"the owner approves for itself":    func(f *Fairness) { f.ApproverLevel = 0 },
		"somebody is asked at once":        func(f *Fairness) { f.PauseDays = 0 },
		"an outage of a season ago counts": func(f *Fairness) { f.OutageDays = 61 },
		"an outage of no time":             func(f *Fairness) { f.OutageMinutes = 0 },
		"an office that never opens":       func(f *Fairness) { f.Office = Office{16, 16} },
		"an office that closes tomorrow":   func(f *Fairness) { f.Office = Office{8, 25} },
	} {
		f := DefaultFairness()
		if spoil(&f); f.Check() == nil {
			t.Errorf("%s is accepted: %+v", name, f)
		}
	}
}
