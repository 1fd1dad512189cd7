// Package mandate says which post may write to which level. A letter to village
// heads, camat or heads of offices goes out under the Sekda on behalf of the
// Bupati, and an officer of BPJS never signs for a Pemda. What is written down
// here is the default; an office records its own and those count.
package mandate

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"

	"payung/domain/calendar"
)

// Level is to whom a letter goes.
type Level string

// The levels, from the top.
const (
	Regent    Level = "regent"    // Bupati, Wali Kota and their deputies
	Secretary Level = "secretary" // the Sekda
	Opd       Level = "opd"       // heads of offices
	Kecamatan Level = "kecamatan" // camat
	Desa      Level = "desa"      // heads of villages and lurah
	BPJS      Level = "bpjs"      // offices of BPJS
	Outside   Level = "outside"   // anybody else
	Own       Level = "own"       // nobody: receipts, minutes and other sheets of the office itself
)

// Levels lists them from the top.
func Levels() []Level { return []Level{Regent, Secretary, Opd, Kecamatan, Desa, BPJS, Outside, Own} }

// Known reports whether it is one of [Levels].
func (l Level) Known() bool { return slices.Contains(Levels(), l) }

// Roles of posts that the rules name, besides "head", the head of the office
// whose letterhead it is.
const (
	RoleHead       = "head"
	RoleSekda      = "sekda"
	RoleRegent     = "regent"
	RoleBranchHead = "branch_head"
)

// Signer is a role that may sign, in its own name or on behalf of another.
type Signer struct {
	Role     string `json:"role"`
	OnBehalf string `json:"on_behalf,omitempty"` // role; the letter says "a.n."
}

// rule lists who of a party may write to some levels, the usual one first. A
// kind of office that has rules of its own has only those.
type rule struct {
	Party   string   `json:"party"` // kind of party
	Desk    string   `json:"desk"`  // kind of office whose letterhead it is; "": any
	To      []Level  `json:"to"`
	Signers []Signer `json:"signers"`
}

//go:embed mandate.json
var file []byte

var rules = func() []rule {
	out, err := parse(file)
	if err != nil {
		panic(err)
	}
	return out
}()

func parse(raw []byte) ([]rule, error) {
	var f struct {
		AsOf     calendar.Day `json:"as_of"`
		Source   string       `json:"source"`
		Verified bool         `json:"verified"`
		Rules    []rule       `json:"rules"`
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return nil, fmt.Errorf("mandate: %w", err)
	}
	if !f.AsOf.Valid() || f.Source == "" {
		return nil, fmt.Errorf("mandate: the rules need a source and its day")
	}
	for i, r := range f.Rules {
		if r.Party == "" || len(r.To) == 0 || len(r.Signers) == 0 || !allKnown(r.To) {
			return nil, fmt.Errorf("mandate: rule %d is not whole", i)
		}
	}
	return f.Rules, nil
}

func allKnown(levels []Level) bool {
	return !slices.ContainsFunc(levels, func(l Level) bool { return !l.Known() })
}

// Signers lists who may sign by default for an office of a kind ("" for the
// party itself) of a kind of party, to a level, the usual one first. Nobody may
// if it is empty.
func Signers(party, desk string, to Level) []Signer {
	own := desk
	if !slices.ContainsFunc(rules, func(r rule) bool { return r.Party == party && r.Desk == desk }) {
		own = ""
	}
	i := slices.IndexFunc(rules, func(r rule) bool { return r.Party == party && r.Desk == own && slices.Contains(r.To, to) })
	if i < 0 {
		return nil
	}
	out := slices.Clone(rules[i].Signers)
	if party == "pemda" && desk == "" { // the party itself has no head of an office
		out = slices.DeleteFunc(out, func(s Signer) bool { return s.Role == RoleHead })
	}
	return out
}

// LevelOf is the level of a post: by its party and role, else by the kind of
// its unit.
func LevelOf(party, role, unit string) Level {
	switch {
	case party == "bpjs":
		return BPJS
	case party != "pemda" && party != "village":
		return Outside
	case role == RoleRegent || role == "deputy_regent":
		return Regent
	case role == RoleSekda:
		return Secretary
	case unit == "kecamatan":
		return Kecamatan
	case unit == "desa" || unit == "kelurahan" || party == "village":
		return Desa
	}
	return Opd
}
