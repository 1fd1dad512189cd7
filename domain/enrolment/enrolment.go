// Package enrolment knows the way of names from a list to BPJS Ketenagakerjaan
// and back: the terms that run, what an answer may say, and where a batch stands.
// It is pure: days are handed in and counted by the calendar that is handed in.
package enrolment

import "payung/domain/calendar"

// State is where one person of a batch stands.
type State string

// The states of a row. Only [Registered] starts protection: signing an agreement
// or handing in a list does not.
const (
	Waiting    State = "waiting"    // sent, not answered
	Registered State = "registered" // accepted
	Rejected   State = "rejected"   // to be corrected by its unit
	Corrected  State = "corrected"  // its unit has mended the row: it may be sent again
	Withdrawn  State = "withdrawn"  // rejected, and taken off the list since, or not to be enrolled
	Unanswered State = "unanswered" // no answer came in time: it may be sent again
)

// States lists all of them, what waits for somebody first.
func States() []State {
	return []State{Rejected, Waiting, Unanswered, Corrected, Withdrawn, Registered}
}

// Stage is whose turn it is.
type Stage string

// The stages of a batch, in order, and its three ends.
const (
	StageForms      Stage = "forms"      // the Pemda completes the forms and sends the names
	StageAnswers    Stage = "answers"    // the branch registers the names
	StageCards      Stage = "cards"      // all are answered; the branch makes certificate and cards
	StageHandover   Stage = "handover"   // the Pemda hands the cards to the workers
	StageDone       Stage = "done"       // everybody was answered and has a card
	StageUnanswered Stage = "unanswered" // it ended with names that nobody answered
	StageWithdrawn  Stage = "withdrawn"  // it was opened by mistake and never sent
)

// Stages lists them.
func Stages() []Stage {
	return []Stage{StageForms, StageAnswers, StageCards, StageHandover, StageDone, StageUnanswered, StageWithdrawn}
}

// Counts is how many people of a batch are in each state, and how many cards
// were handed over.
type Counts struct {
	People, Waiting, Registered, Rejected, Corrected, Withdrawn, Unanswered int64

	Handed int64 // cards
}

// Add counts people of one state.
func (c *Counts) Add(s State, n int64) {
	c.People += n
	switch s {
	case Waiting:
		c.Waiting += n
	case Registered:
		c.Registered += n
	case Rejected:
		c.Rejected += n
	case Corrected:
		c.Corrected += n
	case Withdrawn:
		c.Withdrawn += n
	case Unanswered:
		c.Unanswered += n
	}
}

// Left is how many registered people have no card yet.
func (c Counts) Left() int64 { return max(0, c.Registered-c.Handed) }

// Batch is what has happened to a batch so far; an empty day has not.
type Batch struct {
	SentOn    calendar.Day
	CardsOn   calendar.Day // the last cards came
	Withdrawn bool
	Counts
}

// Stage is where the batch stands. Cards that came for some do not end the wait
// for answers about the others.
func (b Batch) Stage() Stage {
	switch {
	case b.Withdrawn:
		return StageWithdrawn
	case b.SentOn == "":
		return StageForms
	case b.Waiting > 0:
		return StageAnswers
	case b.Left() > 0 && b.CardsOn == "":
		return StageCards
	case b.Left() > 0:
		return StageHandover
	case b.Unanswered > 0:
		return StageUnanswered
	}
	return StageDone
}

// Ended reports whether nothing of the batch itself is left to do. What was
// rejected goes on as the duty of its unit.
func (s Stage) Ended() bool { return s == StageDone || s == StageUnanswered || s == StageWithdrawn }
