package workbook

import (
	"encoding/xml"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// comment is one that stood in a file before.
type comment struct {
	sheet string
	given bool // written again
	excelize.Comment
}

// said is all of a comment, after the name of its author.
func (c *comment) said() string {
	var b strings.Builder
	b.WriteString(c.Text)
	for _, run := range c.Paragraph {
		b.WriteString(run.Text)
	}
	author := strings.TrimSpace(c.Author)
	if author == "" || strings.HasPrefix(b.String(), author+":") {
		return b.String()
	}
	return author + ": " + b.String()
}

// How a comment of ours begins, since not every program keeps the name of an
// author, and what separates it from the owner's that was there before.
const (
	ourComment   = brand + ":\n"
	theirComment = "\n———\n"
)

// owners is what a comment has of its owner's words; empty if it is all ours.
func owners(sheet string, c excelize.Comment) (comment, bool) {
	out := comment{sheet: sheet, Comment: c}
	said := out.said()
	if !strings.HasPrefix(said, strings.TrimSpace(ourComment)) {
		return out, true
	}
	_, theirs, ok := strings.Cut(said, theirComment)
	out.Author, out.Text, out.Paragraph = "", theirs, nil
	return out, ok
}

// takeComments takes all comments out of a file and returns those that are not
// ours. A comment has a text in one part and a box in another, and programs
// disagree about the box; leaving out both parts and writing them anew is the
// only way that leaves no box without a text. A file whose boxes are controls
// too is refused.
func takeComments(f *excelize.File) ([]comment, error) {
	var theirs []comment
	commented := false
	for _, sheet := range f.GetSheetList() {
		all, err := f.GetComments(sheet)
		if err != nil {
			return nil, err
		}
		for _, c := range all {
			commented = true
			if kept, ok := owners(sheet, c); ok {
				theirs = append(theirs, kept)
			}
		}
	}
	if !commented {
		return nil, nil
	}
	for _, name := range parts(f) {
		if strings.HasPrefix(name, "xl/ctrlProps/") || strings.HasPrefix(name, "xl/activeX/") {
			return nil, fmt.Errorf("workbook: comments beside controls (%s)", name)
		}
		if strings.HasPrefix(name, "xl/worksheets/_rels/") {
			if err := cutComments(f, name); err != nil {
				return nil, err
			}
		}
	}
	return theirs, nil
}

// relations are the parts that a part of the file refers to.
type relations struct {
	XMLName xml.Name   `xml:"http://schemas.openxmlformats.org/package/2006/relationships Relationships"`
	List    []relation `xml:"Relationship"`
}

type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:",attr"`
	Target string `xml:",attr"`
	Mode   string `xml:"TargetMode,attr,omitempty"`
}

// boxes is where a sheet says which part has the boxes of its comments.
var boxes = regexp.MustCompile(`<(?:\w+:)?legacyDrawing\s[^>]*\bid="([^"]*)"[^>]*/>`)

// cutComments takes the comments out of the sheet whose relations are given.
func cutComments(f *excelize.File, rels string) error {
	var all relations
	if err := xml.Unmarshal(part(f, rels), &all); err != nil {
		return fmt.Errorf("workbook: %s: %w", rels, err)
	}
	sheet := strings.TrimSuffix(strings.Replace(rels, "_rels/", "", 1), ".rels")
	content := part(f, sheet)
	box := ""
	if m := boxes.FindSubmatch(content); m != nil {
		box = string(m[1])
	}
	all.List = slices.DeleteFunc(all.List, func(r relation) bool {
		kind := path.Base(r.Type)
		gone := kind == "comments" || kind == "threadedComment" || kind == "vmlDrawing" && r.ID == box
		if gone {
			removePart(f, partNamed(sheet, r.Target))
		}
		return gone
	})
	out, err := xml.Marshal(all)
	if err != nil {
		return err
	}
	f.Pkg.Store(rels, out)
	f.Pkg.Store(sheet, boxes.ReplaceAll(content, nil))
	f.Relationships.Delete(rels) // what excelize read of it before
	return nil
}

// partNamed is the name of a part that another refers to.
func partNamed(from, target string) string {
	if absolute, ok := strings.CutPrefix(target, "/"); ok {
		return absolute
	}
	return path.Join(path.Dir(from), target)
}

func parts(f *excelize.File) []string {
	var names []string
	f.Pkg.Range(func(name, _ any) bool {
		if s, ok := name.(string); ok {
			names = append(names, s)
		}
		return true
	})
	slices.Sort(names)
	return names
}

func part(f *excelize.File, name string) []byte {
	content, _ := f.Pkg.Load(name)
	b, _ := content.([]byte)
	return b
}

// removePart takes a part out of the file and of its table of contents.
func removePart(f *excelize.File, name string) {
	f.Pkg.Delete(name)
	delete(f.Comments, name)
	delete(f.VMLDrawing, name)
	delete(f.DecodeVMLDrawing, name)
	entry := regexp.MustCompile(`<(?:\w+:)?Override\b[^>]*\bPartName="/` + regexp.QuoteMeta(name) + `"[^>]*/>`)
	f.Pkg.Store(contents, entry.ReplaceAll(part(f, contents), nil))
	f.ContentTypes = nil // what excelize read of it before
}

// contents is the part that lists all parts.
const contents = "[Content_Types].xml"
