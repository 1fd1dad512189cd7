package workbook

import "strings"

// harmless are the functions that only reckon with cells of their own workbook.
// What is not among them might fetch, send or start something, here or in a
// program that comes later.
var harmless = func() map[string]bool {
	out := map[string]bool{}
	//nolint:misspell // names of functions
	for name := range strings.FieldsSeq(`ABS AND AVERAGE AVERAGEIF AVERAGEIFS CEILING CHAR CHOOSE CLEAN CODE COLUMN COLUMNS CONCAT CONCATENATE COUNT COUNTA
		COUNTBLANK COUNTIF COUNTIFS DATE DATEDIF DATEVALUE DAY DAYS EDATE EOMONTH EXACT FALSE FIND FLOOR HLOOKUP HOUR IF IFERROR IFNA IFS INDEX INT ISBLANK
		ISERR ISERROR ISNA ISNONTEXT ISNUMBER ISTEXT LARGE LEFT LEN LOOKUP LOWER MATCH MAX MAXIFS MEDIAN MID MIN MINIFS MINUTE MOD MONTH N NA NETWORKDAYS NOT
		NOW NUMBERVALUE OR PERCENTILE PRODUCT PROPER QUARTILE RANK REPLACE REPT RIGHT ROUND ROUNDDOWN ROUNDUP ROW ROWS SEARCH SECOND SMALL SORT SQRT SUBSTITUTE
		SUBTOTAL SUM SUMIF SUMIFS SUMPRODUCT SWITCH T TEXT TEXTJOIN TIME TODAY TRANSPOSE TRIM TRUE TRUNC UNIQUE UPPER VALUE VLOOKUP WEEKDAY WEEKNUM WORKDAY
		XLOOKUP XMATCH XOR YEAR YEARFRAC`) {
		out[name] = true
	}
	return out
}()

// safe reports whether a formula stays within its workbook: it calls only what
// is harmless, names no other file and talks to no other program.
func safe(formula string) bool {
	name := ""
	for i := 0; i < len(formula); i++ {
		switch c := formula[i]; {
		case c == '"': // a text; a quote in it stands twice, which is as good as two texts
			end := strings.IndexByte(formula[i+1:], '"')
			if end < 0 {
				return false
			}
			i, name = i+1+end, ""
		case c == '[', c == '|': // another file, or a program (DDE)
			return false
		case c == '(':
			name = strings.TrimPrefix(strings.ToUpper(name), "_XLFN.")
			if name != "" && !harmless[strings.TrimPrefix(name, "_XLWS.")] {
				return false
			}
			name = ""
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '_', c == '.', c >= 0x80:
			name += string(rune(c))
		case c == ' ' && name != "" && strings.HasPrefix(strings.TrimLeft(formula[i:], " "), "("):
			// a program may let a space stand before the bracket
		default:
			name = ""
		}
	}
	return true
}
