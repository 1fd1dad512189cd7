package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
)

// plainParts are the kinds of parts, as relationships name them, that hold
// nothing but cells, how they look, and pictures. A workbook with any other is
// not edited: macros, objects of other programs, queries and links to other
// files are nothing we send on.
var plainParts = []string{
	"officeDocument", "core-properties", "extended-properties", "custom-properties", "metadata", "thumbnail", "worksheet", "styles", "theme", "sharedStrings",
	"calcChain", "sheetMetadata", "comments", "threadedComment", "person", "vmlDrawing", "drawing", "image", "printerSettings", "table", "hyperlink",
	"chart", "chartStyle", "chartColorStyle", "chartUserShapes", "customXml", "customXmlProps",
}

// errArmed says that a workbook holds what cannot be taken out of it.
var errArmed = errors.New("this workbook does more than show cells")

// disarm gives a workbook back without what could run, fetch or call somebody
// when it is opened: links are taken off, and formulas that are not plainly
// harmless give way to the values they had. Cut reports whether there were such
// formulas. What cannot be disarmed is an error.
func disarm(original []byte) (plain []byte, cut bool, err error) {
	z, err := zip.NewReader(bytes.NewReader(original), int64(len(original)))
	if err != nil {
		return nil, false, err
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	room := int64(mostUnzipped)
	for _, f := range z.File {
		change := cleaner(f.Name)
		if change == nil {
			if err := w.Copy(f); err != nil {
				return nil, false, err
			}
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, false, err
		}
		raw, err := io.ReadAll(io.LimitReader(r, room+1))
		if room -= int64(len(raw)); err == nil && room < 0 {
			err = errArmed
		}
		if err = errors.Join(err, r.Close()); err != nil {
			return nil, false, err
		}
		clean, formulas, err := change(raw)
		if err != nil {
			return nil, false, err
		}
		cut = cut || formulas
		part, err := w.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: f.Modified})
		if err == nil {
			_, err = part.Write(clean)
		}
		if err != nil {
			return nil, false, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, false, err
	}
	return out.Bytes(), cut, nil
}

// cleaner is what is done to a part; nil: it stays as it is.
func cleaner(name string) func([]byte) ([]byte, bool, error) {
	switch lower := strings.ToLower(name); {
	case strings.HasSuffix(lower, ".rels"):
		ofSheet := strings.HasPrefix(lower, "xl/worksheets/_rels/")
		return func(raw []byte) ([]byte, bool, error) { return checkLinks(raw, ofSheet) }
	case !strings.HasSuffix(lower, ".xml"), lower == "xl/sharedstrings.xml", lower == "xl/styles.xml", strings.HasPrefix(lower, "xl/theme/"),
		strings.HasPrefix(lower, "docprops/"):
		return nil // texts and colours
	}
	return cutFormulas
}

// checkLinks refuses parts that are none of the plain ones, and links to
// elsewhere that are no hyperlinks of cells: those go with their elements.
func checkLinks(raw []byte, ofSheet bool) ([]byte, bool, error) {
	var rels struct {
		Relationship []struct {
			Type       string `xml:"Type,attr"`
			TargetMode string `xml:"TargetMode,attr"`
		}
	}
	if err := xml.Unmarshal(raw, &rels); err != nil {
		return nil, false, err
	}
	for _, r := range rels.Relationship {
		kind := path.Base(r.Type)
		if !slices.Contains(plainParts, kind) || r.TargetMode == "External" && (!ofSheet || kind != "hyperlink") {
			return nil, false, errArmed
		}
	}
	spans, err := elements(raw, func(e xml.StartElement, _ string) bool {
		return e.Name.Local == "Relationship" && attribute(e, "TargetMode") == "External"
	}, nil)
	return without(raw, spans), false, err
}

// cutFormulas takes out of a sheet, or what belongs to one, the formulas that
// are not harmless, and all hyperlinks.
func cutFormulas(raw []byte) ([]byte, bool, error) {
	formulas := false
	shared := map[string]bool{} // formulas of several cells that were cut where they stand
	spans, err := elements(raw, func(e xml.StartElement, within string) bool {
		return e.Name.Local == "hyperlinks" && within == "worksheet"
	}, func(e xml.StartElement, text string) (bool, error) {
		switch e.Name.Local {
		case "f":
			group := attribute(e, "si")
			cut := !safe(text) || attribute(e, "t") == "dataTable" || group != "" && shared[group]
			if cut && group != "" {
				shared[group] = true
			}
			formulas = formulas || cut
			return cut, nil
		case "definedName":
			return !safe(text), nil
		case "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula", "oleLink", "ddeLink":
			if !safe(text) {
				return false, errArmed
			}
		}
		return false, nil
	})
	return without(raw, spans), formulas, err
}
