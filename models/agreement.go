package models

// Agreement is one cooperation agreement for its whole life. Version orders
// what its workflow hears; ArmedUntil is the instant the workflow was last told
// to wake.
type Agreement struct {
	ID string `gorm:"primaryKey"`
	Scope
	Title          string `gorm:"not null"`
	PemdaPartyID   string `gorm:"not null"`
	BPJSPartyID    string `gorm:"column:bpjs_party_id;not null"`
	ServingPartyID string `gorm:"not null"`
	Zone           string `gorm:"not null"`
	Ladder         string `gorm:"not null"` // JSON of obligation.Ladder
	CutiMoves      bool   `gorm:"not null"` // cuti bersama counts as a day off
	ImportedOn     string `gorm:"not null"`
	Historical     bool   `gorm:"not null"` // known from sources only; keeps no clock
	Version        int64  `gorm:"not null"`
	ArmedUntil     int64  `gorm:"not null"`
	ClosedOn       string `gorm:"not null"`
	CloseReason    string `gorm:"not null"`
	SourceID       string `gorm:"not null"`
	CreatedAt      int64  `gorm:"not null;autoCreateTime:false"`
}

// AgreementNumber is a party's own number for the agreement, unique for issuer
// and year.
type AgreementNumber struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID   string `gorm:"not null"`
	IssuerPartyID string `gorm:"not null"`
	Year          int    `gorm:"not null"`
	Number        string `gorm:"not null"`
	CreatedAt     int64  `gorm:"not null;autoCreateTime:false"`
}

// Line is one worker group an agreement is about, with its money and targets.
// A planned line carries no duties.
type Line struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID   string `gorm:"not null"`
	GroupCode     string `gorm:"not null"`
	Programmes    string `gorm:"not null"` // comma-separated: JKK,JKM
	State         string `gorm:"not null"` // planned, active, ended
	PlannedFor    string `gorm:"not null"`
	FundingSource string `gorm:"not null"`
	PayerPartyID  string `gorm:"not null"`
	Wage          int64  `gorm:"not null"` // rupiah a month; BPU: income
	TargetMinimum int64  `gorm:"not null"` // people; three different numbers
	TargetHope    int64  `gorm:"not null"`
	BudgetCeiling int64  `gorm:"not null"` // rupiah
	Destination   string `gorm:"not null"`
	SourceID      string `gorm:"not null"`
	Recorded
}

// LineLead is one of the offices that lead a line. A source may count more than
// it names; the unnamed ones are rows with no unit.
type LineLead struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	LineID      string `gorm:"not null"`
	LeadUnitID  string `gorm:"not null"`
	SourceID    string `gorm:"not null"`
	Recorded
}

// Basis ties an agreement to a regulation, for one group or all.
type Basis struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID  string `gorm:"not null"`
	RegulationID string `gorm:"not null"`
	GroupCode    string `gorm:"not null"`
	FromDay      string `gorm:"not null"`
	ToDay        string `gorm:"not null"`
	SourceID     string `gorm:"not null"`
	Recorded
}

// TableName is bases: the plural GORM would not guess.
func (Basis) TableName() string { return "bases" }

// Milestone is something reached, with how sure its date is.
type Milestone struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	Code        string `gorm:"not null"`
	About       string `gorm:"not null"` // a group, a line and year, …
	OnDay       string `gorm:"not null"`
	Precision   string `gorm:"not null"`
	SourceID    string `gorm:"not null"`
	Recorded
}

// Signature is who signed or witnessed, in which post.
type Signature struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	PartyID     string `gorm:"not null"`
	Role        string `gorm:"not null"` // signer, witness
	PostTitle   string `gorm:"not null"`
	Name        string `gorm:"not null"`
	Mandate     string `gorm:"not null"`
	Place       string `gorm:"not null"`
	Position    int    `gorm:"not null"`
	OnDay       string `gorm:"not null"`
	Precision   string `gorm:"not null"`
	SourceID    string `gorm:"not null"`
	Recorded
}

// Period is one year of one line.
type Period struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	LineID      string `gorm:"not null"`
	Year        int    `gorm:"not null"`
	FromDay     string `gorm:"not null"`
	ToDay       string `gorm:"not null"`
	RenewsID    string `gorm:"not null"`
	SourceID    string `gorm:"not null"`
	Recorded
}

// Renewal is the question whether a period is followed by another. One may be
// open for an agreement at a time.
type Renewal struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	Year        int    `gorm:"not null"` // the year it would open
	State       string `gorm:"not null"` // open, renewed, declined
	Reason      string `gorm:"not null"`
	OpenedOn    string `gorm:"not null"`
	DecidedOn   string `gorm:"not null"`
	CreatedAt   int64  `gorm:"not null;autoCreateTime:false"`
}

// Decision is what people typed for a decision. While pending it is invisible
// to every query and outside every uniqueness: its content is JSON until the
// activity turns it into rows.
type Decision struct {
	RequestID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	Kind        string `gorm:"not null"`
	Payload     string `gorm:"not null"`
	Hash        []byte `gorm:"not null"`
	State       string `gorm:"not null"` // pending, confirmed, refused, expired
	Answer      string `gorm:"not null"`
	Actor       string `gorm:"not null"`
	CreatedAt   int64  `gorm:"not null;autoCreateTime:false"`
	DecidedAt   int64  `gorm:"not null"`
}
