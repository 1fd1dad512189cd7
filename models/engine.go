package models

// Engine is the one row that says which engine this ledger belongs to.
type Engine struct {
	ID         int    `gorm:"primaryKey;autoIncrement:false"` // always 1
	Epoch      int64  `gorm:"not null"`                       // rises with each rebuild; older activities are refused
	KeyID      string `gorm:"not null"`                       // the newest key that has sealed in here
	KeyCheck   []byte // proves that the right key was given, without being it
	IndexCheck []byte // the same for the key of the blind index; null: not asked for yet
	SampledAt  int64  `gorm:"not null"` // since when everything in here is DATA CONTOH; 0: it is real
	Rules      int64  `gorm:"not null"` // rises with each change of ladders, hours or holidays
	Calendar   string `gorm:"not null"` // built-in table of holidays that open dates were last computed by
	CreatedAt  int64  `gorm:"not null;autoCreateTime:false"`
}

// TableName is engine: there is one.
func (Engine) TableName() string { return "engine" }

// Lease lets one process at a time run a loop. Fence rises with each new
// holder, so that one who was paused learns it has lost.
type Lease struct {
	Name   string `gorm:"primaryKey"`
	Holder string `gorm:"not null"`
	Fence  int64  `gorm:"not null"`
	Until  int64  `gorm:"not null"`
}

// Outbox marks agreements and batches whose workflow may have to read the ledger
// again.
// The relay decides from committed rows, after the commit.
type Outbox struct {
	ID          string `gorm:"primaryKey"`
	AgreementID string `gorm:"not null"`
	EnrolmentID string `gorm:"not null"` // its batch; "": the agreement itself
	CreatedAt   int64  `gorm:"not null;autoCreateTime:false"`
}

// TableName is outbox: it is one box.
func (Outbox) TableName() string { return "outbox" }

// Idempotency remembers the answer to a write, so that sending it again counts
// once.
type Idempotency struct {
	Actor     string `gorm:"primaryKey"`
	Key       string `gorm:"primaryKey"` // keyed fingerprint of the key, in hexadecimal digits
	Hash      []byte `gorm:"not null"`   // keyed, of method, path and body
	Answer    string `gorm:"not null"`
	CreatedAt int64  `gorm:"not null;autoCreateTime:false"`
}

// TableName is idempotency.
func (Idempotency) TableName() string { return "idempotency" }

// Key is a data key of a Pemda or a person, wrapped by the master key.
// Destroying it is how one of them is forgotten.
type Key struct {
	ID          string `gorm:"primaryKey"`
	ScopeKind   string `gorm:"not null"`
	ScopeID     string `gorm:"not null"`
	Wrapped     []byte
	CreatedAt   int64 `gorm:"not null;autoCreateTime:false"`
	DestroyedAt int64 `gorm:"not null"`
}
