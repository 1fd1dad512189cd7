package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"text/tabwriter"

	"payung/sheet"
)

// filesIn lists the files that are named and those in folders that are named,
// in order, without what programs hide there.
func filesIn(paths []string) ([]string, error) {
	var files []string
	for _, path := range paths {
		err := filepath.WalkDir(path, func(at string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case at != path && (strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "~$")):
				if e.IsDir() {
					return fs.SkipDir
				}
			case e.Type().IsRegular(), at == path && !e.IsDir(): // a link is followed only where somebody named it
				files = append(files, at)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if len(files) == 0 {
		return nil, errors.New("there are no files there")
	}
	return files, nil
}

// longNumbers are what could be a NIK in the name of a file.
var longNumbers = regexp.MustCompile(`\d{5,}(\d{4})`)

// shownName is a file's name as it may be printed.
func shownName(path string) string {
	return longNumbers.ReplaceAllString(filepath.Base(path), "…$1")
}

// lookAt says of a file what it is, here.
func lookAt(ctx context.Context, path string) sentFile {
	out := sentFile{File: shownName(path)}
	f, err := os.Open(path)
	if err != nil {
		return out.failed(err)
	}
	defer func() { _ = f.Close() }() // only read
	info, err := f.Stat()
	if err != nil {
		return out.failed(err)
	}
	head := make([]byte, min(info.Size(), 64<<10))
	n, _ := f.ReadAt(head, 0)                      // what is missing shows at once
	kind := sheet.Detect(head[:n], f, info.Size()) //nolint:contextcheck // it looks at a few names, nothing to give up
	out.Kind, out.Next = string(kind), "would be read"
	book, err := sheet.Open(ctx, f, info.Size(), out.File, sheet.DefaultLimits())
	if err != nil {
		out.Next = "would be kept, not read: " + err.Error()
		return out
	}
	return out.closed(book)
}

func (f sentFile) closed(book sheet.Book) sentFile {
	if err := book.Close(); err != nil {
		return f.failed(err)
	}
	return f
}

// sentFiles is what became of all of them.
type sentFiles struct {
	Files    []sentFile `json:"files"`
	Received int        `json:"received"`
	Known    int        `json:"known"` // of those received, before
	Accepted int        `json:"accepted"`
	Failed   int        `json:"failed"`
}

func (all *sentFiles) add(f sentFile) {
	all.Files = append(all.Files, f)
	if f.Failed {
		all.Failed++
	}
	if f.UploadID != "" {
		all.Received++
	}
	if f.Known {
		all.Known++
	}
	if f.State == "accepted" {
		all.Accepted++
	}
}

// print prints a table, or JSON.
func (all *sentFiles) print(s *session) error {
	if s.json {
		return json.NewEncoder(s.out).Encode(all)
	}
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "FILE\tUNIT\tPEOPLE\tBAD\tNEXT") // Flush says if it cannot be written
	for _, f := range all.Files {
		_, _ = fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%s\n", f.File, f.Unit, f.People, f.Bad, f.Next)
	}
	if all.Received+all.Failed == 0 {
		_, _ = fmt.Fprintf(w, "\n%d looked at, nothing was sent\n", len(all.Files))
		return w.Flush()
	}
	_, _ = fmt.Fprintf(w, "\n%d received (%d of them before), %d accepted, %d failed\n", all.Received, all.Known, all.Accepted, all.Failed)
	return w.Flush()
}
