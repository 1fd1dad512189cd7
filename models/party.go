package models

// Source says according to whom, as of when. Every recorded fact points to one
// or was typed by the actor the audit names.
type Source struct {
	ID string `gorm:"primaryKey"`
	Scope
	Kind        string `gorm:"not null"` // news, letter, minutes, officer, register
	Title       string `gorm:"not null"`
	Publisher   string `gorm:"not null"`
	PublishedOn string `gorm:"not null"`
	SaidBy      string `gorm:"not null"` // a post, not a person
	Reference   string `gorm:"not null"`
	CreatedAt   int64  `gorm:"not null;autoCreateTime:false"`
}

// Party is somebody who can make or serve an agreement: a local government, a
// BPJS office, a village, an outside body.
type Party struct {
	ID string `gorm:"primaryKey"`
	Scope
	Kind        string `gorm:"not null"` // pemda, bpjs, village, outside
	Name        string `gorm:"not null"`
	ShortName   string `gorm:"not null"`
	RegionCode  string `gorm:"not null"`
	Zone        string `gorm:"not null"`
	Email       string `gorm:"not null"`
	Phone       string `gorm:"not null"`
	Address     string `gorm:"not null"`
	OfficeHours string `gorm:"not null"` // in words, local time
	BankAccount string `gorm:"not null"` // of the treasury, for refunds
	CreatedAt   int64  `gorm:"not null;autoCreateTime:false"`
}

// Unit is an office or a village that owes something: OPD, kecamatan, desa,
// kelurahan. Units have a time of their own: villages split, offices merge.
type Unit struct {
	ID string `gorm:"primaryKey"`
	Scope
	PartyID    string `gorm:"not null"`
	ParentID   string `gorm:"not null"`
	Kind       string `gorm:"not null"` // opd, kecamatan, desa, kelurahan, secretariat, desk
	Role       string `gorm:"not null"`
	Name       string `gorm:"not null"`
	RegionCode string `gorm:"not null"`
	ValidFrom  string `gorm:"not null"`
	ValidTo    string `gorm:"not null"`
	CreatedAt  int64  `gorm:"not null;autoCreateTime:false"`
}

// Post is an office people hold. Duties and notices belong to posts; people
// come and go.
type Post struct {
	ID string `gorm:"primaryKey"`
	Scope
	PartyID    string `gorm:"not null"`
	SuperiorID string `gorm:"not null"`
	DeputyID   string `gorm:"not null"`
	Title      string `gorm:"not null"`
	Role       string `gorm:"not null"`
	ValidFrom  string `gorm:"not null"`
	ValidTo    string `gorm:"not null"`
	CreatedAt  int64  `gorm:"not null;autoCreateTime:false"`
}

// PostHolder is a person in a post for a time.
type PostHolder struct {
	ID string `gorm:"primaryKey"`
	Scope
	PostID    string `gorm:"not null"`
	Name      string `gorm:"not null"`
	Email     string `gorm:"not null"`
	Phone     string `gorm:"not null"`
	Capacity  string `gorm:"not null"` // definitive, plt, pj
	Mandate   string `gorm:"not null"`
	ValidFrom string `gorm:"not null"`
	ValidTo   string `gorm:"not null"`
	CreatedAt int64  `gorm:"not null;autoCreateTime:false"`
}
