// Package keyring holds the master keys of an installation and what is derived
// from them. They live outside the data folder's backups; a missing or wrong
// key never leads to a new one, because that would lock the old data away for
// good.
//
// The newest key seals, every key opens. What finds a NIK again, the blind
// index, has a key of its own that stays the same when keys come and go.
package keyring

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Ring is the keys of an installation. It is safe for concurrent use.
type Ring struct {
	newest  *key
	keys    atomic.Pointer[[]*key] // newest first
	index   []byte                 // key of the blind index
	prints  []byte                 // key of fingerprints
	digits  cipher.Block           // hides the last digits of NIKs
	reread  func() ([]*key, error) // of the key file; nil: there is none
	looking sync.Mutex
	looked  time.Time // when the file was last read again
	desks   sync.Pool // of *desk
}

// key is one master key with the keys derived from it for each purpose.
type key struct {
	id     string
	made   string
	tag    []byte
	check  []byte      // nil: retired
	nik    cipher.AEAD // nil: retired
	detail cipher.AEAD // nil: retired
	engine cipher.AEAD
}

const (
	keySize = 32 // bytes: AES-256

	// TagSize is how many bytes name a key inside what [Ring.Seal] makes, after the
	// one byte for the format.
	TagSize = 6
)

// New derives a ring from one 32-byte key.
func New(id string, master []byte) (*Ring, error) {
	return contents{Keys: []entry{{ID: id, Key: master}}}.ring()
}

func newRing(keys []*key, index []byte) *Ring {
	r := &Ring{newest: keys[0], index: index, prints: derive(index, "fingerprint"), digits: digitsCipher(index)}
	r.keys.Store(&keys)
	r.desks.New = r.newDesk
	return r
}

func newKey(id string, master []byte) (*key, error) {
	if id == "" || len(master) != keySize {
		return nil, fmt.Errorf("keyring: a key needs an ID and %d bytes, not %d", keySize, len(master))
	}
	k := &key{id: id, tag: digest(master), check: derive(master, "check")}
	var errs [3]error
	k.nik, errs[0] = aead(derive(master, "nik"))
	k.detail, errs[1] = aead(derive(master, "detail"))
	k.engine, errs[2] = aead(payloadKey(master))
	return k, errors.Join(errs[:]...)
}

// payloadKey opens the engine's histories. It outlives a retired master key,
// which it does not give away.
func payloadKey(master []byte) []byte { return derive(master, "engine") }

func indexKey(master []byte) []byte { return derive(master, "nik index") }

func derive(secret []byte, purpose string) []byte {
	out, err := hkdf.Key(sha256.New, secret, nil, "payung "+purpose, keySize)
	if err != nil {
		panic(err) // only for impossible lengths
	}
	return out
}

func aead(secret []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	return cipher.NewGCM(block)
}

// digest tells master keys apart in what they have sealed.
func digest(master []byte) []byte {
	sum := sha256.Sum256(append([]byte("payung key id "), master...))
	return sum[:TagSize]
}

func idOf(master []byte) string { return base64.RawURLEncoding.EncodeToString(digest(master)) }

// ID names the key that seals; it stands beside what that key has encrypted.
func (r *Ring) ID() string { return r.newest.id }

// Check is a value that proves which key seals without being it.
func (r *Ring) Check() []byte { return r.newest.check }

// CheckOf is the check of any key that opens rows; nil for one the ring does
// not have or that is retired.
func (r *Ring) CheckOf(id string) []byte {
	if k := r.find(func(k *key) bool { return k.id == id }); k != nil {
		return k.check
	}
	return nil
}

// Has reports whether the ring has a key, be it retired.
func (r *Ring) Has(id string) bool {
	return r.find(func(k *key) bool { return k.id == id }) != nil
}

// Key says what a key is without being it.
type Key struct {
	ID      string `json:"id"`
	Made    string `json:"made,omitempty"` // the day it was made; "": nobody wrote it down
	Seals   bool   `json:"seals"`          // what is sealed from now on
	Retired bool   `json:"retired"`        // it opens the engine's payloads and nothing else
	Tag     []byte `json:"-"`              // names it inside what [Ring.Seal] makes; nil: retired
}

// Keys lists the keys, newest first.
func (r *Ring) Keys() []Key {
	keys := *r.keys.Load()
	out := make([]Key, len(keys))
	for i, k := range keys {
		out[i] = Key{ID: k.id, Made: k.made, Seals: k == r.newest, Retired: k.check == nil, Tag: k.tag}
	}
	return out
}

// patience is how long the ring waits before it reads the key file once more.
const patience = time.Second

// find looks for a key, and for one that has come to the key file since: other
// processes may seal with it already.
func (r *Ring) find(is func(*key) bool) *key {
	for {
		keys := *r.keys.Load()
		if i := slices.IndexFunc(keys, is); i >= 0 {
			return keys[i]
		}
		if !r.refresh() {
			return nil
		}
	}
}

// refresh adds keys that are new in the key file. They open; what seals only
// changes when the process starts again. It reports whether there were any.
func (r *Ring) refresh() bool {
	if r.reread == nil {
		return false
	}
	r.looking.Lock()
	defer r.looking.Unlock()
	if time.Since(r.looked) < patience {
		return false
	}
	r.looked = time.Now()
	read, err := r.reread()
	if err != nil {
		return false // what the ring has is still good
	}
	known := *r.keys.Load()
	read = slices.DeleteFunc(read, func(k *key) bool {
		return slices.ContainsFunc(known, func(other *key) bool { return other.id == k.id && bytes.Equal(other.tag, k.tag) })
	})
	if len(read) == 0 {
		return false
	}
	all := slices.Concat(read, known)
	r.keys.Store(&all)
	return true
}
