package keyring

import (
	"bytes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"hash"
)

// What [Ring.Seal] makes begins with a byte for its format and the tag of the
// key; nonce, ciphertext and authentication tag follow.
const (
	format    = 1
	nonceSize = 12 // bytes, random
	sealTag   = 16 // bytes of authentication
)

// Overhead is how many bytes [Ring.Seal] adds.
const Overhead = 1 + TagSize + nonceSize + sealTag

// errUnopened says no more than that: the reason would help only who tampers.
var errUnopened = errors.New("keyring: wrong key or damaged value")

// desk is what sealing and indexing need each time, kept between times.
type desk struct {
	mac    hash.Hash
	sum    []byte
	plain  []byte
	about  []byte
	random [64 * nonceSize]byte
	used   int // of random
}

func (r *Ring) newDesk() any {
	d := &desk{mac: r.newMAC(), sum: make([]byte, 0, macSize)}
	d.used = len(d.random)
	return d
}

func (r *Ring) sit() *desk { return r.desks.Get().(*desk) }

// leave puts a desk back with nothing on it.
func (r *Ring) leave(d *desk) {
	clear(d.plain[:cap(d.plain)])
	r.desks.Put(d)
}

// nonce is random and never the same: the system is asked for many at a time.
func (d *desk) nonce() []byte {
	if d.used == len(d.random) {
		_, _ = rand.Read(d.random[:]) // never fails since Go 1.24
		d.used = 0
	}
	n := d.random[d.used : d.used+nonceSize]
	d.used += nonceSize
	return n
}

func (d *desk) seal(dst []byte, a cipher.AEAD, plain []byte, about string) []byte {
	n := d.nonce()
	d.about = append(d.about[:0], about...)
	return a.Seal(append(dst, n...), n, plain, d.about)
}

func open(a cipher.AEAD, sealed []byte, about string) ([]byte, error) {
	if len(sealed) < nonceSize {
		return nil, errUnopened
	}
	return a.Open(nil, sealed[:nonceSize], sealed[nonceSize:], []byte(about))
}

// SealNIK encrypts a NIK for one row: about binds it there, so that values
// cannot be swapped between rows.
func (r *Ring) SealNIK(nik, about string) []byte {
	return r.AppendNIK(make([]byte, 0, nonceSize+len(nik)+sealTag), nik, about)
}

// AppendNIK is [Ring.SealNIK] into room that is there already.
func (r *Ring) AppendNIK(dst []byte, nik, about string) []byte {
	d := r.sit()
	defer r.leave(d)
	d.plain = append(d.plain[:0], nik...)
	return d.seal(dst, r.newest.nik, d.plain, about)
}

// OpenNIK is the inverse of SealNIK, by whichever key sealed it.
func (r *Ring) OpenNIK(sealed []byte, about string) (string, error) {
	plain, err := r.try(func(k *key) cipher.AEAD { return k.nik }, sealed, about)
	return string(plain), err
}

// Seal encrypts a detail about a person, or a piece of a file, for one place:
// about names table, column and row. The value names its key.
func (r *Ring) Seal(plain []byte, about string) []byte {
	return r.AppendSealed(make([]byte, 0, len(plain)+Overhead), plain, about)
}

// AppendSealed is [Ring.Seal] into room that is there already.
func (r *Ring) AppendSealed(dst, plain []byte, about string) []byte {
	d := r.sit()
	defer r.leave(d)
	return d.seal(append(append(dst, format), r.newest.tag...), r.newest.detail, plain, about)
}

// Open is the inverse of Seal.
func (r *Ring) Open(sealed []byte, about string) ([]byte, error) {
	if len(sealed) < Overhead || sealed[0] != format {
		return nil, errUnopened
	}
	tag, rest := sealed[1:1+TagSize], sealed[1+TagSize:]
	k := r.find(func(k *key) bool { return bytes.Equal(k.tag, tag) })
	if k == nil {
		return nil, errUnopened
	}
	plain, err := open(k.detail, rest, about)
	if err != nil {
		return nil, errUnopened
	}
	return plain, nil
}

// SealPayload encrypts what goes to the engine's history.
func (r *Ring) SealPayload(plain []byte) []byte {
	d := r.sit()
	defer r.leave(d)
	return d.seal(make([]byte, 0, nonceSize+len(plain)+sealTag), r.newest.engine, plain, "payload")
}

// OpenPayload is the inverse of SealPayload, by whichever key sealed it, be it
// retired.
func (r *Ring) OpenPayload(sealed []byte) ([]byte, error) {
	return r.try(func(k *key) cipher.AEAD { return k.engine }, sealed, "payload")
}

// try opens a value that does not name its key.
func (r *Ring) try(with func(*key) cipher.AEAD, sealed []byte, about string) ([]byte, error) {
	var plain []byte
	k := r.find(func(k *key) bool {
		a := with(k)
		if a == nil {
			return false
		}
		var err error
		plain, err = open(a, sealed, about)
		return err == nil
	})
	if k == nil {
		return nil, errUnopened
	}
	return plain, nil
}
