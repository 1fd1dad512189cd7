package models

// Recalculation is what a change of ladder, hours or calendar did, or has still
// to do, to the open obligations of one agreement.
type Recalculation struct {
	ID string `gorm:"primaryKey"`
	Scope
	AgreementID string `gorm:"not null"`
	ChangeID    string `gorm:"not null"` // shared by the agreements one change concerns
	Cause       string `gorm:"not null"` // ladder, hours, holiday, table
	Reason      string `gorm:"not null"` // in words, such as the decree
	Dates       int64  `gorm:"not null"` // obligations that got another date
	Appear      int64  `gorm:"not null"` // reminders that will be sent and would not have been
	Vanish      int64  `gorm:"not null"` // reminders that will not be sent any more
	Move        int64  `gorm:"not null"` // reminders that come at another time, tone or level
	Detail      string `gorm:"not null"` // JSON: each move with its old and new instant
	Actor       string `gorm:"not null"`
	CreatedAt   int64  `gorm:"not null;autoCreateTime:false"`
	DoneAt      int64  `gorm:"not null"` // 0: still to do
}
