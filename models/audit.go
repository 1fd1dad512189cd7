package models

// AuditEntry is one change, written in its transaction. It holds IDs, codes
// and digests only. The sealer fills in the chain afterwards.
type AuditEntry struct {
	ID           string `gorm:"primaryKey"`
	ProvinceCode string `gorm:"not null"`
	RegencyCode  string `gorm:"not null"`
	UnitID       string `gorm:"not null"`
	BranchID     string `gorm:"not null"`
	At           int64  `gorm:"not null"`
	Actor        string `gorm:"not null"`
	Action       string `gorm:"not null"`
	SubjectKind  string `gorm:"not null"`
	SubjectID    string `gorm:"not null"`
	Detail       string `gorm:"not null"` // JSON of IDs, codes and counts
	Digest       []byte // over the rows the change touched
	ContentHash  []byte `gorm:"not null"`
	Chain        string `gorm:"not null"` // the chain it belongs to: a kabupaten, or "national"
	Seq          int64  `gorm:"not null"`
	ChainHash    []byte
}

// AuditHead is the last sealed entry of a chain.
type AuditHead struct {
	Chain string `gorm:"primaryKey"`
	Seq   int64  `gorm:"not null"`
	Hash  []byte `gorm:"not null"`
}
