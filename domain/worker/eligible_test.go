package worker_test

import (
	"testing"

	"payung/domain/calendar"
	"payung/domain/worker"
)

func TestAgeIsCompletedYears(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		birth, on calendar.Day
		want      int
	}{
		"the day before the birthday":               {"1961-11-22", "2026-11-21", 64},
		"on the birthday":                           {"1961-11-22", "2026-11-22", 65},
		"on the day of birth":                       {"2026-11-22", "2026-11-22", 0},
		"the day before birth":                      {"2026-11-22", "2026-11-21", -1},
		"born on 29 February, on 28 February":       {"2004-02-29", "2026-02-28", 21},
		"born on 29 February, on 1 March":           {"2004-02-29", "2026-03-01", 22},
		"born on 29 February, in the next leap day": {"2004-02-29", "2024-02-29", 20},
		"across the turn of the century":            {"1999-12-31", "2000-01-01", 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := worker.Age(tt.birth, tt.on); got != tt.want {
				t.Errorf("Age(%s, %s) = %d, want %d", tt.birth, tt.on, got, tt.want)
			}
		})
	}
}

func TestEligibility(t *testing.T) {
	t.Parallel()

	vulnerable, _ := worker.Find("vulnerable")
	officials, _ := worker.Find("village_officials")
	honorer, _ := worker.Find("non_asn")
	groups, err := worker.Parse([]byte(invented))
	if err != nil {
		t.Fatal(err)
	}
	crew := groups[0]

	tests := map[string]struct {
		group             worker.Group
		birth, registered calendar.Day
		code              string
		level             worker.Level
	}{
		"a farmer of 64 years and 364 days may register":          {vulnerable, "1961-11-22", "2026-11-21", "", ""},
		"one of 65 is only warned of, the limit is unsettled":     {vulnerable, "1961-11-22", "2026-11-22", worker.TooOld, worker.Warns},
		"one of 17 is only warned of too":                         {vulnerable, "2009-01-01", "2026-11-22", worker.TooYoung, worker.Warns},
		"a settled limit refuses the one who is too old":          {crew, "1966-06-01", "2026-06-01", worker.TooOld, worker.Refuses},
		"the upper limit itself is inside":                        {crew, "1966-06-02", "2026-06-01", "", ""},
		"the lower limit itself is inside":                        {crew, "2008-06-01", "2026-06-01", "", ""},
		"a settled limit refuses the one who is too young":        {crew, "2008-06-02", "2026-06-01", worker.TooYoung, worker.Refuses},
		"a group without a window takes everybody":                {officials, "1930-01-01", "2026-11-22", "", ""},
		"nobody registers in a group that is out of use":          {crew, "1990-01-01", "2027-01-01", worker.GroupNotInUse, worker.Refuses},
		"a birth date that is missing is not held against anyone": {vulnerable, "", "2026-11-22", worker.BirthUnknown, worker.Warns},
		"nobody registers before birth":                           {officials, "2027-01-01", "2026-11-22", worker.RegisteredUnborn, worker.Refuses},
		"an honorer of 2024 is nothing special":                   {honorer, "1990-01-01", "2024-12-31", "", ""},
		"an honorer of 2025 is being phased out":                  {honorer, "1990-01-01", "2025-01-01", worker.GroupBeingPhasedOut, worker.Warns},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := tt.group.Eligible(tt.birth, tt.registered)
			if tt.code == "" {
				if len(found) != 0 {
					t.Errorf("found %+v, want nothing", found)
				}
				return
			}
			if len(found) != 1 || found[0].Code != tt.code || found[0].Level != tt.level || found[0].Note.Key != tt.code {
				t.Errorf("found %+v, want one %s of %s", found, tt.level, tt.code)
			}
		})
	}
}

func TestAFindingSaysTheLimitAndItsSource(t *testing.T) {
	t.Parallel()

	vulnerable, _ := worker.Find("vulnerable")
	found := vulnerable.Eligible("1956-01-01", "2026-11-22")
	if len(found) != 1 {
		t.Fatalf("found %+v", found)
	}
	f := found[0]
	if f.Note.Params["age"] != "70" || f.Note.Params["limit"] != "64" || f.Source == "" {
		t.Errorf("got %+v", f)
	}
}

func TestRule22_OnlyANumberOrAnAcceptedRegistrationStartsCover(t *testing.T) {
	t.Parallel()

	signed := worker.Milestones{AgreementSigned: "2023-01-27", Listed: "2023-02-20", Submitted: "2023-02-28"}
	numbered, accepted := signed, signed
	numbered.NumberIssued = "2023-03-15"
	accepted.RegistrationAccepted = "2023-03-10"

	tests := map[string]struct {
		segment worker.Segment
		steps   worker.Milestones
		want    calendar.Day
	}{
		"a signed agreement covers no wage earner":               {worker.PPU, signed, ""},
		"a signed agreement covers no own-account worker":        {worker.BPU, signed, ""},
		"a wage earner is covered from the number":               {worker.PPU, numbered, "2023-03-15"},
		"an own-account worker is covered from the acceptance":   {worker.BPU, accepted, "2023-03-10"},
		"an accepted form alone does not cover a wage earner":    {worker.PPU, accepted, ""},
		"a number alone does not cover an own-account worker":    {worker.BPU, numbered, ""},
		"nobody of an unknown segment is covered, even numbered": {"PMI", numbered, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, covered := worker.CoverFrom(tt.segment, tt.steps)
			if got != tt.want || covered != (tt.want != "") {
				t.Errorf("covered %v from %q, want %q", covered, got, tt.want)
			}
		})
	}
}
