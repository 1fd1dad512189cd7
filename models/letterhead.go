package models

// Letterhead is the paper an office writes on (kop surat) and the form of its
// numbers. A letter keeps a copy of it, so changing one changes no letter that
// was issued. The unit of its scope is the office; "": the party itself.
type Letterhead struct {
	ID string `gorm:"primaryKey"`
	Scope
	PartyID   string `gorm:"not null"`
	Name      string `gorm:"not null"` // by which people choose it from a list
	Names     string `gorm:"not null"` // lines of the letterhead, the top one first
	Address   string `gorm:"not null"` // lines below them
	Place     string `gorm:"not null"` // before the date
	Paper     string `gorm:"not null"` // a4, f4
	Margins   string `gorm:"not null"` // JSON, millimetres: top, right, bottom, left
	Font      string `gorm:"not null"` // sans, serif
	Points    int64  `gorm:"not null"` // size of the text
	Pattern   string `gorm:"not null"` // a numbering.Pattern
	Code      string `gorm:"not null"` // of the office in its numbers
	LogoID    string `gorm:"not null"`
	Actor     string `gorm:"not null"`
	CreatedAt int64  `gorm:"not null;autoCreateTime:false"`
	UpdatedAt int64  `gorm:"not null;autoUpdateTime:false"`
}

// Logo is a coat of arms. It never changes: letters that bear it are drawn from
// it again.
type Logo struct {
	ID string `gorm:"primaryKey"`
	Scope
	PartyID   string `gorm:"not null"`
	Hash      []byte `gorm:"not null"` // SHA-256 of the picture
	Data      []byte `gorm:"not null"` // PNG, sealed
	Width     int    `gorm:"not null"` // pixels
	Height    int    `gorm:"not null"`
	Actor     string `gorm:"not null"`
	CreatedAt int64  `gorm:"not null;autoCreateTime:false"`
}

// LetterSigner is which post signs letters of a letterhead to a level from a
// day on. Without one the default of package mandate counts.
type LetterSigner struct {
	ID string `gorm:"primaryKey"`
	Scope
	LetterheadID string `gorm:"not null"`
	Level        string `gorm:"not null"` // a mandate.Level
	PostID       string `gorm:"not null"`
	OnBehalf     string `gorm:"not null"` // title after "a.n."; "": in its own name
	HolderID     string `gorm:"not null"` // whose rank and NIP are in Detail; "": nobody's
	Detail       []byte `gorm:"not null"` // JSON of rank and NIP, sealed
	ValidFrom    string `gorm:"not null"`
	ValidTo      string `gorm:"not null"` // last day; "": until another one begins
	Actor        string `gorm:"not null"`
	CreatedAt    int64  `gorm:"not null;autoCreateTime:false"`
}
