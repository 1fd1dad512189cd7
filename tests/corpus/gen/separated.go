package main

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"

	"payung/domain/roster"
	"payung/sheet"
	"payung/tests/corpus"
)

// separated are lists in plain text.
func separated() []made {
	usual := func() []row { return list(plain(), 1, people(5)...) }
	all := []made{
		{five("titik-koma.csv", "semicolons, as Windows in Indonesian saves CSV"), text(usual(), ";", "\r\n")},
		{five("koma.csv", "commas"), text(usual(), ",", "\n")},
		{five("garis.csv", "bars"), text(usual(), "|", "\n")},
		{five("tab.txt", "tabs in UTF-16, as Excel saves Unicode Text"), utf16LE("\uFEFF" + string(text(usual(), "\t", "\r\n")))},
		{five("utf16-tanpa-tanda.csv", "UTF-16 without a mark"), utf16LE(string(text(usual(), ";", "\r\n")))},
		{five("sep.csv", "a first line that names the separator"), append([]byte("sep=|\r\n"), text(usual(), "|", "\r\n")...)},
		{five("tanda-utf8.csv", "a mark of UTF-8 in front"), append([]byte("\uFEFF"), text(usual(), ";", "\r\n")...)},
		{five("cr.csv", "line ends of an old Mac"), text(usual(), ";", "\r")},
		windows1252(), severalLines(), leftOverQuote(), blankLines(), lostInText(), apostrophes(), pasted(),
	}
	for i := range all {
		all[i].Kind = sheet.CSV
	}
	return all
}

// text are rows with separators and line ends between them.
func text(rows []row, separator, end string) []byte {
	var b strings.Builder
	for _, r := range rows {
		for i, c := range r.cells {
			if i > 0 {
				b.WriteString(separator)
			}
			value := ""
			if c != nil {
				value = fmt.Sprint(c)
			}
			if strings.ContainsAny(value, separator+"\"\n") {
				value = `"` + strings.ReplaceAll(value, `"`, `""`) + `"`
			}
			b.WriteString(value)
		}
		b.WriteString(end)
	}
	return []byte(b.String())
}

func utf16LE(text string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return out
}

func windows1252() made {
	rows := list(plain(), 1, people(5)...)
	rows[2].cells[2] = "Ren\xe9 Contoh"
	rows[3].cells[2] = "Nur\x92aini"
	c := five("windows-1252.csv", "letters of an older Windows")
	c.Names[1], c.Names[2] = "René Contoh", "Nur’aini"
	return made{c, text(rows, ";", "\r\n")}
}

func severalLines() made {
	rows := list(plain(), 1, people(5)...)
	rows[2].cells[7] = "Dusun II; RT 003\nRW 001 \"Pasar\""
	return made{five("beberapa-baris-satu-sel.csv", "an address of several lines in quotes"), text(rows, ";", "\r\n")}
}

// A quote that is never closed must not take the people below with it.
func leftOverQuote() made {
	rows := list(plain(), 1, people(5)...)
	content := string(text(rows, ";", "\r\n"))
	content = strings.Replace(content, people(5)[0].name, `"`+people(5)[0].name, 1)
	content = strings.Replace(content, people(5)[3].name, people(5)[3].name+` "Umpama`, 1)
	c := five("kutip-tertinggal.csv", "quotes that nobody closes")
	c.Names[0], c.Names[3] = `"`+c.Names[0], c.Names[3]+` "Umpama`
	return made{c, []byte(content)}
}

func blankLines() made {
	lines := strings.SplitAfter(string(text(list(plain(), 1, people(5)...), ";", "\r\n")), "\r\n")
	content := "DAFTAR NAMA\r\n\r\n" + lines[0] + "\r\n" + strings.Join(lines[1:3], "") + ";;;;;;;\r\n" + strings.Join(lines[3:], "")
	return made{
		corpus.Case{File: "baris-kosong.csv", Shows: "a title and blank lines, which count", Rows: span(7, 1, 10), People: span(5, 5, 10), Accepted: 5},
		[]byte(content),
	}
}

func lostInText() made {
	rows := list(plain(), 1, people(5)...)
	rows[1].cells[1], rows[2].cells[1] = "9,90511E+15", "9.90511E+15"
	c := five("nik-ilmiah.csv", "CSV that a sheet has saved after it took NIKs for numbers")
	c.Accepted, c.Held = 3, []corpus.Point{at(2, "B", roster.NIKScientific), at(3, "B", roster.NIKScientific)}
	return made{c, text(rows, ";", "\r\n")}
}

func apostrophes() made {
	rows := list(plain(), 1, people(5)...)
	for i := range people(5) {
		rows[i+1].cells[1] = "'" + rows[i+1].cells[1].(string)
	}
	return made{five("nik-apostrof.csv", "an apostrophe before each NIK"), text(rows, ";", "\r\n")}
}

// pasted is a part of a list as it arrives through a chat.
func pasted() made {
	rows := list(plain()[1:6], 0, people(5)...)[1:]
	return made{
		corpus.Case{File: "tempelan.txt", Shows: "rows copied without their headings", Rows: span(5, 1, 5), People: span(5, 1, 5), Accepted: 5},
		text(rows, "\t", "\n"),
	}
}
