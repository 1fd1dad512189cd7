package sheet_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"payung/domain/cell"
)

// recipe is a stream of choices from which a sheet is made: a fuzzer that
// changes a byte changes a choice, and the sheet stays nearly right.
type recipe []byte

func (r *recipe) pick(options ...string) string {
	if len(*r) == 0 {
		return options[0]
	}
	choice := int((*r)[0])
	*r = (*r)[1:]
	return options[choice%len(options)]
}

// slip is what is right, or now and then something that is not.
func (r *recipe) slip(right string, wrong ...string) string {
	if len(*r) == 0 || (*r)[0] != 0xFF {
		_ = r.pick("")
		return right
	}
	_ = r.pick("")
	return r.pick(wrong...)
}

// times is from 0 to most, mostly few.
func (r *recipe) times(most int) int {
	return len(r.pick("x", "xx", "", "xxx", strings.Repeat("x", most)))
}

// text is content of an element.
func (r *recipe) text() string {
	var b strings.Builder
	for range r.times(6) {
		b.WriteString(r.pick("Siti", "7", "1.5E+3", " ", "&amp;", "&#10;", "&#x1F600;", "é€", "\r\n", "\r", "\t", "<![CDATA[<a>&]]>", "<!-- x -->", "<?pi y?>",
			"_x000D_", "_x005F_x0041_", "_x", "]]", ">", "\"", "'", "&lt;v&gt;", "&quot;", "&apos;", "0099", "-0", "=1+1", "TRUE", "&#13;", "]]&gt;", strings.Repeat("panjang ", 70)))
		b.WriteString(r.slip("", "&", "<", "&bad;", "]]>", "\x01", "\xff", "&#0;", "&#xD800;", "<b/>"))
	}
	return b.String()
}

// rich is the content of a text: pieces and runs.
func (r *recipe) rich() string {
	var b strings.Builder
	for i := range r.times(4) {
		switch r.pick("t", "r", "rPh", "none", "phoneticPr") {
		case "t":
			if i > 0 {
				b.WriteString(r.slip("", "<t/>"))
				continue
			}
			fmt.Fprintf(&b, "<t%s>%s</t>", r.pick("", ` xml:space="preserve"`), r.text())
		case "r":
			fmt.Fprintf(&b, "<r>%s<t>%s</t>%s</r>", r.pick("", "<rPr/>", "<rPr><b/></rPr>"), r.text(), r.slip("", "<t>again</t>"))
		case "rPh":
			fmt.Fprintf(&b, `<rPh sb="0" eb="1"><t>%s</t></rPh>`, r.text())
		case "phoneticPr":
			b.WriteString(r.pick("<phoneticPr fontId=\"1\"/>", "\n "))
		}
	}
	return b.String()
}

// cell is a cell, or something in the place of one.
func (r *recipe) cell(column, row int) string {
	var b strings.Builder
	at := fmt.Sprintf("%s%d", cell.Letters(column), row)
	b.WriteString("<c" + r.pick(` r="`+at+`"`, ` r = '`+strings.ToLower(at)+`'`, ` r="`+at+`"`+r.slip("", ` r="A1"`, ` r="$A$1"`, ` r="XFE1"`, ` r="`)))
	b.WriteString(r.pick("", "", ` s="1"`, ` s="7"`, ` cm="1"`) + r.slip("", ` s="-1"`, ` s="x"`))
	as := r.slip(r.pick("s", "", "inlineStr", "str", "n", "b", "e", "d"), "z")
	if as != "" {
		fmt.Fprintf(&b, ` t="%s"`, as)
	}
	if r.pick("", "", "", "empty") != "" {
		return b.String() + r.pick("/>", " />", "></c>", "\n></c>")
	}
	b.WriteString(r.pick(">", " >", ">\n  "))
	if r.pick("", "", "f") != "" {
		b.WriteString(r.pick("<f>A1+1</f>", `<f t="shared" si="0"/>`, "<f/>", "<f>\"&amp;\"</f>"))
	}
	switch {
	case as == "inlineStr" && r.pick("is", "is", "v") == "is":
		fmt.Fprintf(&b, "<is>%s</is>", r.rich())
	case as == "s":
		fmt.Fprintf(&b, "<v>%s</v>", r.slip(r.pick("0", " 0 ", "", "0<!---->", "&#48;"), "1", "3", "99", "-1", "x"))
	case as == "b":
		fmt.Fprintf(&b, "<v>%s</v>", r.slip(r.pick("1", "0", "true", "false", ""), "2"))
	case as == "d":
		fmt.Fprintf(&b, "<v>%s</v>", r.pick("1980-01-07", "1980-01-07T12:00:00", "x"))
	default:
		fmt.Fprintf(&b, "<v>%s</v>", r.text())
	}
	return b.String() + r.slip(r.pick("", "\n"), "<extLst/>", "<z/>", "<v>2</v>") + r.slip(r.pick("</c>", "</c >", "</c>\n"), "</v>")
}

// cook makes the parts of a workbook.
func (r *recipe) cook() (page, texts string) {
	var b, shared strings.Builder
	for range 1 + r.times(5) {
		fmt.Fprintf(&shared, "<si>%s</si>", r.rich())
	}
	b.WriteString(r.pick(declared, "", "\uFEFF"+declared) + "<worksheet " + mainSpace + r.pick(">", ">\n", ` mc:Ignorable="x14ac">`))
	b.WriteString(r.pick("", `<dimension ref="A1:J9"/>`, "<cols><col min=\"1\"/></cols>", "<!-- c -->") + "<sheetData>")
	row := 0
	for range r.times(8) {
		row += 1 + r.times(3)
		b.WriteString("<row" + r.pick(fmt.Sprintf(` r="%d"`, row), fmt.Sprintf(` r="%d" hidden="1"`, row), fmt.Sprintf(` r='%d' x14ac:dyDescent="0.25"`, row), r.slip(fmt.Sprintf(` r="&#x30;%d"`, row), "", ` r="0"`, ` r="+9"`)) + ">")
		column := -1
		for range r.times(9) {
			column += 1 + r.times(2)/2
			b.WriteString(r.cell(column, row))
		}
		b.WriteString("</row>" + r.pick("", "\r\n", "<row/>"))
	}
	b.WriteString("</sheetData>" + r.slip(r.pick("", `<mergeCells><mergeCell ref="A1:B2"/></mergeCells>`), "<row/>", "<sheetData/>") + r.slip("</worksheet>\n", "</worksheet><x/>", ""))
	return b.String(), sharedTexts(shared.String())
}

// FuzzXLSXRecipeAgainstExcelize is FuzzXLSXAgainstExcelize over sheets that are
// nearly right.
func FuzzXLSXRecipeAgainstExcelize(f *testing.F) {
	source := rand.New(rand.NewPCG(99, 1))
	for range 500 {
		seed := make([]byte, 40+source.IntN(400))
		for i := range seed {
			seed[i] = byte(source.Uint32())
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, choices []byte) {
		r := recipe(choices)
		page, texts := r.cook()
		against(t, []byte(page), []byte(texts))
	})
}
