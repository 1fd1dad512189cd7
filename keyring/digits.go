package keyring

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
)

// lastDigits is how many digits of a NIK people are shown.
const lastDigits = 4

// HideDigits encrypts the last four digits of a NIK to be shown in lists. Equal
// digits look different each time. The key is that of the index, so that what
// was hidden is read whatever keys come and go.
func (r *Ring) HideDigits(last4 string) string {
	if len(last4) != lastDigits {
		return ""
	}
	var block [aes.BlockSize]byte
	_, _ = rand.Read(block[copy(block[:], last4):]) // never fails
	r.digits.Encrypt(block[:], block[:])
	return base64.RawURLEncoding.EncodeToString(block[:])
}

// ShowDigits is the other way round. Four digits stay as they are: the first
// versions kept them so. What another key has hidden is shown as nothing.
func (r *Ring) ShowDigits(hidden string) string {
	if len(hidden) == lastDigits {
		return hidden
	}
	block, err := base64.RawURLEncoding.DecodeString(hidden)
	if err != nil || len(block) != aes.BlockSize {
		return ""
	}
	r.digits.Decrypt(block, block)
	for _, c := range block[:lastDigits] {
		if c < '0' || '9' < c {
			return ""
		}
	}
	return string(block[:lastDigits])
}

func digitsCipher(index []byte) cipher.Block {
	block, err := aes.NewCipher(derive(index, "last digits"))
	if err != nil {
		panic(err) // only for impossible lengths
	}
	return block
}
