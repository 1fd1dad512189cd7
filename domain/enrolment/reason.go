package enrolment

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"

	"payung/domain/worker"
)

//go:embed reasons.json
var reasonsFile []byte

var reasons = mustReadReasons(reasonsFile)

func mustReadReasons(data []byte) []Reason {
	var out []Reason
	if err := json.Unmarshal(data, &out); err != nil {
		panic(err)
	}
	return out
}

// Reason is why the branch rejects a name. No official list of reasons was
// found; these are the ones that offices tell of.
type Reason struct {
	Code  string      `json:"code"`
	Name  worker.Name `json:"name"`
	Field string      `json:"field"` // of the list that has to be mended; "": none in particular
	Signs []string    `json:"signs"` // by which it is known in words that people write, in lower case
}

// Other is the reason that needs a telephone call.
const Other = "other"

// Reasons lists them, the usual ones first, [Other] last.
func Reasons() []Reason { return slices.Clone(reasons) }

// FindReason is the reason with a code, if there is one.
func FindReason(code string) (Reason, bool) {
	i := slices.IndexFunc(reasons, func(r Reason) bool { return r.Code == code })
	if i < 0 {
		return Reason{}, false
	}
	return reasons[i], true
}

// ReadReason is the reason that words mean: its code, its name, or a phrase with
// one of its signs. What is not understood is [Other].
func ReadReason(words string) Reason {
	said := plain(words)
	for _, r := range reasons {
		if said == plain(r.Code) || said == plain(r.Name.ID) || said == plain(r.Name.EN) {
			return r
		}
	}
	for _, r := range reasons {
		if slices.ContainsFunc(r.Signs, func(s string) bool {
			return strings.Contains(" "+said+" ", " "+s+" ") || len(s) > 5 && strings.Contains(said, s)
		}) {
			return r
		}
	}
	other, _ := FindReason(Other)
	return other
}

// plain is a text in lower case, its words apart by one blank and nothing else.
func plain(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(words, " ")
}
