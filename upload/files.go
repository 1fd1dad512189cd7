package upload

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"

	"payung/domain/fault"
	"payung/domain/filename"
)

// Bounds limit what one form may bring.
type Bounds struct {
	Files int   // how many
	Each  int64 // bytes of one
	All   int64 // bytes of all of them
}

// Left is a file of a form that was not taken, and why.
type Left struct {
	Name string
	Why  *fault.Fault
}

// Files hands every file of a form to take as it arrives, one in memory at a
// time, together with the fields that stand before it in the form. A file that
// is empty, too large, one too many, or that take refuses with a fault is left,
// and the next one is read: one bad file loses no other. The fault returned is
// about the form as a whole, and files that were taken before it stay taken.
func Files(w http.ResponseWriter, r *http.Request, b Bounds, take func(*File, url.Values) error) (url.Values, []Left, error) {
	wait(w, 2*Patience)
	r.Body = http.MaxBytesReader(w, r.Body, b.All+2*fieldLimit)
	fields, left := url.Values{}, []Left{}
	parts, err := r.MultipartReader()
	if err != nil {
		return fields, nil, broken()
	}
	room, came := int64(fieldLimit), 0
	for {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF) && came == 0:
			return fields, left, missing()
		case errors.Is(err, io.EOF):
			return fields, left, nil
		case err != nil:
			return fields, left, together(err, b)
		case !isFile(part):
			value, err := field(part, room)
			if err != nil {
				return fields, left, err
			}
			room -= int64(len(value))
			fields.Add(part.FormName(), value)
			continue
		case part.FileName() == "":
			continue // no file was chosen
		}
		came++
		why, err := one(part, b, came, fields, take)
		if err != nil {
			return fields, left, err
		}
		if why != nil {
			left = append(left, Left{filename.Plain(part.FileName()), why})
		}
	}
}

// one reads one file of a form. What is too much of it is passed over.
func one(part *multipart.Part, b Bounds, number int, fields url.Values, take func(*File, url.Values) error) (*fault.Fault, error) {
	var body []byte
	var why *fault.Fault
	var err error
	if number > b.Files {
		why = tooMany(b.Files)
	} else if body, err = io.ReadAll(io.LimitReader(part, b.Each+1)); int64(len(body)) > b.Each {
		why = tooLarge(b.Each)
	}
	if why != nil {
		_, err = io.Copy(io.Discard, part)
	}
	if err != nil {
		return nil, together(err, b)
	}
	if why != nil {
		return why, nil
	}
	if len(body) == 0 {
		return fault.New(fault.Invalid, "empty_file", "the file is empty: choose the file again and send it once more").On("file"), nil
	}
	f, err := file(part.FileName(), body)
	if err == nil {
		err = take(f, fields)
	}
	if why, ok := fault.Of(err); ok && why.Kind != fault.Unavailable && why.Kind != fault.Forbidden {
		return why, nil
	}
	return nil, err
}

// together says why no more of a form could be read.
func together(err error, b Bounds) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); !ok {
		return broken()
	}
	mib := b.All >> 20
	return fault.New(fault.TooLarge, "files_too_large", "all files of one form may be %d MiB at most", mib).With("max_mib", strconv.FormatInt(mib, 10)).On("file")
}

func tooMany(most int) *fault.Fault {
	return fault.New(fault.Invalid, "too_many_files", "send %d files at a time at most", most).With("max", strconv.Itoa(most)).On("file")
}
