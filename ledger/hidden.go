package ledger

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"gorm.io/gorm/schema"

	"payung/keyring"
	"payung/models"
)

// Columns that are hidden and shown by themselves have a tag for it: the last
// digits of a NIK "serializer:digits", what is sealed as a whole
// "serializer:sealed". The ring comes with the transaction.

type ringKey struct{}

func withRing(ctx context.Context, r *keyring.Ring) context.Context {
	return context.WithValue(ctx, ringKey{}, r)
}

var errNoRing = errors.New("ledger: a hidden column outside a transaction")

func ringOf(ctx context.Context) (*keyring.Ring, error) {
	r, _ := ctx.Value(ringKey{}).(*keyring.Ring)
	if r == nil {
		return nil, errNoRing
	}
	return r, nil
}

// teachColumns tells the mapper of the tags.
func teachColumns() {
	schema.RegisterSerializer("digits", digitsColumn{})
	schema.RegisterSerializer("sealed", sealedValue{})
}

// digitsColumn holds the last digits of a NIK.
type digitsColumn struct{}

// Scan shows them.
func (digitsColumn) Scan(ctx context.Context, field *schema.Field, dst reflect.Value, stored any) error {
	hidden := ""
	switch v := stored.(type) {
	case nil:
	case string:
		hidden = v
	case []byte:
		hidden = string(v)
	default:
		return fmt.Errorf("ledger: last digits of a NIK as %T", v)
	}
	if hidden == "" {
		field.ReflectValueOf(ctx, dst).SetString("")
		return nil
	}
	r, err := ringOf(ctx)
	if err != nil {
		return err
	}
	field.ReflectValueOf(ctx, dst).SetString(r.ShowDigits(hidden))
	return nil
}

// Value hides them.
func (digitsColumn) Value(ctx context.Context, _ *schema.Field, _ reflect.Value, value any) (any, error) {
	r, err := ringOf(ctx)
	if err != nil {
		return nil, err
	}
	last4, _ := value.(string)
	return r.HideDigits(last4), nil
}

// sealedValue holds bytes that need no place to be bound to: swapped between two
// rows they would say nothing new.
type sealedValue struct{}

// looseOf binds to no place.
func looseOf() string { return "loose" }

// Scan opens them.
func (sealedValue) Scan(ctx context.Context, field *schema.Field, dst reflect.Value, stored any) error {
	sealed, _ := stored.([]byte)
	if len(sealed) == 0 {
		field.ReflectValueOf(ctx, dst).SetBytes([]byte{})
		return nil
	}
	r, err := ringOf(ctx)
	if err != nil {
		return err
	}
	plain, err := r.Open(sealed, looseOf())
	if err != nil {
		return wrap(field.DBName, err)
	}
	field.ReflectValueOf(ctx, dst).SetBytes(plain)
	return nil
}

// Value seals them.
func (sealedValue) Value(ctx context.Context, _ *schema.Field, _ reflect.Value, value any) (any, error) {
	r, err := ringOf(ctx)
	if err != nil {
		return nil, err
	}
	plain, _ := value.([]byte)
	return r.Seal(plain, looseOf()), nil
}

// hideAtOnce is how many rows one turn of [Ledger.Hide] looks after.
const hideAtOnce = 2000

// Hide hides what the first versions kept as it was: last digits of NIKs, and
// hashes of files. One turn does some of it and reports whether there is more.
func (l *Ledger) Hide(ctx context.Context) (more bool, err error) {
	const bare, plain = "length(nik_last4) = 4", "length(digest) = 0"
	var people []models.Person
	var files []models.Upload
	err = l.Read(ctx, System("sweep"), func(tx *Tx) error {
		if err := tx.db.Select("id", "nik_last4").Where(bare).Limit(hideAtOnce).Find(&people).Error; err != nil {
			return err
		}
		return tx.db.Select("id", "hash").Where(plain).Limit(hideAtOnce).Find(&files).Error
	})
	if err != nil || len(people)+len(files) == 0 {
		return false, err
	}
	err = l.Write(ctx, System("sweep"), func(tx *Tx) error {
		for _, p := range people {
			if err := tx.db.Exec("UPDATE persons SET nik_last4 = ? WHERE id = ?", l.keys.HideDigits(p.NIKLast4), p.ID).Error; err != nil {
				return err
			}
		}
		for _, f := range files {
			err := tx.db.Exec("UPDATE uploads SET digest = ?, hash = ? WHERE id = ? AND length(digest) = 0", l.keys.Seal(f.Mark, looseOf()), tx.markOfFile(f.Mark), f.ID).Error
			if err != nil {
				return err
			}
		}
		return nil
	})
	return len(people) == hideAtOnce || len(files) == hideAtOnce, err
}
