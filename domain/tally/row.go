package tally

import "payung/domain/calendar"

// Row is one village, office, employer or person of a recap, as written.
type Row struct {
	Line       int // as the sheet numbers it
	District   string
	Name       string
	Code       string
	NPP        string
	People     Count
	Registered Count
	Paid       Count
	State      State
	Until      calendar.Day // paid up to the end of that day
	Unclear    []Unclear    // cells somebody has to explain
	Post       string
	Holder     string
	Phone      string // +62…
	Email      string
}

// Unclear is a cell nobody could read.
type Unclear struct {
	Field Field
	Text  string
}

// Finding is something about a recap that a person should know. It holds no
// personal data.
type Finding struct {
	Code  string `json:"code"`
	Line  int    `json:"line,omitempty"`
	About string `json:"about,omitempty"` // a kecamatan or village, as written
	Says  int64  `json:"says,omitempty"`
	Sum   int64  `json:"sum,omitempty"`
}

// Codes of findings.
const (
	SubtotalDiffers = "subtotal_differs" // the sum of the rows above is another
	TotalDiffers    = "total_differs"
	NoName          = "row_without_name"
	BadPhone        = "bad_phone"
	PaidUncounted   = "paid_uncounted" // paid, and nobody says for how many
	HiddenLines     = "hidden_lines"
	LeftOut         = "left_out" // cells that may hold a NIK
	CutShort        = "cut_short"
)

// Findings lists every code.
func Findings() []string {
	return []string{SubtotalDiffers, TotalDiffers, NoName, BadPhone, PaidUncounted, HiddenLines, LeftOut, CutShort, TwiceDiffers}
}
