package roster

import (
	"bytes"
	"strconv"

	"payung/domain/cell"
	"payung/domain/nik"
)

// number is a NIK that was read; its digits are nil if it was not.
type number struct {
	digits *[nik.Length]byte
	packed uint64 // the digits as one number
	birth  birth
}

// carried is the person whom the row was filled with, if it was.
func (c *Checker) carried() (Carried, bool) {
	if c.terms.Previous == nil {
		return Carried{}, false
	}
	from := len(c.text)
	c.text = appendText(c.text, c.cell(c.at.rowID).Value)
	if len(c.text) == from {
		return Carried{}, false
	}
	id := c.text[from:]
	person, known := c.terms.Previous[string(id)]
	switch first, twice := c.rows[string(id)]; {
	case !known:
		c.find(c.at.rowID, RowID, Error, UnknownRowID, nil)
	case twice:
		c.find(c.at.rowID, RowID, Error, DuplicateRowID, rowParam(first))
	default:
		c.rows[string(id)] = int32(c.row.Number)
		c.cut(spanRowID, from)
	}
	return person, known
}

// readNIK reads the NIK, or says why it cannot be read.
func (c *Checker) readNIK(before Carried, known bool) number {
	value := c.cell(c.at.nik)
	refuse := func(r Rule, params map[string]string) number {
		c.find(c.at.nik, NIK, Error, r, params)
		return number{}
	}
	switch {
	case value.Kind == cell.Empty:
		return refuse(NIKMissing, nil)
	case value.Kind == cell.Error:
		return refuse(ErrorCell, nil)
	case c.swapped(value):
		return refuse(SwappedColumns, map[string]string{"nik": cell.Letters(c.at.nik), "name": cell.Letters(c.at.name)})
	case value.Formula:
		return refuse(FormulaNIK, nil)
	case value.Kind == cell.Number || value.Kind == cell.Date:
		return refuse(NumericNIK, map[string]string{"lost": lost(value.Value)})
	}
	if known {
		return c.carriedNIK(value.Value, before)
	}
	if bytes.IndexByte(value.Value, '*') >= 0 {
		return refuse(MaskedNIK, nil)
	}
	return c.writtenNIK(value.Value)
}

// carriedNIK is the NIK of a row that was filled by us: it stands there masked,
// and may be written out, but never changed.
func (c *Checker) carriedNIK(value []byte, before Carried) number {
	digits := before.NIK.Reveal()
	text := bytes.TrimSpace(value)
	if digits == "" || string(text) != digits && string(text) != mask+digits[len(mask):] {
		c.find(c.at.nik, NIK, Error, LockedCellChanged, nil)
		return number{}
	}
	return c.writtenNIK([]byte(digits))
}

// writtenNIK reads a NIK from text.
func (c *Checker) writtenNIK(value []byte) number {
	n, plain := plainNIK(value)
	if !plain {
		read, _, findings := nik.Parse(string(value), c.terms.On)
		c.tell(findings)
		if read.IsZero() {
			return number{}
		}
		n, _ = plainNIK([]byte(read.Reveal()))
		n.birth = c.births.of(key6(n.digits[6:12]))
	} else {
		n.birth = c.births.of(key6(n.digits[6:12]))
		if len(n.birth.findings) > 0 {
			c.tell(n.birth.findings)
			return number{}
		}
		if n.packed%10 == 0 {
			c.find(c.at.nik, NIK, Info, NIKMaybeRounded, nil)
		}
	}
	c.tell(c.district(n))
	return n
}

// plainNIK reads 16 digits with a serial number and nothing else. Whether
// anybody was born on the day in them is still to be asked.
func plainNIK(value []byte) (number, bool) {
	if len(value) != nik.Length {
		return number{}, false
	}
	n := number{}
	for _, b := range value {
		if !isDigit(b) {
			return number{}, false
		}
		n.packed = n.packed*10 + uint64(b-'0')
	}
	if n.packed%10_000 == 0 {
		return number{}, false
	}
	n.digits = (*[nik.Length]byte)(bytes.Clone(value))
	return n, true
}

// district is what nik says about the kecamatan of a NIK, asked once for each.
func (c *Checker) district(n number) []nik.Finding {
	key := key6(n.digits[:6])
	findings, asked := c.districts[key]
	if !asked {
		_, info, _ := nik.Parse(string(n.digits[:]), c.terms.On)
		findings = nik.Check(info, nik.Stated{Domicile: c.terms.Domicile}, c.terms.Known)
		c.districts[key] = findings
	}
	return findings
}

// tell adds findings of package nik.
func (c *Checker) tell(findings []nik.Finding) {
	for _, f := range findings {
		params := map[string]string(nil)
		if f.Digits > 0 {
			params = map[string]string{"digits": strconv.Itoa(f.Digits)}
		} else if f.At > 0 {
			params = map[string]string{"at": strconv.Itoa(f.At)}
		}
		c.find(c.at.nik, NIK, Level(f.Level), nikRules[f.Code], params)
	}
}

// nikRules are the rules for the codes of package nik.
var nikRules = map[nik.Code]Rule{
	nik.Missing: NIKMissing, nik.Scientific: NIKScientific, nik.TooShort: NIKTooShort, nik.TooLong: NIKTooLong,
	nik.Separated: NIKSeparated, nik.LetterForDigit: NIKLetterForDigit, nik.NotDigits: NIKNotDigits, nik.AllZeros: NIKAllZeros,
	nik.NoSuchDay: NIKNoSuchDay, nik.NoSuchMonth: NIKNoSuchMonth, nik.NoSuchSerial: NIKNoSuchSerial,
	nik.ImplausibleYear: NIKImplausibleYear, nik.Trimmed: NIKTrimmed, nik.MaybeRounded: NIKMaybeRounded,
	nik.BirthDiffers: NIKBirthDiffers, nik.SexDiffers: NIKSexDiffers, nik.UnknownDistrict: NIKUnknownDistrict, nik.OtherDomicile: NIKOtherDomicile,
}

// swapped reports that the name stands where the NIK belongs, and the NIK where
// the name does.
func (c *Checker) swapped(there cell.Cell) bool {
	if len(there.Value) == nik.Length && isDigit(there.Value[0]) || c.at.name < 0 {
		return false
	}
	digits, letters := counted(there.Value)
	if digits > 0 || letters < 2 {
		return false
	}
	digits, letters = counted(c.cell(c.at.name).Value)
	return digits >= nik.Length-1 && letters <= 1 // the E of 7.4E+15
}

// lost says whether the last digits of a NIK kept as a number are surely gone:
// sheets keep 15 digits, and programs that keep more do so below 2^53 only.
func lost(value []byte) string {
	digits, letters := counted(value)
	f, err := strconv.ParseFloat(string(value), 64)
	if letters > 0 || digits != nik.Length || err != nil || f >= 1<<53 || bytes.HasSuffix(value, []byte("0")) {
		return "yes"
	}
	return "maybe"
}
