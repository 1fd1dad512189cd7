package models

// Obligation is something a unit owes by a date. The row holds what is true
// now; what was true before is in its changes.
type Obligation struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	LineID      string `gorm:"not null"`
	PeriodID    string `gorm:"not null"`
	GroupCode   string `gorm:"not null"`
	Kind        string `gorm:"not null"` // roster, payment, regulation_draft, renewal_answer, task
	OwnerPostID string `gorm:"not null"`
	Destination string `gorm:"not null"` // who receives: pemda, bpjs
	OrderedBy   string `gorm:"not null"` // article, meeting_decision, decision
	OrderedByID string `gorm:"not null"`
	ArticleID   string `gorm:"not null"` // article of a regulation that orders it; "": none is on record
	Ladder      string `gorm:"not null"` // JSON; "": its Pemda's for that kind, or the agreement's
	TargetOn    string `gorm:"not null"` // "": no date yet
	FatalOn     string `gorm:"not null"`
	TargetAt    int64  `gorm:"not null"`
	FatalAt     int64  `gorm:"not null"`
	CountedFrom string `gorm:"not null"` // the target is so many working days after this day; "": it was given as a day
	CountedDays int    `gorm:"not null"`
	Generation  int    `gorm:"not null"`
	State       string `gorm:"not null"` // open, submitted, closed, cancelled
	ClosedHow   string `gorm:"not null"` // roster, nihil, receiver, decision
	ClosedOn    string `gorm:"not null"`
	PausedAt    int64  `gorm:"not null"`
	Extensions  int    `gorm:"not null"`
	TakenUntil  int64  `gorm:"not null"` // steps up to here are dealt with
	TakenSteps  string `gorm:"not null"` // and these, which a change of plan has put behind it; comma-separated
	NextAt      int64  `gorm:"not null"` // 0: nothing falls due
	NextStep    string `gorm:"not null"`
	NoticedAt   int64  `gorm:"not null"` // first dated request that is proved to have reached the owner; 0: none
	NoticedHow  string `gorm:"not null"` // by what it is proved: email, whatsapp, link, group, letter, inbox, …
	LapsedAt    int64  `gorm:"not null"` // the fatal date was seen to pass
	Fault       string `gorm:"not null"`
	OpenedOn    string `gorm:"not null"`
	FirstTarget string `gorm:"not null"` // target at opening, for as_of
	FirstFatal  string `gorm:"not null"`
	SourceID    string `gorm:"not null"`
	CreatedAt   int64  `gorm:"not null;autoCreateTime:false"`
}

// ObligationChange is one change of an obligation, with the state after it, so
// that any past day can be shown. What it changed from is the row before it.
type ObligationChange struct {
	ID string `gorm:"primaryKey"`
	Scope
	ObligationID string `gorm:"not null"`
	AgreementID  string `gorm:"not null"`
	Kind         string `gorm:"not null"` // moved, extended, recalculated, paused, resumed, submitted, closed, reopened, cancelled
	OnDay        string `gorm:"not null"` // when it was true
	State        string `gorm:"not null"` // after
	ClosedHow    string `gorm:"not null"`
	TargetOn     string `gorm:"not null"`
	FatalOn      string `gorm:"not null"`
	Generation   int    `gorm:"not null"`
	Reason       string `gorm:"not null"`
	ApprovedBy   string `gorm:"not null"`
	Calendar     string `gorm:"not null"` // version a closing was judged by
	Actor        string `gorm:"not null"`
	SourceID     string `gorm:"not null"`
	RecordedAt   int64  `gorm:"not null"`
}

// Notice is one message to one post about one step. Its unique key is the
// sent-ledger: nothing goes out twice.
type Notice struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID  string `gorm:"not null"`
	ObligationID string `gorm:"not null"`
	Step         string `gorm:"not null"`
	Generation   int    `gorm:"not null"`
	PostID       string `gorm:"not null"`
	Tone         string `gorm:"not null"`
	Kind         string `gorm:"not null"` // of the obligation
	GroupCode    string `gorm:"not null"`
	TargetOn     string `gorm:"not null"`
	Missed       string `gorm:"not null"` // steps this one stands for
	CreatedAt    int64  `gorm:"not null;autoCreateTime:false"`
	BundledAt    int64  `gorm:"not null"` // put into a message; 0: it waits
	ReadAt       int64  `gorm:"not null"`
}
