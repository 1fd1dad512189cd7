// Package intake takes in the lists people send. It receives a file whatever it
// is and keeps it, reads it as the list of names of one unit, and says what is
// wrong with which row and what the list would change. Nothing it does counts
// until somebody accepts it.
//
// A reading leaves nothing behind it needs: the file, the mapping and the rules
// say all, so a reading that was cut off begins again and comes to the same end.
package intake

import (
	"context"
	"errors"
	"io"
	"time"

	"payung/domain/fault"
	"payung/domain/match"
	"payung/ledger"
	"payung/models"
	"payung/sheet"
)

// small is the size in bytes up to which a file is read while its sender waits:
// a village's list is a tenth of it.
const small = 512 << 10

// Intake reads files into a ledger. It is safe for concurrent use.
type Intake struct {
	Ledger *ledger.Ledger
	Limits sheet.Limits
	// Start has a large file read in the background. A reading nobody has
	// started, because the engine was away, is found and started later.
	Start func(ctx context.Context, importID string) error
}

// New is an intake with the limits of rosters.
func New(l *ledger.Ledger, start func(ctx context.Context, importID string) error) *Intake {
	limits := sheet.DefaultLimits()
	limits.Office = time.Minute // old files go through LibreOffice, where there is one
	return &Intake{Ledger: l, Limits: limits, Start: start}
}

// File is a file on its way in.
type File struct {
	PemdaPartyID string
	Batch        string // files that were dropped together
	Name         string
	Size         int64
	Hash         []byte // SHA-256 of the content
	Content      io.ReaderAt
	Sender       string // a name or a phone number
	OnBehalf     string // of whom the actor acts
	ReceivedOn   string
}

// Receive stores a file and says what it is and whose it may be. A file that
// was received before is found again. One of a single part, as most are, is
// stored in one transaction; a larger one part by part.
func (in *Intake) Receive(ctx context.Context, actor ledger.Actor, f File) (u models.Upload, known bool, err error) {
	single := f.Size <= ledger.PartSize
	var kind sheet.Kind
	var problem string
	var seen clues
	var content []byte
	if single {
		kind, problem, seen = in.look(ctx, f)
		content = make([]byte, f.Size)
		if _, err := f.Content.ReadAt(content, 0); err != nil && !errors.Is(err, io.EOF) {
			return u, false, err
		}
	}
	err = in.Ledger.Write(ctx, actor, func(tx *ledger.Tx) error {
		u, known, err = tx.BeginUpload(ledger.UploadInput{
			PemdaPartyID: f.PemdaPartyID, Batch: f.Batch, Name: f.Name, Sender: f.Sender, OnBehalf: f.OnBehalf, ReceivedOn: f.ReceivedOn,
			Size: f.Size, Hash: f.Hash,
		})
		if err != nil || known || !single {
			return err
		}
		if err := tx.AddPart(u.ID, 0, content); err != nil {
			return err
		}
		u, known, err = finish(tx, u, f, kind, problem, seen)
		return err
	})
	if err != nil || known || single {
		return u, known, err
	}
	if err := in.store(ctx, actor, u, f); err != nil {
		return u, false, err
	}
	kind, problem, seen = in.look(ctx, f)
	begun := u
	err = in.Ledger.Write(ctx, actor, func(tx *ledger.Tx) error {
		u, known, err = finish(tx, begun, f, kind, problem, seen)
		return err
	})
	return u, known, err
}

// finish records what a complete file turned out to be. It may have come twice
// at the same moment: then the other one is found.
func finish(tx *ledger.Tx, begun models.Upload, f File, kind sheet.Kind, problem string, seen clues) (u models.Upload, known bool, err error) {
	proposals, err := propose(tx, begun, f, seen)
	if err != nil {
		return u, false, err
	}
	u, err = tx.FinishUpload(begun.ID, string(kind), problem, proposals)
	return u, u.ID != begun.ID, err
}

// store keeps the content in parts, each in a short transaction.
func (in *Intake) store(ctx context.Context, actor ledger.Actor, u models.Upload, f File) error {
	buf := make([]byte, ledger.PartSize)
	for seq, at := 0, int64(0); at < f.Size; seq, at = seq+1, at+int64(len(buf)) {
		n, err := f.Content.ReadAt(buf[:min(int64(len(buf)), f.Size-at)], at)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		err = in.Ledger.Write(ctx, actor, func(tx *ledger.Tx) error { return tx.AddPart(u.ID, seq, buf[:n]) })
		if err != nil {
			return err
		}
	}
	return nil
}

// look tells what a file is, why it cannot be read if it cannot, and what in it
// says whose it is.
func (in *Intake) look(ctx context.Context, f File) (sheet.Kind, string, clues) {
	seen := clues{Evidence: match.Evidence{FileName: f.Name}}
	head := make([]byte, min(f.Size, 64<<10))
	n, _ := f.Content.ReadAt(head, 0)                 // what is missing shows at once
	kind := sheet.Detect(head[:n], f.Content, f.Size) //nolint:contextcheck // it reads no more than the beginning
	book, err := sheet.Open(ctx, f.Content, f.Size, f.Name, in.Limits)
	if err != nil {
		return kind, problemOf(err), seen
	}
	defer func() { _ = book.Close() }() // it has been read, or not
	if err := gather(ctx, book, &seen); err != nil {
		return kind, problemOf(err), seen
	}
	return kind, "", seen
}

// problemOf is the code of what keeps a file from being read.
func problemOf(err error) string {
	if f, ok := fault.Of(err); ok {
		return f.Code
	}
	return "unknown_file"
}

// Begin has a file read as the list of a duty: at once if it is small, in the
// background if not. Asked again it goes on with the reading that was begun, or
// returns it.
func (in *Intake) Begin(ctx context.Context, actor ledger.Actor, uploadID string, i ledger.ImportInput) (models.Import, error) {
	var out models.Import
	var size int64
	err := in.Ledger.Write(ctx, actor, func(tx *ledger.Tx) error {
		u, err := tx.Upload(uploadID)
		if err != nil {
			return err
		}
		size = u.Size
		same, known, err := tx.SameImport(u.ID, i)
		if out = same; err != nil || known {
			return err
		}
		out, err = tx.OpenImport(u.ID, i)
		return err
	})
	if err != nil || out.State != ledger.ImportReading {
		return out, err
	}
	if size > small {
		// Without the engine the reading waits: it is found by its state.
		if err := in.Start(ctx, out.ID); err != nil && !fault.Is(err, "engine_unavailable") {
			return out, err
		}
		return out, nil
	}
	id := out.ID
	out, cut := in.Read(ctx, id, nil)
	if cut == nil {
		return out, nil
	}
	err = in.Ledger.Read(ctx, actor, func(tx *ledger.Tx) (err error) {
		out, err = tx.Import(id)
		return err
	})
	if err == nil && out.State == ledger.ImportReading {
		err = cut // unless somebody else has read it to its end meanwhile
	}
	return out, err
}
