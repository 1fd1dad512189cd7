package web

import (
	"bytes"
	"net/http"
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
