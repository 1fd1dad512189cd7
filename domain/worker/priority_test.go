package worker_test

import (
	"strings"
	"testing"

	"payung/domain/calendar"
	"payung/domain/worker"
)

// claim is a place of one person in 2027.
func claim(unit, kind, group, funding string, listed calendar.Day) worker.Claim {
	return worker.Claim{
		Listing: worker.Listing{Person: "p", Unit: unit, Group: group, Funding: funding, Year: 2027}, Kind: kind, Listed: listed,
	}
}

func TestRule28_WhichOfTwoListingsStaysFollowsTheRulesInOrder(t *testing.T) {
	t.Parallel()
	village := claim("desa-1", "desa", "vulnerable", "apbdes", "2026-11-01")
	labour := claim("disnaker", "opd", "vulnerable", "apbd_regency", "2026-11-20")
	staff := claim("dinas-1", "opd", "non_asn", "apbd_regency", "2026-11-20")
	official := claim("desa-1", "desa", "village_officials", "apbdes", "2026-11-01")
	changed := func(c worker.Claim, change func(*worker.Claim)) worker.Claim {
		change(&c)
		return c
	}
	for name, tt := range map[string]struct {
		a, b    worker.Claim
		winner  int
		rule    string
		decided bool
	}{
		"honorer and rentan":                    {village, staff, 1, "wage_earner_over_rentan", true},
		"village official and rentan":           {official, labour, 0, "wage_earner_over_rentan", true},
		"rentan of APBD and of APBDes":          {village, labour, 1, "apbd_over_apbdes", true},
		"honorer and village official":          {staff, official, -1, "opd_and_village", false},
		"twice in one unit":                     {village, changed(village, func(c *worker.Claim) { c.Listed = "2026-10-31" }), 1, "same_unit_earlier", true},
		"twice in one unit, honorer as well":    {official, changed(village, func(c *worker.Claim) { c.Listed = "2026-12-01" }), 0, "same_unit_earlier", true},
		"twice in one unit on one day":          {village, village, -1, "same_unit_earlier", false},
		"twice in one unit, one without a day":  {village, changed(village, func(c *worker.Claim) { c.Listed = "" }), -1, "same_unit_earlier", false},
		"province and regency":                  {labour, claim("prov", "opd", "vulnerable", "apbd_province", "2026-01-01"), -1, "province_and_regency", false},
		"pays already":                          {labour, claim("", "", "vulnerable", "self", "2020-01-01"), -1, "self_paid", false},
		"pays already, and the village as well": {claim("", "", "vulnerable", "self", "2020-01-01"), village, -1, "self_paid", false},
		"two offices":                           {staff, claim("dinas-2", "opd", "non_asn", "apbd_regency", "2026-01-01"), -1, "somebody_decides", false},
		"a group and funding nobody knows":      {labour, claim("x", "x", "x", "x", ""), -1, "somebody_decides", false},
		"another year":                          {village, changed(labour, func(c *worker.Claim) { c.Year = 2026 }), -1, "", false},
		"another person":                        {village, changed(labour, func(c *worker.Claim) { c.Person = "q" }), -1, "", false},
		"resolved by somebody":                  {village, changed(labour, func(c *worker.Claim) { c.Resolved = true }), -1, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			winner, rule, decided := worker.Resolve(tt.a, tt.b)
			if winner != tt.winner || rule != tt.rule || decided != tt.decided {
				t.Errorf("%d, %q, %t, want %d, %q, %t", winner, rule, decided, tt.winner, tt.rule, tt.decided)
			}
			swapped, rule, decided := worker.Resolve(tt.b, tt.a)
			if tt.winner >= 0 && swapped != 1-tt.winner || tt.winner < 0 && swapped != -1 || rule != tt.rule || decided != tt.decided {
				t.Errorf("the other way round: %d, %q, %t", swapped, rule, decided)
			}
		})
	}
}

func TestEveryPriorityHasWordsAndASource(t *testing.T) {
	t.Parallel()
	for _, p := range worker.Priorities() {
		found, ok := worker.FindPriority(p.Code)
		if !ok || found.Reason.ID == found.Reason.EN || !strings.HasSuffix(p.Reason.ID, ".") || !p.Stated() {
			t.Errorf("%s: %+v", p.Code, p)
		}
	}
	if _, ok := worker.FindPriority("x"); ok {
		t.Error("there is a priority x")
	}
}

func TestAFileOfPrioritiesIsCheckedBeforeUse(t *testing.T) {
	t.Parallel()
	const last = `{"code":"z","by":"any","then":"ask","name":{"id":"x","en":"x"},"reason":{"id":"x","en":"x"},"source":"x","confidence":"U"}`
	rule := func(body string) string {
		return `{"as_of":"2026-11-22","priorities":[{"code":"a","name":{"id":"x","en":"x"},"reason":{"id":"x","en":"x"},"source":"x","confidence":"U",` + body + `},` + last + `]}`
	}
	if _, err := worker.ParsePriorities([]byte(rule(`"by":"segment","values":["PPU","BPU"],"then":"first"`))); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{
		"not JSON":            `[`,
		"no day":              `{"as_of":"x","priorities":[` + last + `]}`,
		"none":                `{"as_of":"2026-11-22","priorities":[]}`,
		"nothing fits always": strings.Replace(rule(`"by":"unit","then":"ask"`), last, strings.Replace(last, `"any"`, `"unit"`, 1), 1),
		"code twice":          strings.Replace(rule(`"by":"unit","then":"ask"`), `"code":"a"`, `"code":"z"`, 1),
		"unknown comparison":  rule(`"by":"shoe","then":"ask"`),
		"one value":           rule(`"by":"payer","values":["apbd"],"then":"first"`),
		"values of a unit":    rule(`"by":"unit","values":["a","b"],"then":"ask"`),
		"the same value":      rule(`"by":"payer","values":["apbd","apbd"],"then":"first"`),
		"unknown funding":     rule(`"by":"funding","values":["x","apbdes"],"then":"first"`),
		"unknown outcome":     rule(`"by":"unit","then":"x"`),
		"first of none":       rule(`"by":"unit","then":"first"`),
		"unknown segment":     rule(`"by":"unit","segment":"X","then":"ask"`),
		"unknown field":       rule(`"by":"unit","then":"ask","x":1`),
		"no source":           strings.Replace(rule(`"by":"unit","then":"ask"`), `"source":"x"`, `"source":""`, 1),
		"no words":            strings.Replace(rule(`"by":"unit","then":"ask"`), `"en":"x"`, `"en":""`, 1),
	} {
		if _, err := worker.ParsePriorities([]byte(file)); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}
