package models

// Upload is a file somebody sent, whatever it is. Its content is kept, sealed,
// in parts; nothing that was received is ever lost.
type Upload struct {
	ID string `gorm:"primaryKey"`
	Scope
	Batch        string `gorm:"not null"` // files dropped together; "": it came alone
	AgreementID  string `gorm:"not null"`
	ObligationID string `gorm:"not null"` // it answers; "": nobody has said yet
	Name         string `gorm:"not null"` // of the file, long numbers masked
	Size         int64  `gorm:"not null"`
	Hash         []byte `gorm:"column:digest;type:bytes;not null;serializer:sealed"` // SHA-256 of the content
	Mark         []byte `gorm:"column:hash;not null"`                                // keyed fingerprint of Hash, by which the same file is found again
	Kind         string `gorm:"not null"`                                            // by content: xlsx, ods, csv, pdf, image, …
	State        string `gorm:"not null"`                                            // receiving, unplaced, placed, needs_sheet, set_aside
	Problem      string `gorm:"not null"`                                            // code of what keeps it from being read
	Sender       string `gorm:"not null"`                                            // who sent it, in words or a phone number
	OnBehalf     string `gorm:"not null"`                                            // of whom the actor acted, in words
	Proposals    string `gorm:"not null"`                                            // JSON: units it may belong to, best first
	ReceivedOn   string `gorm:"not null"`
	Actor        string `gorm:"not null"`
	CreatedAt    int64  `gorm:"not null;autoCreateTime:false"`
}

// UploadPart is a piece of a file, sealed.
type UploadPart struct {
	UploadID string `gorm:"primaryKey"`
	Seq      int    `gorm:"primaryKey;autoIncrement:false"`
	Data     []byte `gorm:"not null"`
}

// Import is one reading of a file as the list of names of one duty: what was
// found, what it would change, and what became of it.
type Import struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID  string `gorm:"not null"`
	ObligationID string `gorm:"not null"`
	UploadID     string `gorm:"not null"`
	RosterID     string `gorm:"not null"` // the roster it prepares
	State        string `gorm:"not null"` // reading, ready, held, refused, accepted, dropped
	Problem      string `gorm:"not null"` // code of why it is held or refused
	Sheet        string `gorm:"not null"` // its name, NIKs masked
	Mapping      string `gorm:"not null"` // JSON of roster.Mapping; "": to be guessed
	Base         string `gorm:"not null"` // the roster it is compared with to find who is missing; "": nobody can be
	Answers      string `gorm:"not null"` // JSON: what became of people who are missing
	Position     int64  `gorm:"not null"` // number of the last sheet row dealt with
	Rows         int64  `gorm:"not null"` // rows with people: good, bad, leavers and waiting
	Good         int64  `gorm:"not null"`
	Bad          int64  `gorm:"not null"`
	Leavers      int64  `gorm:"not null"` // who are said to have left
	Waiting      int64  `gorm:"not null"` // reserves for whom there is no place
	Skipped      int64  `gorm:"not null"` // titles, totals, notes
	Total        int64  `gorm:"not null"` // rows to expect; 0: not known yet
	Result       string `gorm:"not null"` // JSON: grouped counts, effect, questions
	OnDay        string `gorm:"not null"`
	OnBehalf     string `gorm:"not null"`
	Actor        string `gorm:"not null"`
	CreatedAt    int64  `gorm:"not null;autoCreateTime:false"`
	UpdatedAt    int64  `gorm:"not null;autoUpdateTime:false"`
}

// ImportFinding is one thing to say about one cell of a file. It never holds
// more than four digits of a NIK.
type ImportFinding struct {
	ImportID string `gorm:"primaryKey"`
	Number   int64  `gorm:"primaryKey;autoIncrement:false"` // of the row, as the sheet shows it
	Seq      int    `gorm:"primaryKey;autoIncrement:false"`
	Column   int    `gorm:"column:column_no;not null"` // from 0; -1: the row as a whole
	Field    string `gorm:"not null"`
	Level    string `gorm:"not null"` // error, warning, info
	Rule     string `gorm:"not null"`
	Found    string `gorm:"not null"`
	Params   string `gorm:"not null"` // JSON
}

// HeadingMap is how a unit names its columns, kept so that the next file of
// that form is understood at once.
type HeadingMap struct {
	ID string `gorm:"primaryKey"`
	Scope
	Signature string `gorm:"not null"` // of the headings
	Mapping   string `gorm:"not null"` // JSON of roster.Mapping
	Actor     string `gorm:"not null"`
	CreatedAt int64  `gorm:"not null;autoCreateTime:false"`
}
