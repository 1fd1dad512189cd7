package models

// Letter is one letter of the register, from its draft on. What it says is kept
// with the version of what drew it, and drawn again when somebody wants it; the
// hash tells whether that is still what was issued. A letter that was issued is
// never changed: a corrected one takes its place.
type Letter struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID  string `gorm:"not null"`
	LetterheadID string `gorm:"not null"`
	Kind         string `gorm:"not null"` // a letter.Kind
	Level        string `gorm:"not null"` // to whom: a mandate.Level
	AboutKind    string `gorm:"not null"` // meeting, bill, roster, statement, agreement; "": duties only
	AboutID      string `gorm:"not null"`
	Subject      string `gorm:"not null"`
	Addressee    string `gorm:"not null"` // posts, in words; no names of people
	Version      int    `gorm:"not null"`
	ReplacesID   string `gorm:"not null"`
	EarlierID    string `gorm:"not null"` // the letter it refers to
	State        string `gorm:"not null"` // draft, issued, sent, replaced, withdrawn
	Reason       string `gorm:"not null"` // why it was withdrawn or corrected
	OnDay        string `gorm:"not null"` // the letter's date
	Workdays     int    `gorm:"not null"` // to answer, counted from the day after it was sent; 0: it sets no date
	DueOn        string `gorm:"not null"` // what that came to; "": not sent yet
	SignerPostID string `gorm:"not null"`
	OnBehalf     string `gorm:"not null"`
	Number       string `gorm:"not null"` // Nomor; "": not recorded yet
	NumberYear   int    `gorm:"not null"`
	NumberSeq    int    `gorm:"not null"` // place in the letterhead's register; 0: its number has another form
	NumberedOn   string `gorm:"not null"`
	Code         string `gorm:"not null"` // of the public page that confirms it
	Body         []byte `gorm:"not null"` // JSON of letter.Letter, sealed
	LogoID       string `gorm:"not null"`
	Renderer     string `gorm:"not null"` // version of what drew it
	Hash         []byte `gorm:"not null"` // SHA-256 of the PDF as issued; empty: a draft
	Pages        int    `gorm:"not null"`
	IssuedAt     int64  `gorm:"not null"`
	IssuedBy     string `gorm:"not null"`
	SentOn       string `gorm:"not null"`
	SentHow      string `gorm:"not null"` // hand, courier, post, email, whatsapp
	Receipt      []byte `gorm:"not null"` // JSON of who received it, sealed
	ScanID       string `gorm:"not null"` // upload of the signed and stamped paper
	SignedID     string `gorm:"not null"` // upload of the file with an electronic signature (BSrE)
	Actor        string `gorm:"not null"`
	CreatedAt    int64  `gorm:"not null;autoCreateTime:false"`
	UpdatedAt    int64  `gorm:"not null;autoUpdateTime:false"`
}

// LetterDuty is a duty a letter is about. Its slot, such as warning_2, is taken
// once for a duty among letters that stand.
type LetterDuty struct {
	LetterID     string `gorm:"primaryKey"`
	ObligationID string `gorm:"primaryKey"`
	Slot         string `gorm:"not null"` // "": a letter that holds none
}

// LetterPost is a post a letter goes to.
type LetterPost struct {
	LetterID string `gorm:"primaryKey"`
	PostID   string `gorm:"primaryKey"`
	Position int    `gorm:"not null"`
}
