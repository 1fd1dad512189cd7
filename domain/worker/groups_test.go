package worker_test

import (
	"slices"
	"strings"
	"testing"

	"payung/domain/calendar"
	"payung/domain/worker"
)

// invented is a group no law knows.
const invented = `{"as_of": "2026-11-22", "groups": [{
	"code": "ferry_crew", "name": {"id": "Awak feri", "en": "Ferry crew"},
	"segment": "PPU", "programmes": ["JKK", "JKM"], "wage_bases": ["umk"],
	"age": {"min": 18, "max": 59, "source": "invented", "confidence": "V"},
	"funding": ["apbd_regency"], "lead": "transport_lead", "employer": "pemda", "needs_basis": true,
	"valid_from": "2026-01-01", "valid_to": "2026-12-31", "source": "invented", "confidence": "V"}]}`

func TestTheGroupsOfTheAgreementsAreKnown(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		segment worker.Segment
		lead    string
		funding string
	}{
		"non_asn":            {worker.PPU, "personnel_lead", "apbd_regency"},
		"village_officials":  {worker.PPU, "village_lead", "apbdes"},
		"village_council":    {worker.PPU, "village_lead", "apbdes"},
		"vulnerable":         {worker.BPU, "labour_lead", "apbd_regency"},
		"village_assistants": {worker.PPU, "ministry", "apbn"},
		"asn_korpri":         {worker.BPU, "korpri", "self"},
		"rt_rw":              {worker.PPU, "village_lead", "apbd_regency"},
	}
	for code, tt := range tests {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			g, ok := worker.Find(code)
			if !ok {
				t.Fatalf("group %s is not known", code)
			}
			if g.Segment != tt.segment || g.Lead != tt.lead || !g.PayableFrom(tt.funding) {
				t.Errorf("got segment %s, lead %s, funding %q", g.Segment, g.Lead, g.Funding)
			}
			if !slices.Equal(g.Programmes, []worker.Programme{worker.JKK, worker.JKM}) {
				t.Errorf("got programmes %q, want the two that every agreement has", g.Programmes)
			}
		})
	}
}

func TestNobodyKnowsAGroupThatIsNotInTheData(t *testing.T) {
	t.Parallel()

	if g, ok := worker.Find("ferry_crew"); ok {
		t.Errorf("found %v", g)
	}
}

func TestOldAgeSavingsAreAnOptionForHonorerFromPermenaker1Of2025(t *testing.T) {
	t.Parallel()

	g, _ := worker.Find("non_asn")
	if sets := g.ProgrammeSets("2025-02-23"); len(sets) != 1 {
		t.Errorf("the day before: got %q, want only JKK and JKM", sets)
	}
	sets := g.ProgrammeSets("2025-02-24")
	if len(sets) != 2 || !slices.Equal(sets[1], []worker.Programme{worker.JKK, worker.JKM, worker.JHT}) {
		t.Errorf("from the day: got %q, want JKK, JKM and JHT as the second set", sets)
	}
}

func TestANewGroupIsOnlyData(t *testing.T) {
	t.Parallel()

	groups, err := worker.Parse([]byte(invented))
	if err != nil || len(groups) != 1 {
		t.Fatalf("Parse: %v, %v", groups, err)
	}
	inUse := map[calendar.Day]bool{
		"2025-12-31": false, "2026-01-01": true, "2026-12-31": true, "2027-01-01": false,
	}
	for d, want := range inUse {
		if got := groups[0].On(d); got != want {
			t.Errorf("On(%s) = %v, want %v", d, got, want)
		}
	}
}

func TestAGroupFileWithAMistakeIsRefused(t *testing.T) {
	t.Parallel()

	tests := map[string]struct{ old, with, complaint string }{
		"a misspelt field":                 {`"lead"`, `"led"`, "unknown field"},
		"no name in English":               {`"Ferry crew"`, `""`, "name"},
		"an unknown segment":               {`"PPU"`, `"PU"`, "segment"},
		"an unknown programme":             {`"JKM"`, `"JPK"`, "programme"},
		"a programme named twice":          {`"JKM"`, `"JKK"`, "repeated"},
		"no programmes":                    {`["JKK", "JKM"]`, `[]`, "no programmes"},
		"a class of income for a wage":     {`"umk"`, `"class"`, "wage base"},
		"an unknown wage base":             {`"umk"`, `"umr"`, "wage bases"},
		"unknown money":                    {`"apbd_regency"`, `"treasure"`, "funding"},
		"no lead":                          {`"transport_lead"`, `""`, "lead"},
		"a first day that does not exist":  {`"2026-01-01"`, `"2026-02-30"`, "valid_from"},
		"a last day before the first":      {`"2026-12-31"`, `"2025-12-31"`, "span"},
		"an age window upside down":        {`"min": 18`, `"min": 60`, "age window"},
		"an age window without limit":      {`"min": 18, "max": 59`, `"min": 0`, "age window"},
		"an age window without confidence": {`59, "source": "invented", "confidence": "V"`, `59, "source": "invented"`, "age window"},
		"an unknown confidence":            {`"confidence": "V"}]`, `"confidence": "sure"}]`, "confidence"},
		"a code in capitals":               {`ferry_crew`, `Ferry`, "lower-case"},
		"a date of the file that is none":  {`"as_of": "2026-11-22"`, `"as_of": "2026"`, "as_of"},
		"something after the end":          {`}]}`, `}]} {}`, "after the end"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := strings.Replace(invented, tt.old, tt.with, 1)
			if data == invented {
				t.Fatal("the mistake is not in the data")
			}
			_, err := worker.Parse([]byte(data))
			if err == nil || !strings.Contains(err.Error(), tt.complaint) {
				t.Errorf("got %v, want a complaint about %q", err, tt.complaint)
			}
		})
	}
}

func TestACodeMayNotBeUsedTwice(t *testing.T) {
	t.Parallel()

	one := invented[strings.Index(invented, `[{`)+1 : len(invented)-2]
	_, err := worker.Parse([]byte(strings.Replace(invented, `[{`, `[`+one+`,{`, 1)))
	if err == nil || !strings.Contains(err.Error(), "twice") {
		t.Errorf("got %v", err)
	}
}

func TestTheVillageFundPaysOnlyFrom2026AndIsDisputed(t *testing.T) {
	t.Parallel()

	f, ok := worker.FindFunding("dana_desa")
	if !ok || f.Confidence != worker.Uncertain {
		t.Fatalf("got %+v, %v", f, ok)
	}
	if f.On("2025-12-31") || !f.On("2026-01-01") {
		t.Error("the village fund may pay from 1 January 2026 and not before")
	}
}

func TestEveryFundingSourceIsSomebodysBudget(t *testing.T) {
	t.Parallel()

	for _, f := range worker.Fundings() {
		found, ok := worker.FindFunding(f.Code)
		if !ok || found.Payer != f.Payer {
			t.Errorf("%s is not found as itself", f.Code)
		}
	}
	if f, ok := worker.FindFunding("treasure"); ok {
		t.Errorf("found %v", f)
	}
}

func TestAFundingFileWithAMistakeIsRefused(t *testing.T) {
	t.Parallel()

	const good = `{"as_of": "2026-11-22", "funding": [{"code": "zakat", "name": {"id": "Zakat", "en": "Alms"},
		"payer": "donor", "valid_from": "2026-01-01", "source": "invented", "confidence": "M"}]}`
	if _, err := worker.ParseFunding([]byte(good)); err != nil {
		t.Fatalf("the good file: %v", err)
	}
	tests := map[string]struct{ old, with string }{
		"an unknown payer":      {`"donor"`, `"friend"`},
		"no source":             {`"invented"`, `""`},
		"no name in Indonesian": {`"Zakat"`, `""`},
		"a day that is none":    {`"2026-01-01"`, `"2026-13-01"`},
		"no date of the file":   {`"as_of": "2026-11-22"`, `"as_of": ""`},
		"an empty code":         {`"zakat"`, `""`},
		"half a file":           {`}]}`, `}`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := worker.ParseFunding([]byte(strings.Replace(good, tt.old, tt.with, 1))); err == nil {
				t.Error("it was read")
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(invented))
	f.Add([]byte(`{"as_of": "2026-11-22", "groups": null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		groups, err := worker.Parse(data)
		if err != nil {
			return
		}
		for _, g := range groups {
			if g.Code == "" || !g.Segment.Known() || len(g.Programmes) == 0 || !g.On(g.ValidFrom) {
				t.Errorf("an unsound group was read: %+v", g)
			}
		}
	})
}
