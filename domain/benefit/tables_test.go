package benefit_test

import (
	"os"
	"strings"
	"testing"

	"payung/domain/benefit"
	"payung/domain/calendar"
)

func tables(tb testing.TB) string {
	tb.Helper()
	data, err := os.ReadFile("tables.json")
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

func TestALaterLawNeedsOnlyData(t *testing.T) {
	t.Parallel()

	// A made-up third table that raises the funeral of the second.
	data := tables(t)
	second := data[strings.Index(data, `{
      "id": "pp_82_2019"`):]
	second = second[:strings.LastIndex(second, "  ]\n}")]
	third := strings.NewReplacer("pp_82_2019", "invented", "2019-12-02", "2030-01-01", `"amount": 10000000`, `"amount": 11000000`).Replace(second)
	law, err := benefit.Parse([]byte(strings.Replace(data, second, second+","+third, 1)))
	if err != nil {
		t.Fatal(err)
	}
	for d, want := range map[calendar.Day]int64{"2029-12-31": 42_000_000, "2030-01-01": 43_000_000} {
		if r, err := law.Compute(death(d)); err != nil || int64(r.Total) != want {
			t.Errorf("a death on %s pays %d, %v; want %d", d, r.Total, err, want)
		}
	}
}

func TestTablesWithAMistakeAreRefused(t *testing.T) {
	t.Parallel()

	tests := map[string]struct{ old, with string }{
		"a misspelt field":                     {`"benefits"`, `"benefit"`},
		"a version that is no day":             {`"version": "2026-11-22"`, `"version": "v1"`},
		"tables out of order":                  {`"from": "2019-12-02"`, `"from": "2015-07-01"`},
		"a first day that does not exist":      {`"from": "2015-07-01"`, `"from": "2015-06-31"`},
		"an unknown event":                     {`"event": "death"`, `"event": "illness"`},
		"an unknown kind":                      {`"kind": "funeral"`, `"kind": "feast"`},
		"a part of nothing":                    {`"amount": 16200000`, `"amount": 0`},
		"an amount and a wage at once":         {`"amount": 16200000`, `"amount": 16200000, "months": 80`},
		"a death paid by wage":                 {`"amount": 16200000`, `"months": 80, "hundredths": 6000`},
		"a death by accident paid by loss":     {`"months": 80, "hundredths": 6000`, `"months": 80`},
		"more than the whole wage":             {`"hundredths": 6000`, `"hundredths": 10001`},
		"a part without source":                {`"source": "PP 44/2015", "confidence": "V"}`, `"source": "", "confidence": "V"}`},
		"a ceiling of nothing":                 {`"amount": 1500000`, `"amount": 0`},
		"a scholarship for nobody":             {`"children": 1`, `"children": 0`},
		"a scholarship in two ways":            {`"children": 2,`, `"children": 2, "lump_sum": 1,`},
		"a scholarship in no way":              {`"lump_sum": 12000000`, `"lump_sum": 0`},
		"a level without years":                {`"years": 6}`, `"years": 0}`},
		"an entitlement without confidence":    {`another", "confidence": "U"`, `another", "confidence": "?"`},
		"a claim that expires at once":         {`"years": 2, "source"`, `"years": 0, "source"`},
		"no table":                             {tables(t)[strings.Index(tables(t), `"tables": [`):], `"tables": []}`},
		"something after the end of the table": {"  ]\n}\n", "  ]\n} {}"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			good := tables(t)
			bad := strings.Replace(good, tt.old, tt.with, 1)
			if bad == good {
				t.Fatal("the mistake is not in the data")
			}
			if _, err := benefit.Parse([]byte(bad)); err == nil {
				t.Error("it was read")
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(tables(f)))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		law, err := benefit.Parse(data)
		if err != nil {
			return
		}
		first := law.Tables[0].From
		r, err := law.Compute(death(first))
		if err != nil || r.Total < 0 || r.From != first {
			t.Errorf("unsound tables were read: %+v, %v", r, err)
		}
		if _, err := law.ClaimDeadline(first, ""); err != nil {
			t.Errorf("a claim for the first day: %v", err)
		}
	})
}
