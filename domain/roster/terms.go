package roster

import (
	"payung/domain/calendar"
	"payung/domain/nik"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

// Terms are what a list is checked against.
type Terms struct {
	On      calendar.Day // day of the check; ages are reckoned on it
	Group   worker.Group // its age window; the zero group has none
	Mapping Mapping
	Rows    int // how many there may be, to make room for them; 0: not known
	// Known reports whether there is a kecamatan of that code ("74.05.11"); nil
	// leaves that out. It is asked once for each code.
	Known func(district string) bool
	// Domicile is the code of the region whose residents the list is for;
	// empty: everybody's.
	Domicile string
	// Villages are the names of the villages that may stand in the list, with
	// or without the word for their kind; empty: any.
	Villages []string
	Wage     WageLimits
	// Previous are the people whom the template was filled with, by row id; nil:
	// the file is no template of ours, and its row ids mean nothing.
	Previous map[string]Carried
}

// WageLimits are what an agreement says about wages. The zero value says
// nothing.
type WageLimits struct {
	Needed bool          // the contribution depends on everybody's wage
	Least  rupiah.Amount // below it there is a warning; 0: none is agreed
	Most   rupiah.Amount // above it there is a warning; 0: none is agreed
}

// Carried is a person of the last list, with whom a row of the template was
// filled.
type Carried struct {
	NIK  nik.NIK
	Name string
	Born calendar.Day
	Sex  nik.Sex
	Left bool // and was taken off since; a row that still has the person is refused
}
