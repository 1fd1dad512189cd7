package models

// Message is one text to one person by one channel, from the moment something
// waits for that person until it is known what became of it. Whom it goes to is
// found when it is sent; its address is kept nowhere.
type Message struct {
	ID string `gorm:"primaryKey"`
	Scope
	SenderID     string `gorm:"not null"` // party whose channel it takes; "": the installation's own
	Kind         string `gorm:"not null"` // digest, urgent
	Channel      string `gorm:"not null"`
	Key          string `gorm:"not null"` // names it to the outside, so that a repeat is known as one
	Recipient    []byte `gorm:"not null"` // keyed hash of the address
	PostID       string `gorm:"not null"` // through which the person was found
	HolderID     string `gorm:"not null"` // "": nobody
	Day          string `gorm:"not null"` // the morning it belongs to
	State        string `gorm:"not null"` // queued, sending, sent, delivered, read, failed, bounced, unknown, not_needed, superseded
	Problem      string `gorm:"not null"` // code of why it waits or failed
	Detail       string `gorm:"not null"` // what the other side said, without addresses
	Attempts     int    `gorm:"not null"`
	Unknowns     int    `gorm:"not null"` // attempts nobody knows the outcome of
	NextAt       int64  `gorm:"not null"` // not to be sent before
	Claim        string `gorm:"not null"` // of the process that sends it
	ClaimedUntil int64  `gorm:"not null"`
	ProviderID   string `gorm:"not null"`
	Price        int64  `gorm:"not null"` // rupiah
	Subject      string `gorm:"not null"` // as sent
	Text         string `gorm:"not null"` // as sent
	SupersededBy string `gorm:"not null"`
	Actor        string `gorm:"not null"` // who sent it by hand; "": the system
	CreatedAt    int64  `gorm:"not null;autoCreateTime:false"`
	SentAt       int64  `gorm:"not null"`
	DeliveredAt  int64  `gorm:"not null"`
	ReadAt       int64  `gorm:"not null"`
	SettledAt    int64  `gorm:"not null"` // ended otherwise than by being sent
}

// MessageItem is one notice or one piece of news in a message.
type MessageItem struct {
	MessageID string `gorm:"primaryKey"`
	ItemID    string `gorm:"primaryKey"`
	Outcome   string `gorm:"not null"` // "": not sent yet; named, counted, closed, moved, read, elsewhere
}

// BadAddress is an address that does not exist, as its server said.
type BadAddress struct {
	ID string `gorm:"primaryKey"`
	Scope
	Channel   string `gorm:"not null"`
	Recipient []byte `gorm:"not null"` // keyed hash of the address
	PostID    string `gorm:"not null"`
	HolderID  string `gorm:"not null"`
	Reason    string `gorm:"not null"`
	MessageID string `gorm:"not null"`
	CreatedAt int64  `gorm:"not null;autoCreateTime:false"`
	ClearedAt int64  `gorm:"not null"` // 0: it is still not used
}
