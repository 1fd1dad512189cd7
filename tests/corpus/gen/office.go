package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// desk is where LibreOffice opens files and saves them as something else.
type desk struct{ dir string }

func newOffice() desk {
	dir, err := os.MkdirTemp("", "corpus-")
	must(err)
	return desk{dir}
}

func (d desk) close() { must(os.RemoveAll(d.dir)) }

// How LibreOffice is told about formats.
const (
	asXLSX = "xlsx:Calc MS Excel 2007 XML"
	asODS  = "ods:calc8"
	asXLS  = "xls:MS Excel 97"
	asHTML = "html:HTML (StarCalc)"
	// Separator, quote, encoding (76 is UTF-8), first line; as shown.
	asSemicolons = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false"
	asCommas     = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
	asTabs1252   = "csv:Text - txt - csv (StarCalc):9,34,1,1,,0,false,true,false"
	// Opened as a double click does it, in Indonesian (1057): what looks like a
	// number becomes one.
	fromSemicolons = "Text - txt - csv (StarCalc):59,34,76,1,,1057,false,true"
)

// saved is a file, opened and saved as something else.
func (d desk) saved(content []byte, extension, from, as string) []byte {
	in, out := filepath.Join(d.dir, "in"+extension), filepath.Join(d.dir, "out")
	must(os.WriteFile(in, content, 0o600))
	args := []string{"-env:UserInstallation=file://" + d.dir + "/profile", "--headless", "--convert-to", as, "--outdir", out, in}
	if from != "" {
		args = append([]string{"--infilter=" + from}, args...)
	}
	if said, err := exec.Command("soffice", args...).CombinedOutput(); err != nil { //nolint:gosec // run by hand, with our own arguments
		must(fmt.Errorf("%w: %s", err, said))
	}
	found, err := filepath.Glob(filepath.Join(out, "in.*"))
	must(err)
	if len(found) != 1 {
		must(fmt.Errorf("LibreOffice made %d files as %s", len(found), as))
	}
	result, err := os.ReadFile(found[0])
	must(err)
	must(os.Remove(found[0]))
	if as == asODS {
		return withoutPicture(result)
	}
	return result
}

// withoutPicture is a file of LibreOffice without the small picture of its first
// page, which is half of it.
func withoutPicture(file []byte) []byte {
	in, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	must(err)
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		if !strings.HasPrefix(f.Name, "Thumbnails/") {
			must(out.Copy(f))
		}
	}
	must(out.Close())
	return b.Bytes()
}
