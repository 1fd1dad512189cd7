package models

// Channel is how a party's messages leave the house by one kind of channel.
type Channel struct {
	ID string `gorm:"primaryKey"`
	Scope
	PartyID      string `gorm:"not null"` // "": for all parties that have none of their own
	Kind         string `gorm:"not null"` // email, whatsapp, wa_link, telegram, webhook
	Enabled      bool   `gorm:"not null"`
	Settings     string `gorm:"not null"` // JSON of what is no secret
	Secret       []byte `gorm:"not null"` // sealed JSON of passwords and tokens; empty: none
	DailyCap     int64  `gorm:"not null"` // messages a day; 0: no cap
	DailyBudget  int64  `gorm:"not null"` // rupiah a day; 0: no cap
	PerMinute    int64  `gorm:"not null"` // messages a minute; 0: as fast as they go
	PausedUntil  int64  `gorm:"not null"` // the other side is away
	Failures     int64  `gorm:"not null"` // in a row
	FailingSince int64  `gorm:"not null"` // 0: it works
	Problem      string `gorm:"not null"` // what was said last
	Actor        string `gorm:"not null"`
	UpdatedAt    int64  `gorm:"not null;autoUpdateTime:false"`
}

// ChatAddress is where a holder is reached by a channel that is neither their
// e-mail nor their phone.
type ChatAddress struct {
	ID string `gorm:"primaryKey"`
	Scope
	HolderID  string `gorm:"not null"`
	Channel   string `gorm:"not null"` // telegram
	Address   []byte `gorm:"not null"` // sealed
	Actor     string `gorm:"not null"`
	UpdatedAt int64  `gorm:"not null;autoUpdateTime:false"`
}
