// Package upload takes files out of an HTTP request: a body that is the file, or
// a form with one file or several and some short fields. It holds a file in
// memory, never on disk, because lists of people come this way.
package upload

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"time"
	"unicode/utf8"

	"payung/domain/fault"
	"payung/domain/filename"
)

// Limit is how many bytes a file may have: 100,000 names fit.
const Limit int64 = 20 << 20

// Patience is how long a file may take to arrive; [Limit] needs 84 seconds at
// 2 Mbit/s, which a village can have.
const Patience = 2 * time.Minute

// fieldLimit bounds the fields of a form together.
const fieldLimit = 64 << 10

// File is a file somebody sent.
type File struct {
	Name   string // as the sender calls it, without folders; "" if nobody said
	Size   int64
	Digest []byte // SHA-256 of the content
	io.ReaderAt
}

// Read reads the file of a request and the other fields of its form. A body
// that is no form is the file itself, and its name is what the caller says.
// A file over limit, none and more than one are refused with a fault, and with
// the fields that had come by then.
func Read(w http.ResponseWriter, r *http.Request, name string, limit int64) (*File, url.Values, error) {
	wait(w, Patience)
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && kind == "multipart/form-data" {
		return form(w, r, limit)
	}
	body, err := whole(http.MaxBytesReader(w, r.Body, limit+1), limit)
	if err != nil {
		return nil, nil, err
	}
	f, err := file(name, body)
	return f, nil, err
}

// wait gives a slow line more time than other requests get. Where the server
// cannot, its own limits stand.
func wait(w http.ResponseWriter, patience time.Duration) {
	c, until := http.NewResponseController(w), time.Now().Add(patience)
	_ = c.SetReadDeadline(until)
	_ = c.SetWriteDeadline(until.Add(Patience))
}

func form(w http.ResponseWriter, r *http.Request, limit int64) (*File, url.Values, error) {
	r.Body = http.MaxBytesReader(w, r.Body, limit+2*fieldLimit)
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, nil, broken()
	}
	var f *File
	fields, room := url.Values{}, int64(fieldLimit)
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fields, explain(err, limit)
		}
		if !isFile(part) {
			value, err := field(part, room)
			if err != nil {
				return nil, fields, err
			}
			room -= int64(len(value))
			fields.Add(part.FormName(), value)
			continue
		}
		if f != nil {
			return nil, fields, fault.New(fault.Invalid, "one_file_only", "send one file at a time").On("file")
		}
		body, err := whole(part, limit)
		if err != nil {
			return nil, fields, err
		}
		if f, err = file(part.FileName(), body); err != nil {
			return nil, fields, err
		}
	}
	if f == nil {
		return nil, fields, missing()
	}
	return f, fields, nil
}

// field reads a short field of a form.
func field(part *multipart.Part, room int64) (string, error) {
	value, err := whole(part, room)
	if err != nil {
		return "", err
	}
	if !utf8.Valid(value) || bytes.IndexByte(value, 0) >= 0 {
		return "", broken()
	}
	return string(value), nil
}

// isFile tells a file from a field. A browser sends an empty file without a
// name where none was chosen.
func isFile(p *multipart.Part) bool {
	_, params, err := mime.ParseMediaType(p.Header.Get("Content-Disposition"))
	_, named := params["filename"]
	return err == nil && named
}

func file(name string, body []byte) (*File, error) {
	if len(body) == 0 {
		return nil, missing()
	}
	sum := sha256.Sum256(body)
	return &File{Name: filename.Plain(name), Size: int64(len(body)), Digest: sum[:], ReaderAt: bytes.NewReader(body)}, nil
}

// whole reads up to a limit and refuses what goes on.
func whole(r io.Reader, limit int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, explain(err, limit)
	}
	if int64(len(body)) > limit {
		return nil, tooLarge(limit)
	}
	return body, nil
}

func explain(err error, limit int64) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return tooLarge(limit)
	}
	return broken()
}

func tooLarge(limit int64) *fault.Fault {
	mib := max(1, limit>>20)
	return fault.New(fault.TooLarge, "file_too_large", "the file may be %d MiB at most", mib).With("max_mib", strconv.FormatInt(mib, 10)).On("file")
}

func missing() error {
	return fault.New(fault.Invalid, "file_missing", "no file came, or an empty one").On("file")
}

func broken() error {
	return fault.New(fault.Invalid, "file_cut_short", "the file did not arrive whole; send it again").On("file")
}
