package ledger

import (
	"sync"

	"payung/models"
)

// policies keeps what a process has read of ladders, hours and holidays, so that
// a wake reads one number instead. The number is the engine's: it rises with
// each change, in the change's own transaction.
type policies struct {
	mu    sync.Mutex
	rules int64
	known map[string]*policy // by party; "": what is national
}

// find is a policy as of a number of the rules; nil: it has to be read.
func (c *policies) find(rules int64, partyID string) *policy {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rules != rules {
		return nil
	}
	return c.known[partyID]
}

// keep remembers a policy that was read after its number was. One of older rules
// is not kept.
func (c *policies) keep(rules int64, partyID string, p *policy) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if rules > c.rules {
		c.rules, c.known = rules, map[string]*policy{}
	}
	if rules == c.rules {
		c.known[partyID] = p
	}
}

// rulesLock is the advisory lock of PostgreSQL between those who change the
// rules (alone) and those who plan by them (together), held until they commit.
// Without it a date could be planned by rules that were replaced a moment
// before.
const rulesLock int64 = 0x70617975_00000007

// rulesNow is the number of the rules the transaction sees. It is read once:
// what a transaction plans, it plans by one set of rules.
func (tx *Tx) rulesNow() (int64, error) {
	if tx.rules != 0 {
		return tx.rules, nil
	}
	if tx.writes && tx.l.engine == "postgres" {
		if err := tx.db.Exec("SELECT pg_advisory_xact_lock_shared(?)", rulesLock).Error; err != nil {
			return 0, err
		}
	}
	var e models.Engine
	if err := tx.db.Select("rules").Take(&e, 1).Error; err != nil {
		return 0, wrap("rules", err)
	}
	tx.rules = e.Rules
	return tx.rules, nil
}

// changeRules begins a change of ladders, hours or holidays: from its commit on
// every process reads them anew. Until then only this transaction sees them.
func (tx *Tx) changeRules() error {
	if tx.l.engine == "postgres" {
		if err := tx.db.Exec("SELECT pg_advisory_xact_lock(?)", rulesLock).Error; err != nil {
			return err
		}
	}
	tx.changed = true
	return wrap("rules", tx.db.Exec("UPDATE engine SET rules = rules + 1 WHERE id = 1").Error)
}
