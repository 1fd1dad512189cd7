// Package tally reads recaps: what DPMD, BKPSDM and BPJS offices keep about
// villages and offices in spreadsheets of their own making, with kecamatan as
// headings, subtotals, and cells such as "10 orang, lunas s.d. Des".
//
// It reads what is written and guesses nothing silently: a cell that it does
// not understand becomes a question. No recap says that anybody is protected;
// only an accepted registration with paid contributions does, and that is
// BPJS's to say.
package tally

// Kind says whose recap it is, and so what its columns can mean.
type Kind string

// The kinds.
const (
	Villages Kind = "villages" // counts for each village, as DPMD keeps them
	Offices  Kind = "offices"  // counts for each office (OPD), as BKPSDM keeps them
	Members  Kind = "members"  // BPJS's own list: NPP, people registered, last month paid
	Contacts Kind = "contacts" // who to call: village or office, name, phone
)

// Kinds lists them in the order people bring them.
func Kinds() []Kind { return []Kind{Villages, Offices, Members, Contacts} }

// Field is what a column means.
type Field string

// The fields.
const (
	Number     Field = "number"     // the running number
	Code       Field = "code"       // Kemendagri's code of the village
	District   Field = "district"   // kecamatan
	Name       Field = "name"       // village, office or employer
	NPP        Field = "npp"        // number of an employer at BPJS
	People     Field = "people"     // how many there are
	Registered Field = "registered" // how many are registered at BPJS
	Paid       Field = "paid"       // how many are paid for
	Until      Field = "until"      // last month paid
	Status     Field = "status"     // words: "lunas s.d. Des", "belum"
	Post       Field = "post"       // what the person is
	Holder     Field = "holder"     // the person's name
	Phone      Field = "phone"
	Email      Field = "email"
)

// Fields lists what a column of a kind can mean, in the order of most files.
func Fields(k Kind) []Field {
	switch k {
	case Offices:
		return []Field{Number, Name, People, Registered, Paid, Until, Status}
	case Members:
		return []Field{Number, NPP, District, Name, People, Until, Status}
	case Contacts:
		return []Field{Number, Code, District, Name, Post, Holder, Phone, Email}
	default:
		return []Field{Number, Code, District, Name, People, Registered, Paid, Until, Status}
	}
}

// State is what a recap says has become of the people of a row.
type State string

// The states a recap can tell of. None implies another.
const (
	Unsaid       State = ""
	NotYet       State = "not_yet" // belum: nothing is recorded for it
	IsSubmitted  State = "submitted"
	IsRegistered State = "registered"
	IsPaid       State = "paid"
)
