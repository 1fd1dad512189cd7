package worker

// Confidence says how well a rule or figure is supported.
type Confidence string

// The confidences, from best to worst.
const (
	Verified  Confidence = "V" // a source says it
	Derived   Confidence = "D" // arithmetic on verified facts
	Plausible Confidence = "M" // from memory or practice; check before relying on it
	Uncertain Confidence = "U" // contradictory, or no source found
)

// Known reports whether c is one of the confidences.
func (c Confidence) Known() bool { return c.Settled() || c == Plausible || c == Uncertain }

// Settled reports whether something may be held against a person: only what is
// verified or follows from it.
func (c Confidence) Settled() bool { return c == Verified || c == Derived }

// Provenance is where a rule or figure comes from and how sure it is.
type Provenance struct {
	Source     string     `json:"source"`
	Confidence Confidence `json:"confidence"`
}

// Stated reports whether both parts of the provenance are given.
func (p Provenance) Stated() bool { return p.Source != "" && p.Confidence.Known() }

// Note is something a person should read, as a key of the message catalogue
// with the parameters of the sentence. Amounts and rates in it are plain whole
// numbers.
type Note struct {
	Key    string            `json:"key"`
	Params map[string]string `json:"params,omitempty"`
}

// Name is a name in the two languages of the product.
type Name struct {
	ID string `json:"id"` // Indonesian
	EN string `json:"en"` // English
}

// given reports whether the name exists in both languages.
func (n Name) given() bool { return n.ID != "" && n.EN != "" }
