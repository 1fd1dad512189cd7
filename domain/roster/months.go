package roster

// months are the names of months in letters alone, as Indonesian lists write
// them: in Indonesian and English, short, with common misspellings, and as the
// Roman numbers of old letters.
var months = map[string]int{
	"januari": 1, "jan": 1, "january": 1, "januai": 1, "janauri": 1, "jannuari": 1, "i": 1,
	"februari": 2, "feb": 2, "february": 2, "pebruari": 2, "peb": 2, "febuari": 2, "pebuari": 2, "febr": 2, "febru": 2, "ii": 2,
	"maret": 3, "mar": 3, "march": 3, "mrt": 3, "mart": 3, "meret": 3, "iii": 3,
	"april": 4, "apr": 4, "apil": 4, "aprl": 4, "iv": 4,
	"mei": 5, "may": 5, "me": 5, "v": 5,
	"juni": 6, "jun": 6, "june": 6, "jumi": 6, "vi": 6,
	"juli": 7, "jul": 7, "july": 7, "jully": 7, "vii": 7,
	"agustus": 8, "agu": 8, "agt": 8, "ags": 8, "agst": 8, "agus": 8, "aug": 8, "august": 8, "agustrus": 8, "augustus": 8, "viii": 8,
	"september": 9, "sep": 9, "sept": 9, "sepember": 9, "septeber": 9, "ix": 9,
	"oktober": 10, "okt": 10, "october": 10, "oct": 10, "octover": 10, "oktobe": 10, "x": 10,
	"november": 11, "nov": 11, "nopember": 11, "nop": 11, "novmber": 11, "xi": 11,
	"desember": 12, "des": 12, "december": 12, "dec": 12, "desembar": 12, "deember": 12, "xii": 12,
}

// longestMonth is the length of the longest of the names.
const longestMonth = 9

// monthNamed is the month of a name in any case, 0 if there is none.
func monthNamed(name []byte) int {
	if len(name) > longestMonth {
		return 0
	}
	var lower [longestMonth]byte
	n := copy(lower[:], name)
	for i := range n {
		lower[i] |= 0x20
	}
	return months[string(lower[:n])]
}
