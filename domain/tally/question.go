package tally

import "payung/domain/match"

// Register is what the names of a recap can mean.
type Register struct {
	Districts *match.Index
	Places    *match.Index // villages, kelurahan and offices, as the kind allows
}

// Subjects of answers.
const (
	AboutName     = "name"
	AboutDistrict = "district"
	AboutNPP      = "npp"
	AboutPhrase   = "phrase"
)

// Choices besides the ID of a candidate.
const (
	NoneOfThem = "none" // not in this register; left out, here and in later files
	AsNew      = "new"  // an office to be recorded under its name
	NotNow     = "skip" // left out of this file
)

// Answer is what somebody once said a text means.
type Answer struct {
	About  string
	Place  string // ID of the kecamatan the name stood under; "": none
	Text   string // by [match.Same] for names, [match.Key] for the rest
	Choice string
}

// Question is what is left for a person.
type Question struct {
	About string
	Place string
	Text  string // as [Answer] wants it back
	Label string // as written in the recap
	Lines []int
	Hits  []match.Hit
}

// Resolved is a row and what it means.
type Resolved struct {
	Row
	DistrictID string
	ID         string // of the candidate; "": not known, or New
	New        bool   // an office to be recorded
	Left       bool   // out, on purpose
}
