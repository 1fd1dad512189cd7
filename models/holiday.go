package models

// Holiday is a day off that was recorded here, on top of the built-in table: a
// national one of a decree (no party), or a local one of a Pemda. A row of kind
// "kerja" takes a day off back.
type Holiday struct {
	ID string `gorm:"primaryKey"`
	Scope
	PartyID   string `gorm:"not null"` // "": national
	Day       string `gorm:"not null"`
	Kind      string `gorm:"not null"` // libur, cuti, kerja
	Name      string `gorm:"not null"`
	Decree    string `gorm:"not null"`
	DecreedOn string `gorm:"not null"` // "": not known
	Verified  bool   `gorm:"not null"` // compared with the decree itself
	Actor     string `gorm:"not null"`
	Recorded
}
