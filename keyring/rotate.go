package keyring

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// Add puts a new key in front of those in a key file and returns its ID. Who
// starts with the file from then on seals with it.
func Add(path string, at time.Time) (id string, err error) {
	err = replace(path, func(c *contents) error {
		c.Index = c.index()
		c.Keys = slices.Insert(c.Keys, 0, made(at))
		id = c.Keys[0].ID
		return nil
	})
	return id, err
}

// Retire takes a key out of a key file and leaves only what opens the engine's
// payloads. The key moves to a file of its own, whose path is returned: copies
// of the ledger from its time cannot be read without it. It is for the caller to know
// that nothing in the ledger is sealed with the key any more.
func Retire(path, id string) (movedTo string, err error) {
	away := ""
	err = replace(path, func(c *contents) error {
		i := slices.IndexFunc(c.Keys, func(e entry) bool { return e.ID == id })
		switch {
		case i < 0:
			return fmt.Errorf("keyring: there is no key %s in %s", id, path)
		case i == 0:
			return fmt.Errorf("keyring: key %s is the newest; add another first", id)
		case len(c.Keys[i].Key) == 0:
			return fmt.Errorf("keyring: key %s is retired already", id)
		}
		c.Index = c.index()
		old := &c.Keys[i]
		name := path + ".retired-" + id
		if err := (contents{Keys: []entry{*old}, Index: c.Index}).write(name); err != nil {
			return err
		}
		old.Payloads, old.Key, away = payloadKey(old.Key), nil, name
		return nil
	})
	if err != nil && away != "" {
		err = errors.Join(err, os.Remove(away))
	}
	return away, err
}

// replace changes a key file in one step. Whoever reads it meanwhile finds the
// old one or the new one, whole.
func replace(path string, change func(*contents) error) error {
	c, err := read(path)
	if err != nil {
		return err
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return fmt.Errorf("keyring: %w", err)
	}
	if _, err := c.ring(); err != nil {
		return err
	}
	if err := change(&c); err != nil {
		return err
	}
	next := path + ".new"
	if err := c.write(next); err != nil {
		return fmt.Errorf("%w (if no other payung is changing the keys, remove that file)", err)
	}
	if err := errors.Join(keepOwner(path, next), os.Rename(next, path)); err != nil {
		return fmt.Errorf("keyring: %w", errors.Join(err, os.Remove(next)))
	}
	return syncFolder(filepath.Dir(path))
}

// write writes a new file, 0600, and waits until it is on the disk.
func (c contents) write(path string) error {
	raw, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("keyring: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("keyring: %w", err)
	}
	_, err = f.Write(append(raw, '\n'))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("keyring: write %s: %w", path, errors.Join(err, os.Remove(path)))
	}
	return nil
}

func syncFolder(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("keyring: %w", err)
	}
	if err := errors.Join(dir.Sync(), dir.Close()); err != nil {
		return fmt.Errorf("keyring: %w", err)
	}
	return nil
}

// keepOwner gives a new file to the owner of the one it replaces: root may
// change the keys of a service that runs as somebody else.
func keepOwner(path, next string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok || int(owner.Uid) == os.Getuid() {
		return nil
	}
	return os.Chown(next, int(owner.Uid), int(owner.Gid))
}
