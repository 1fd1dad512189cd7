package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"payung/ledger"
	"payung/models"
)

const excelFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// templateFile is the sheet that a unit fills, with the people of its list.
func (s *site) templateFile(v *visit) error {
	var out bytes.Buffer
	name, err := s.intake.Template(v.r.Context(), v.actor, v.r.PathValue("id"), v.words.lang, &out)
	if err != nil {
		return err
	}
	v.attach(name)
	return v.send(http.StatusOK, excelFile, out.Bytes())
}

// errorsFile is the list as it came with what is to be mended.
func (s *site) errorsFile(v *visit) error {
	leave, err := v.room()
	if err != nil {
		return err
	}
	defer leave()
	var out bytes.Buffer
	name, err := s.intake.Errors(v.r.Context(), v.actor, v.r.PathValue("id"), v.words.lang, &out)
	if err != nil {
		return err
	}
	v.attach(name)
	return v.send(http.StatusOK, excelFile, out.Bytes())
}

// originalFile gives a file back as it came, and notes that it was opened: it
// may hold whole NIKs.
func (s *site) originalFile(v *visit) error {
	var u models.Upload
	err := v.write(func(tx *ledger.Tx) (err error) {
		u, err = tx.OpenUpload(v.r.PathValue("id"), "file")
		return err
	})
	if err != nil {
		return err
	}
	leave, err := v.room()
	if err != nil {
		return err
	}
	defer leave()
	var content []byte
	err = v.read(func(tx *ledger.Tx) (err error) {
		_, content, err = tx.UploadContent(u.ID)
		return err
	})
	if err != nil {
		return err
	}
	v.attach(u.Name)
	return v.send(http.StatusOK, "application/octet-stream", content)
}

// attach names the answer as a file to keep.
func (v *visit) attach(name string) {
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\%;`, r) {
			return '_'
		}
		return r
	}, name)
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+ascii+`"; filename*=UTF-8''`+url.PathEscape(name))
}
