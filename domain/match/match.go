// Package match finds which village, kecamatan or office a text means. Lists
// from offices write names in capitals, with dots, hyphens and doubled letters,
// shortened or misspelt; a person is asked only where a list leaves doubt.
//
// Scores run from 0 to 1. Exactly the same name is 1, a name that sounds the
// same at least 0.96, and what differs in kecamatan, kind or number is lowered.
package match

// Kind says what a candidate is.
type Kind string

// The kinds. Offices are compared word by word: "Dinas Pertanian" and "Dinas
// Perikanan" share most letters and nothing else.
const (
	Village  Kind = "desa"
	Ward     Kind = "kelurahan"
	District Kind = "kecamatan"
	Office   Kind = "opd"
)

// Candidate is something a text may mean.
type Candidate struct {
	ID      string
	Name    string
	Aliases []string
	Group   string // ID of what it lies in, such as its kecamatan; "": nothing
	Kind    Kind
}

// Query is a text with what its surroundings say.
type Query struct {
	Text  string
	Group string // ID of the group whose heading stands above; "": not known
	Fixed string // ID somebody has chosen; nobody else gets it
}

// Verdict says how sure a match is.
type Verdict string

// The verdicts.
const (
	Sure Verdict = "sure" // taken without asking
	Ask  Verdict = "ask"  // a person chooses among the hits
	None Verdict = "none" // nothing is near
)

// Hit is a candidate with its score.
type Hit struct {
	ID    string
	Score float64
}

// Result is what was found for a query.
type Result struct {
	Verdict Verdict
	ID      string // of the candidate, when sure
	Hits    []Hit  // at most [MaxHits], best first
}

// MaxHits is how many candidates a person is asked to choose from.
const MaxHits = 5

// Thresholds, set on the names of real kabupaten so that no sure match is
// wrong and few questions remain.
const (
	sameName   = 0.95 // written or spoken the same
	near       = 0.50 // below it a candidate is not worth a question
	sureInside = 0.80 // inside the kecamatan of the heading
	sureAlone  = 0.86 // where no kecamatan is known
	oneSlip    = 0.74 // one letter of a short name, where nothing else is near
	margin     = 0.12 // over the next candidate, and over the next text for the same one
	wideMargin = 0.24 // what one letter of a short name needs
	elsewhere  = 0.20 // taken off outside the kecamatan of the heading
	otherKind  = 0.08 // taken off where the text says desa and the candidate is a kelurahan
	otherLevel = 0.50 // taken off where one is a kecamatan and the other is not
	otherCount = 0.35 // taken off where numbers differ: Landono Dua is not Landono Tiga
)

// Index holds candidates prepared for comparing.
type Index struct {
	list  []Candidate
	forms [][]form // of each candidate: its name and aliases
}

// New prepares candidates. Their order breaks ties.
func New(list []Candidate) *Index {
	x := &Index{list: list, forms: make([][]form, len(list))}
	for i, c := range list {
		x.forms[i] = formsOf(c.Name, c.Kind == Office)
		for _, a := range c.Aliases {
			x.forms[i] = append(x.forms[i], formsOf(a, c.Kind == Office)...)
		}
	}
	return x
}

// Find matches one text by itself.
func (x *Index) Find(q Query) Result { return x.Assign([]Query{q})[0] }

// Alike is the score of a text for one candidate, its group aside; 0 for an ID
// that is no candidate's.
func (x *Index) Alike(text, id string) float64 {
	for at, c := range x.list {
		if c.ID == id {
			return x.score(formsOf(text, c.Kind == Office), at)
		}
	}
	return 0
}

// Has reports whether an ID is a candidate's.
func (x *Index) Has(id string) bool {
	for _, c := range x.list {
		if c.ID == id {
			return true
		}
	}
	return false
}

// All lists the candidates.
func (x *Index) All() []Candidate { return x.list }
