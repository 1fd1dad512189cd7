package web

import (
	"regexp"
	"strings"

	"payung/domain/fault"
	"payung/domain/quota"
	"payung/ledger"
)

var (
	regionCode = regexp.MustCompile(`^\d\d(\.\d\d){1,2}(\.\d{4})?$`)
	rowIndex   = regexp.MustCompile(`^rows\[(\d+)\]`)
)

// wantedRows reads the numbers for all units of a kind and the lines about
// single ones: code or name, minimum, ceiling and reserve, apart by semicolons
// or tabs as they come from a sheet.
func wantedRows(f *form, w words) []ledger.QuotaInput {
	var rows []ledger.QuotaInput
	read := func(field string, texts ...string) quota.Quota {
		var q quota.Quota
		for i, into := range []*int64{&q.Minimum, &q.Ceiling, &q.Reserve} {
			n, ok := int64(0), true
			if i < len(texts) {
				n, ok = amount(strings.TrimSpace(texts[i]))
			}
			if *into = n; !ok {
				f.wrong(field, w.text["form.number"])
			}
		}
		return q
	}
	if kind := f.text("kind_of_unit"); kind != "" {
		rows = append(rows, ledger.QuotaInput{KindOfUnit: kind, Quota: read("minimum", f.text("minimum"), f.text("ceiling"), f.text("reserve"))})
	}
	for line := range strings.Lines(f.Value("rows")) {
		cells := strings.FieldsFunc(strings.TrimSpace(line), func(r rune) bool { return r == ';' || r == '\t' })
		if len(cells) == 0 {
			continue
		}
		row := ledger.QuotaInput{Name: strings.TrimSpace(cells[0]), Quota: read("rows", cells[1:]...)}
		if regionCode.MatchString(row.Name) {
			row.RegionCode, row.Name = row.Name, ""
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		f.wrong("rows", w.text["targets.nothing"])
	}
	return rows
}

// rowSaid is what is wrong with one line of a table, and which one.
func (v *visit) rowSaid(f form, found *fault.Fault) string {
	said := v.sentence(found)
	m := rowIndex.FindStringSubmatch(found.Field)
	at, ok := amount(m[1])
	if f.text("kind_of_unit") != "" {
		at--
	}
	if !ok || at < 0 {
		return said
	}
	line, err := v.words.say("form.line", "n", at+1)
	if err != nil {
		return said
	}
	return line + " " + said
}
