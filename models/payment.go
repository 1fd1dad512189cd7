package models

// Bill is what a unit or payer owes for a span of months, as the rules of the
// day computed it. The versions it was judged by stay beside it.
type Bill struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	LineID      string `gorm:"not null"`
	PeriodID    string `gorm:"not null"`
	FromMonth   string `gorm:"not null"`
	ToMonth     string `gorm:"not null"`
	People      int64  `gorm:"not null"`
	JKK         int64  `gorm:"column:jkk;not null"`
	JKM         int64  `gorm:"column:jkm;not null"`
	JHT         int64  `gorm:"column:jht;not null"`
	Total       int64  `gorm:"not null"`
	Monthly     string `gorm:"not null"` // JSON: rupiah of each month, oldest first; they add up to Total
	DueOn       string `gorm:"not null"`
	Rule        string `gorm:"not null"`
	Rounding    string `gorm:"not null"`
	Calendar    string `gorm:"not null"`
	CreatedAt   int64  `gorm:"not null;autoCreateTime:false"`
}

// Payment is money somebody says was paid, with its reference.
type Payment struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	BillID      string `gorm:"not null"`
	Amount      int64  `gorm:"not null"`
	Reference   string `gorm:"not null"`
	OnDay       string `gorm:"not null"`
	Precision   string `gorm:"not null"`
	SourceID    string `gorm:"not null"`
	Recorded
}
