package keyring

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// ErrMissing reports that there is no key file.
var ErrMissing = errors.New("keyring: no key file")

// contents is what a key file says, in JSON.
type contents struct {
	Keys  []entry `json:"keys"`            // newest first
	Index []byte  `json:"index,omitempty"` // key of the blind index; none: derived from the oldest key
}

// entry is one key. A retired one keeps only what opens the engine's payloads.
type entry struct {
	ID       string `json:"id"`
	Made     string `json:"made,omitempty"`
	Key      []byte `json:"key,omitempty"`
	Payloads []byte `json:"payloads,omitempty"`
}

// Load reads the key file. It refuses a file that others can read.
func Load(path string) (*Ring, error) {
	c, err := read(path)
	if err != nil {
		return nil, err
	}
	r, err := c.ring()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	r.reread = func() ([]*key, error) {
		c, err := read(path)
		if err != nil {
			return nil, err
		}
		return c.derived()
	}
	return r, nil
}

// Parse reads keys from a text, such as a variable of the environment: what a
// key file holds, or 32 bytes in base64 or hex, or several of them, newest
// first, with commas between. No error repeats any of it.
func Parse(text string) (*Ring, error) {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "{") {
		c, err := decode([]byte(text))
		if err != nil {
			return nil, err
		}
		return c.ring()
	}
	var c contents
	for word := range strings.SplitSeq(text, ",") {
		master, ok := plain(strings.TrimSpace(word))
		if !ok {
			return nil, fmt.Errorf("keyring: a key is %d bytes in base64 or hex", keySize)
		}
		c.Keys = append(c.Keys, entry{ID: idOf(master), Key: master})
	}
	return c.ring()
}

func plain(word string) ([]byte, bool) {
	for _, read := range []func(string) ([]byte, error){
		hex.DecodeString, base64.StdEncoding.DecodeString, base64.RawStdEncoding.DecodeString,
		base64.URLEncoding.DecodeString, base64.RawURLEncoding.DecodeString,
	} {
		if master, err := read(word); err == nil && len(master) == keySize {
			return master, true
		}
	}
	return nil, false
}

// Create makes a new key and writes it, 0600, never over an existing file.
func Create(path string) (*Ring, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	c := contents{Keys: []entry{made(time.Now())}}
	if err := c.write(path); err != nil {
		return nil, err
	}
	return Load(path)
}

// made is a new key.
func made(at time.Time) entry {
	master := make([]byte, keySize)
	_, _ = rand.Read(master) // never fails since Go 1.24
	return entry{ID: idOf(master), Made: at.UTC().Format(time.DateOnly), Key: master}
}

func read(path string) (contents, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return contents{}, fmt.Errorf("%w at %s", ErrMissing, path)
	}
	if err != nil {
		return contents{}, fmt.Errorf("keyring: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return contents{}, fmt.Errorf("keyring: %s is readable by others; run: chmod 600 %s", path, path)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return contents{}, fmt.Errorf("keyring: %w", err)
	}
	c, err := decode(raw)
	if err != nil {
		return contents{}, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

// decode reads a key file, also one of the form that held one key only.
func decode(raw []byte) (contents, error) {
	var c struct {
		contents
		entry
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		return contents{}, errors.New("keyring: this is not a key file") // the cause may quote it
	}
	if len(c.Keys) == 0 {
		c.Keys = []entry{c.entry}
	}
	return c.contents, nil
}

// ring derives a ring.
func (c contents) ring() (*Ring, error) {
	keys, err := c.derived()
	if err != nil {
		return nil, err
	}
	if keys[0].check == nil {
		return nil, errors.New("keyring: the newest key is retired")
	}
	index := c.index()
	if len(index) != keySize {
		return nil, errors.New("keyring: the key of the blind index is missing")
	}
	return newRing(keys, index), nil
}

func (c contents) derived() ([]*key, error) {
	keys := make([]*key, len(c.Keys))
	known := map[string]bool{}
	for i, e := range c.Keys {
		var err error
		if keys[i], err = e.derived(); err != nil {
			return nil, err
		}
		if known[e.ID] {
			return nil, fmt.Errorf("keyring: key %s is there twice", e.ID)
		}
		known[e.ID], keys[i].made = true, e.Made
	}
	return keys, nil
}

func (e entry) derived() (*key, error) {
	if len(e.Key) > 0 || len(e.Payloads) == 0 {
		return newKey(e.ID, e.Key)
	}
	engine, err := aead(e.Payloads)
	return &key{id: e.ID, engine: engine}, err
}

// index is the key of the blind index: as it is written, or derived from the
// oldest key.
func (c contents) index() []byte {
	if len(c.Index) > 0 {
		return c.Index
	}
	if oldest := c.Keys[len(c.Keys)-1]; len(oldest.Key) > 0 {
		return indexKey(oldest.Key)
	}
	return nil
}
