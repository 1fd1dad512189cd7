package roster_test

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"payung/domain/calendar"
	"payung/domain/roster"
)

var placeholder = regexp.MustCompile(`\{[a-z_]*\}`)

// placeholders are those of a text, sorted, once each.
func placeholders(text string) []string {
	return slices.Compact(slices.Sorted(slices.Values(placeholder.FindAllString(text, -1))))
}

// sayings are the words of the data file.
func sayings(t *testing.T) map[roster.Rule]map[calendar.Lang]map[string]string {
	t.Helper()
	text, err := os.ReadFile("words.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Rules map[roster.Rule]map[calendar.Lang]map[string]string `json:"rules"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	return file.Rules
}

func TestEveryRuleHasWordsInBothLanguagesWithTheSamePlaceholders(t *testing.T) {
	t.Parallel()
	words := sayings(t)
	rules := roster.Rules()
	if got, want := slices.Sorted(maps.Keys(words)), slices.Sorted(slices.Values(rules)); !slices.Equal(got, want) {
		t.Errorf("words are for %v, rules are %v", got, want)
	}
	if len(slices.Compact(slices.Sorted(slices.Values(rules)))) != len(rules) {
		t.Error("a rule stands twice in their order")
	}
	for _, rule := range rules {
		id, en := words[rule][calendar.ID], words[rule][calendar.EN]
		for _, part := range []string{"title", "problem", "cure"} {
			if id[part] == "" || en[part] == "" {
				t.Errorf("%s lacks its %s", rule, part)
			}
			if !slices.Equal(placeholders(id[part]), placeholders(en[part])) {
				t.Errorf("%s: the %s has %v in one language and %v in the other", rule, part, placeholders(id[part]), placeholders(en[part]))
			}
			if part != "title" && (!strings.HasSuffix(id[part], ".") || !strings.HasSuffix(en[part], ".")) {
				t.Errorf("%s: the %s is no sentence", rule, part)
			}
		}
		if len(placeholders(id["title"])) > 0 || roster.Title(rule, calendar.ID) != id["title"] {
			t.Errorf("%s: the title is of one finding", rule)
		}
	}
}

func TestEveryRuleOfTheSourceIsListed(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("rules.go")
	if err != nil {
		t.Fatal(err)
	}
	declared := regexp.MustCompile(`Rule\s+= "([a-z_]+)"`).FindAllStringSubmatch(string(source), -1)
	if len(declared) != len(roster.Rules()) {
		t.Errorf("%d rules are declared, %d listed", len(declared), len(roster.Rules()))
	}
	for _, d := range declared {
		if !slices.Contains(roster.Rules(), roster.Rule(d[1])) {
			t.Errorf("%s is not listed", d[1])
		}
	}
}

func TestAFindingSpeaksOfItsRow(t *testing.T) {
	t.Parallel()
	terms := plain()
	terms.Group = group(t, "vulnerable")
	terms.Wage = roster.WageLimits{Needed: true, Least: 2_000_000}
	list := sheetOf(terms,
		[]any{"NIK", "Nama"},
		[]any{someone(1), "Ahmad", "05-07-1980", "L", "2000000"},
		[]any{someone(1), "Ahmad", "05-07-2009", "X", "1500000"},
		[]any{"990511", "", date("29407"), "", "2 jt"},
	)
	var got []string
	for _, f := range append(list[2].Findings, list[3].Findings...) {
		problem, _ := roster.Say(f, calendar.ID)
		english, cure := roster.Say(f, calendar.EN)
		for _, text := range []string{problem, english, cure} {
			if strings.ContainsAny(text, "{}") || strings.Contains(text, "  ") || strings.Contains(text, `""`) {
				t.Errorf("%s says %q", f.Rule, text)
			}
		}
		got = append(got, problem)
	}
	want := []string{
		`Tanggal lahir "05-07-2009" berbeda dengan yang ada di NIK.`,
		`Umurnya 17 tahun; batas terendah kelompok ini 18 tahun.`,
		`Jenis kelamin "X" tidak dikenal; sementara diambil dari NIK.`,
		`Upah "1500000" di bawah batas perjanjian, Rp2.000.000.`,
		`NIK ini sudah ada di baris 2.`,
		`NIK hanya 6 digit, seharusnya 16.`,
		`Nama belum diisi.`,
		`Upah "2 jt" ditulis dengan kata.`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
}

func TestEveryPlaceholderIsFilled(t *testing.T) {
	t.Parallel()
	known := map[string][]string{
		"{digits}": {"nik_too_short", "nik_too_long"}, "{at}": {"nik_separated", "nik_letter_for_digit", "nik_not_digits"},
		"{row}": {"repeated_nik", "same_person", "duplicate_row_id", "merged_cells"}, "{nik}": {"swapped_columns"}, "{name}": {"swapped_columns"},
		"{year}": {"other_year"}, "{want}": {"other_year"}, "{by}": {"group_phased_out"}, "{most}": {"name_too_long"},
		"{age}": {"too_young", "too_old"}, "{village}": {"other_village"}, "{unit}": {"other_village"},
		"{limit}": {"too_young", "too_old", "wage_below", "wage_above"},
	}
	for rule, words := range sayings(t) {
		for _, name := range placeholders(words[calendar.ID]["problem"] + words[calendar.ID]["cure"]) {
			if name != "{found}" && name != "{column}" && !slices.Contains(known[name], string(rule)) {
				t.Errorf("nothing fills %s of %s", name, rule)
			}
		}
	}
	f := roster.Finding{Rule: roster.GroupPhasedOut, Params: map[string]string{"by": "2024-12-31"}}
	if problem, _ := roster.Say(f, calendar.ID); !strings.Contains(problem, "31 Des 2024") {
		t.Errorf("%s", problem)
	}
}
