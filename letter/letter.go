// Package letter turns the facts of an official letter into paper: a PDF that
// is always the same for the same facts, and a DOCX of the same words that an
// office can still change.
//
// The anatomy is that of Indonesian official letters (surat dinas): the
// letterhead (kop), place and date at the right on the line of the number,
// the block Nomor, Sifat, Lampiran, Hal, the address, the body, the signature
// and the copies (tembusan). What a kind of letter says is a [Text] with
// placeholders, which a Pemda may replace by its own.
package letter

import (
	"time"

	"payung/domain/calendar"
	"payung/paper"
)

// Letter is everything a letter says and looks like. Which facts a kind needs
// follows from its text: [Check] names those that are missing.
type Letter struct {
	Kind Kind       `json:"kind"`
	Head Letterhead `json:"head"`
	Text *Text      `json:"text,omitempty"` // nil: the built-in text of the kind

	Number    string       `json:"number,omitempty"`    // "": dotted room for writing it by hand
	Place     string       `json:"place,omitempty"`     // "": that of the letterhead
	Day       calendar.Day `json:"day,omitempty"`       // "": dotted room
	Nature    Nature       `json:"nature,omitempty"`    // "": Ordinary
	Enclosure string       `json:"enclosure,omitempty"` // "": counted from what is attached
	Subject   string       `json:"subject,omitempty"`   // "": that of the text

	To     []Addressee `json:"to,omitempty"` // more than five go on a list at the end
	Copies []string    `json:"copies,omitempty"`

	Signatory Signatory   `json:"signatory"`
	Second    *Signatory  `json:"second,omitempty"`    // the other side of a berita acara
	Witnesses []Signatory `json:"witnesses,omitempty"` // of a berita acara
	Stamp     bool        `json:"stamp,omitempty"`     // room for the stamp duty (meterai) at the signature

	Agreement string       `json:"agreement,omitempty"` // as the letter cites it: "Perjanjian Kerja Sama Nomor …"
	Partner   string       `json:"partner,omitempty"`   // "BPJS Ketenagakerjaan Cabang Kendari"
	Year      int          `json:"year,omitempty"`      // of the lists
	Wanted    string       `json:"wanted,omitempty"`    // "data pegawai non-ASN dan aparat desa"
	AsOf      calendar.Day `json:"as_of,omitempty"`     // the day on which something was still missing
	Deadline  *Deadline    `json:"deadline,omitempty"`
	Earlier   []Reference  `json:"earlier,omitempty"` // letters this one follows, the oldest first

	Meeting *Meeting `json:"meeting,omitempty"`
	People  []Person `json:"people,omitempty"` // who attends
	Blank   int      `json:"blank,omitempty"`  // more rows of an attendance list, to be filled by hand
	Points  []Point  `json:"points,omitempty"` // what was said, found or agreed

	Due      *Due       `json:"due,omitempty"`
	Received *Received  `json:"received,omitempty"`
	List     *List      `json:"list,omitempty"`
	Verify   *Verifying `json:"verify,omitempty"`
	Made     time.Time  `json:"made,omitzero"` // the date inside the file
}

// Addressee is whom a letter is for.
type Addressee struct {
	Title string `json:"title"`           // "Kepala Desa Wunduhaka"
	Place string `json:"place,omitempty"` // "": "Tempat"
}

// Signatory is who signs, and how: for whom (a.n.), as whose substitute
// (Plt., Plh., Pj.), and through whom (u.b.).
type Signatory struct {
	OnBehalf string `json:"on_behalf,omitempty"` // "Bupati Konawe Utara": printed after "a.n."
	Acting   string `json:"acting,omitempty"`    // "Plt.", "Plh.", "Pj." before the title
	Title    string `json:"title"`               // "Sekretaris Daerah"
	Under    string `json:"under,omitempty"`     // title printed after "u.b.", who then signs
	Name     string `json:"name"`
	Rank     string `json:"rank,omitempty"`   // pangkat, golongan: "Pembina Tk. I, IV/b"
	NIP      string `json:"nip,omitempty"`    // with or without blanks
	Office   string `json:"office,omitempty"` // of a side of a berita acara: "Pemerintah Kabupaten Konawe Utara"
}

// Reference is an earlier letter.
type Reference struct {
	Number  string       `json:"number"`
	Day     calendar.Day `json:"day"`
	Subject string       `json:"subject,omitempty"`
}

// Deadline is the last moment for an answer: a day, or so many working days
// after the letter was sent, whenever that will be.
type Deadline struct {
	Day      calendar.Day  `json:"day,omitempty"`
	Workdays int           `json:"workdays,omitempty"` // 0: Day counts
	Hour     string        `json:"hour,omitempty"`     // "16.00"; "": the end of the day
	Zone     calendar.Zone `json:"zone,omitempty"`
}

// Meeting is where and when people meet, or met.
type Meeting struct {
	Day    calendar.Day  `json:"day"`
	From   string        `json:"from"`            // "09.00"
	Until  string        `json:"until,omitempty"` // "": "selesai"
	Zone   calendar.Zone `json:"zone"`
	Room   string        `json:"room"`
	Agenda []string      `json:"agenda"`
	Leader string        `json:"leader,omitempty"` // who leads it
}

// Person attends a meeting.
type Person struct {
	Name  string `json:"name"`
	Title string `json:"title,omitempty"` // jabatan
	Unit  string `json:"unit,omitempty"`
}

// Point is one thing said, found or agreed, and who does it until when.
type Point struct {
	Text  string       `json:"text"`
	Owner string       `json:"owner,omitempty"`
	Until calendar.Day `json:"until,omitempty"`
}

// Verifying leads whoever holds the paper to the page that says whether it is
// real.
type Verifying struct {
	URL  string `json:"url"`  // what the QR code holds; "": no page can be reached, and there is no QR code
	Code string `json:"code"` // what one types instead: "7H2K-9QXD"
}

// List is a table: short ones stand in the letter, others are attached.
type List struct {
	Title   string         `json:"title"`
	Columns []paper.Column `json:"columns"` // a running number comes before them
	Groups  []Group        `json:"groups"`
	Total   []string       `json:"total,omitempty"` // the last row, by column
}

// Group is the rows of a list that belong together, such as a kecamatan's.
type Group struct {
	Title string     `json:"title,omitempty"`
	Rows  [][]string `json:"rows"`
	Total []string   `json:"total,omitempty"`
}
