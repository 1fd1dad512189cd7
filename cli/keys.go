package cli

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"payung/keyring"
	"payung/ledger"
)

// keysVariable may hold the keys where there is no file for them. It is no
// flag: everybody on a machine can read the command lines of the others.
const keysVariable = "PAYUNG_KEY"

// takeKeys takes the keys out of the environment, which is handed on to every
// program that is started from here.
func takeKeys() string {
	keys := os.Getenv(keysVariable)
	_ = os.Unsetenv(keysVariable) // fails for impossible names only
	return keys
}

// ring reads the keys.
func (s *session) ring(st store) (*keyring.Ring, error) {
	switch {
	case s.keys == "":
		return keyring.Load(st.keyFile())
	case st.KeyFile != "":
		return nil, errors.New("the keys are in " + keysVariable + " and in --key-file; leave one of them out")
	}
	ring, err := keyring.Parse(s.keys)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", keysVariable, err)
	}
	return ring, nil
}

// keyFileOnly refuses to change keys that are in no file.
func (s *session) keyFileOnly() error {
	if s.keys != "" {
		return errors.New("the keys are in " + keysVariable + ", not in a file: change them where it is set")
	}
	return nil
}

// openSealed opens a ledger that has its keys already: who asks about keys makes
// none.
func openSealed(s *session, st store) (*ledger.Ledger, error) {
	if _, err := s.ring(st); err != nil {
		return nil, err
	}
	return openLedger(s, st)
}

type keysCmd struct {
	List   keysListCmd   `cmd:"" help:"The keys, newest first, and how many rows are sealed under each."`
	Add    keysAddCmd    `cmd:"" help:"Put a new key into the key file. It seals from the next start on, and a running worker then moves all rows to it."`
	Retire keysRetireCmd `cmd:"" help:"Take a key that seals no row any more out of the key file."`
}

type keysListCmd struct {
	common
	store
}

// Run counts the rows under each key.
func (c *keysListCmd) Run(s *session) (err error) {
	c.begin(s)
	l, err := openSealed(s, c.store)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	uses, err := l.KeyUses(s.ctx)
	if err != nil {
		return err
	}
	return s.say(map[string]any{"keys": uses}, "%s", keyTable(uses))
}

func keyTable(uses []ledger.KeyUse) string {
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "KEY\tMADE\tROWS\t") // a builder never fails
	for _, u := range uses {
		state := "opens"
		switch {
		case u.ID == "":
			state = "lost: these rows open with no key that is here"
		case u.Retired:
			state = "retired: opens Temporal's histories only"
		case u.Seals:
			state = "seals"
		}
		_, _ = fmt.Fprintf(w, "%s\t%s\t%d\t%s\n", cmp.Or(u.ID, "?"), cmp.Or(u.Made, "-"), u.Rows, state)
	}
	_ = w.Flush()
	return strings.TrimRight(out.String(), "\n")
}

type keysAddCmd struct {
	common
	store
}

// Run adds a key to the file. Nothing uses it before the next start.
func (c *keysAddCmd) Run(s *session) error {
	c.begin(s)
	if err := s.keyFileOnly(); err != nil {
		return err
	}
	id, err := keyring.Add(c.keyFile(), time.Now())
	if err != nil {
		return err
	}
	return s.say(map[string]string{"added": id, "file": c.keyFile()},
		"added key %s to %s\nKeep a copy of the file somewhere else. Put it on every machine, then start payung there again, one machine after the other.", id, c.keyFile())
}

type keysRetireCmd struct {
	common
	store
	ID string `arg:"" help:"The key, as payung keys list shows it."`
}

// Run retires a key that no row needs.
func (c *keysRetireCmd) Run(s *session) error {
	c.begin(s)
	if err := errors.Join(s.keyFileOnly(), c.unused(s)); err != nil {
		return err
	}
	moved, err := keyring.Retire(c.keyFile(), c.ID)
	if err != nil {
		return err
	}
	return s.say(map[string]string{"retired": c.ID, "moved_to": moved},
		"retired key %s and moved it to %s\nKeep that file with the copies of the ledger made until now: they cannot be read without it. Destroy it with the last of them.", c.ID, moved)
}

// unused refuses while rows are sealed under the key.
func (c *keysRetireCmd) unused(s *session) (err error) {
	l, err := openSealed(s, c.store)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	uses, err := l.KeyUses(s.ctx)
	if err != nil {
		return err
	}
	for _, u := range uses {
		if u.ID == c.ID && u.Rows > 0 {
			return fmt.Errorf("%d rows are still sealed under key %s; a running worker moves them to the newest one, so try again later", u.Rows, c.ID)
		}
	}
	return nil
}
