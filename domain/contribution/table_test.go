package contribution_test

import (
	"os"
	"strings"
	"testing"

	"payung/domain/contribution"
)

func rules(tb testing.TB) string {
	tb.Helper()
	data, err := os.ReadFile("rules.json")
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

func TestALawThatIsNotYetWrittenNeedsOnlyData(t *testing.T) {
	t.Parallel()

	// A made-up extension of the relief for other sectors to June 2027.
	data := strings.Replace(rules(t), `"from": "2026-04", "to": "2026-12"`, `"from": "2026-04", "to": "2027-06"`, 1)
	table, err := contribution.Parse([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	q := rentan("2027-06")
	q.Payer = "self"
	r, err := table.Compute(q)
	if err != nil || r.Total != 8_400 {
		t.Errorf("got %d, %v; want 8400", r.Total, err)
	}
	if now := compute(t, q).Total; now != 16_800 {
		t.Errorf("the law of the land changed with it: %d", now)
	}
}

func TestATableWithAMistakeIsRefused(t *testing.T) {
	t.Parallel()

	tests := map[string]struct{ old, with string }{
		"a misspelt field":                       {`"version"`, `"verzion"`},
		"a version that is no day":               {`"version": "2026-11-22"`, `"version": "v1"`},
		"no first law":                           {`"first_law": "PP 44/2015"`, `"first_law": ""`},
		"an unknown default risk":                {`"level": "very_low"`, `"level": "none"`},
		"an unknown programme":                   {`"programme": "JKK"`, `"programme": "JPK"`},
		"an unknown enrolment in JKP":            {`"jkp": "out"`, `"jkp": "maybe"`},
		"a rate of nothing":                      {`"hundredths": 24`, `"hundredths": 0`},
		"a rate above the whole wage":            {`"hundredths": 24`, `"hundredths": 10001`},
		"a rate and a flat amount at once":       {`"flat": 6800`, `"flat": 6800, "hundredths": 1`},
		"a rate without source":                  {`"source": "PP 44/2015, flat amount"`, `"source": ""`},
		"two rates for one question":             {`"risk": "low"`, `"risk": "very_low"`},
		"overlapping versions of a rate":         {`"to": "2025-01"`, `"to": "2025-02"`},
		"a rate that ends before it begins":      {`"to": "2025-01"`, `"to": "2022-01"`},
		"classes out of order":                   {`"from": 1300000`, `"from": 1200000`},
		"a class with its end before its start":  {`"to": 1299000`, `"to": 1099000`},
		"classes that do not begin at nothing":   {`"from": 0`, `"from": 1`},
		"a relief that costs more than the full": {`"pays_hundredths": 5000`, `"pays_hundredths": 15000`},
		"a relief for an unknown sector":         {`["transport"]`, `["farming"]`},
		"a relief that excludes a stranger":      {`["apbn", "apbd"]`, `["apbn", "bank"]`},
		"a relief without confidence":            {`is paid", "confidence": "V"`, `is paid", "confidence": ""`},
		"two reliefs for one question":           {`["transport"]`, `["transport", "other"]`},
		"a due date on day 0":                    {`"day": 15`, `"day": 0`},
		"a due date that moves nowhere":          {`"holiday": "previous"`, `"holiday": "stay"`},
		"two due dates for one question":         {`"to": "2020-07", "source": "PP 44/2015, for employers`, `"to": "2020-08", "source": "PP 44/2015, for employers`},
		"a negative fine":                        {`"hundredths": 200, "from": "2015-07", "to"`, `"hundredths": -200, "from": "2015-07", "to"`},
		"two fines for one question":             {`["PPU"], "hundredths": 50`, `["BPU"], "hundredths": 50`},
		"a lapse after no months":                {`"after_months": 3`, `"after_months": 0`},
		"an account without number":              {`"code": "5.1.02.02.02.0006"`, `"code": ""`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			good := rules(t)
			bad := strings.Replace(good, tt.old, tt.with, 1)
			if bad == good {
				t.Fatal("the mistake is not in the data")
			}
			if _, err := contribution.Parse([]byte(bad)); err == nil {
				t.Error("it was read")
			}
		})
	}
}

func TestATableEndsWhereItEnds(t *testing.T) {
	t.Parallel()

	if _, err := contribution.Parse([]byte(rules(t) + "{}")); err == nil || !strings.Contains(err.Error(), "after the end") {
		t.Errorf("got %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(rules(f)))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := contribution.Parse(data)
		if err != nil {
			return
		}
		for _, q := range []contribution.Query{rentan(table.FirstMonth), official(table.FirstMonth)} {
			if r, err := table.Compute(q); err == nil && (r.Total < 0 || len(r.Items) < 2) {
				t.Errorf("an unsound table was read: %+v gives %+v", q, r)
			}
		}
	})
}
