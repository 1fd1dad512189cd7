package cli

import (
	"fmt"
	"os"

	"payung/ledger"
)

type migrateCmd struct {
	common
	store
}

// Run brings the tables up to date.
func (c *migrateCmd) Run(s *session) error {
	c.begin(s)
	if c.Database == "" {
		if err := os.MkdirAll(c.Data, 0o700); err != nil {
			return fmt.Errorf("data folder: %w", err)
		}
	}
	n, err := ledger.Migrate(s.ctx, c.database())
	if err != nil {
		return err
	}
	return s.say(map[string]int{"applied": n}, "%d migrations applied", n)
}
