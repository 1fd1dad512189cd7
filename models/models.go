// Package models holds the rows of the ledger, one file for each subject, and
// the SQL migrations that make their tables on both engines.
//
// Instants are Unix microseconds UTC, days are ISO 8601 text, money is whole
// rupiah, IDs are UUIDv7 text: the same on SQLite and PostgreSQL, so that a
// value compares the same way on both.
package models

import "embed"

// Migrations holds one folder of goose migrations for each engine.
//
//go:embed migrations/sqlite/*.sql migrations/postgres/*.sql
var Migrations embed.FS

// Scope says whose row it is. Every scoped table carries it, so that one
// filter decides what an actor sees.
type Scope struct {
	ProvinceCode string `gorm:"not null"`
	RegencyCode  string `gorm:"not null"`
	UnitID       string `gorm:"not null"`
	BranchID     string `gorm:"not null"` // the party of the BPJS branch that serves it
}

// Recorded is the time a row was believed: from when it was recorded until a
// correction or a later version replaced it. KnownTo 0 means current.
type Recorded struct {
	KnownFrom int64 `gorm:"not null"`
	KnownTo   int64 `gorm:"not null"`
}

// Tables lists a zero value of every model, for the test that compares models
// with migrations.
func Tables() []any {
	return []any{
		&Engine{}, &Lease{}, &Outbox{}, &Idempotency{}, &Key{}, &AuditEntry{}, &AuditHead{},
		&Source{}, &Party{}, &Unit{}, &Post{}, &PostHolder{},
		&Regulation{}, &Citation{}, &Article{},
		&Agreement{}, &AgreementNumber{}, &Line{}, &LineLead{}, &Basis{}, &Milestone{}, &Signature{},
		&Period{}, &Renewal{}, &Decision{}, &Meeting{}, &Attendance{}, &MeetingDecision{}, &Happening{},
		&Obligation{}, &ObligationChange{}, &Notice{},
		&Figure{}, &Prospect{}, &Status{}, &UnitCounter{}, &CounterDelta{}, &Rollup{}, &DailyFigure{},
		&Person{}, &Roster{}, &RosterRow{}, &Conflict{}, &ConflictSide{}, &Bill{}, &Payment{},
		&Upload{}, &UploadPart{}, &Import{}, &ImportFinding{}, &HeadingMap{}, &Matching{},
		&Tally{}, &TallyAnswer{}, &Quota{}, &Statement{}, &Window{}, &WindowPage{}, &Objection{}, &Movement{}, &Claim{}, &ClaimDocument{},
		&Letterhead{}, &Logo{}, &LetterSigner{}, &Letter{}, &LetterDuty{}, &LetterPost{},
		&Ladder{}, &Hours{}, &Holiday{}, &Recalculation{},
		&News{}, &Message{}, &MessageItem{}, &BadAddress{}, &Channel{}, &ChatAddress{},
		&ExtensionRequest{}, &Pause{}, &Uptime{}, &Outage{}, &Grace{}, &Fairness{}, &Clock{}, &Feed{},
		&Preference{}, &Handover{}, &Telling{}, &ToldUnit{},
		&Enrolment{}, &EnrolmentRow{}, &CardReceipt{},
		&WeeklySheet{}, &WeeklyRule{}, &WeeklyLink{},
	}
}
