package tally

import (
	"slices"
	"strings"

	"payung/domain/match"
)

// totals are the words that begin a line of sums.
var totals = []string{"jumlah", "jml", "total", "sub total", "subtotal", "sub jumlah", "grand total", "rekapitulasi", "jumlah total"}

// total reads a line of sums and checks it: a subtotal against the rows since
// the last heading, the last line against all rows.
func (r *reader) total(l Line, last bool) bool {
	label, at := "", -1
	for i, text := range l.Cells {
		if strings.ContainsFunc(text, func(c rune) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }) {
			label, at = match.Key(text), i
			break
		}
	}
	if at < 0 || !slices.ContainsFunc(totals, func(t string) bool { return label == t || strings.HasPrefix(label, t+" ") }) {
		return false
	}
	if c, ok := r.counted(l); ok {
		grand := last || strings.Contains(label, "grand") || strings.Contains(label, "keseluruhan") || strings.Contains(label, "seluruh") || strings.Contains(label, "kabupaten")
		switch {
		case c == r.group.n && r.group.n > 0 && !grand, c == r.all.n:
		case grand || r.group.n == 0:
			r.findings = append(r.findings, Finding{Code: TotalDiffers, Line: l.Number, Says: c, Sum: r.all.n})
		default:
			r.findings = append(r.findings, Finding{Code: SubtotalDiffers, Line: l.Number, About: r.district, Says: c, Sum: r.group.n})
		}
	}
	r.endGroup()
	return true
}

// counted is the number of people a line of sums or a heading claims.
func (r *reader) counted(l Line) (int64, bool) {
	p := ReadPhrase(r.text(l, People), r.Year)
	return p.People.N, p.Clear && p.People.Said
}

// groupHeading reads a line that only names a kecamatan, whose villages follow.
func (r *reader) groupHeading(l Line, name string) bool {
	var words []string
	column := -1
	for i, text := range l.Cells {
		if i == r.column[Number] || i == r.column[People] || text == "" || text == masked || strings.Trim(text, "0123456789.,-") == "" || roman(text) {
			continue
		}
		words = append(words, text)
		if column < 0 {
			column = i
		}
	}
	if len(words) != 1 || r.column[District] >= 0 && column != r.column[District] && r.text(l, District) != "" {
		return false
	}
	key := match.Key(words[0])
	first, rest, _ := strings.Cut(key, " ")
	named := (first == "kecamatan" || first == "kec" || first == "distrik") && rest != ""
	switch {
	case r.Kind == Offices, r.Kind == Members && r.column[District] < 0 && !named:
		return false // kecamatan are offices themselves, and employers
	case named && (column != r.column[Name] || !r.hasFacts(l) || !plainNumber(r.text(l, Number))):
	case column == r.column[District] && name == "":
	case column != r.column[Name] && r.districts[key]:
	case column == r.column[Name] && r.districts[key] && !plainNumber(r.text(l, Number)) && r.column[Number] >= 0:
	default:
		return false
	}
	r.endGroup()
	r.district = words[0]
	r.group = sum{line: l.Number, about: words[0]}
	r.group.said, r.group.claimed = r.counted(l)
	return true
}

// hasFacts reports whether a line says anything besides a name.
func (r *reader) hasFacts(l Line) bool {
	return slices.ContainsFunc([]Field{People, Registered, Paid, Status, Until, Holder, Phone}, func(f Field) bool { return r.text(l, f) != "" })
}

// endGroup checks what a heading claimed for the rows below it.
func (r *reader) endGroup() {
	if r.group.claimed && r.group.said != r.group.n && r.group.n > 0 {
		r.findings = append(r.findings, Finding{Code: SubtotalDiffers, Line: r.group.line, About: r.group.about, Says: r.group.said, Sum: r.group.n})
	}
	r.group = sum{}
}

func plainNumber(text string) bool {
	text = strings.Trim(text, ". ")
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// roman reports the numbering of groups: I, II, IV or A, B.
func roman(text string) bool {
	text = strings.Trim(text, ". )")
	return text != "" && (strings.Trim(text, "IVXL") == "" || len(text) == 1 && text[0] >= 'A' && text[0] <= 'H')
}
