package workbook

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"payung/domain/roster"
)

// comments adds comments to the sheet of the list; the first error ends it.
type comments struct {
	*report
	file    *excelize.File
	theirs  map[string]*comment // on the sheet of the list, by cell
	written int
	err     error
}

// newComments keeps the owner's comments on the sheet of the list, for the cells
// that are commented on now.
func (r *report) newComments(f *excelize.File, theirs []comment) *comments {
	out := &comments{report: r, file: f, theirs: map[string]*comment{}}
	for i, c := range theirs {
		if c.sheet == r.Sheet {
			out.theirs[c.Cell] = &theirs[i]
		}
	}
	return out
}

// add explains a cell, above what its owner had to say.
func (c *comments) add(cell string, found []roster.Finding) {
	if c.written >= mostShown {
		return
	}
	c.written++
	text := ourComment + c.explain(found)
	if t := c.theirs[cell]; t != nil {
		text += theirComment + t.said()
		t.given = true
	}
	c.put(c.Sheet, excelize.Comment{
		Cell: cell, Author: brand, Width: 320, Height: uint(40 + 18*(1+len(text)/45)),
		Paragraph: []excelize.RichTextRun{{Text: text, Font: font(ink)}},
	})
}

// giveBack writes the owner's comments that stand in no comment of ours.
func (c *comments) giveBack(theirs []comment) error {
	for _, t := range theirs {
		if !t.given {
			c.put(t.sheet, t.Comment)
		}
	}
	return c.err
}

func (c *comments) put(sheet string, comment excelize.Comment) {
	if c.err == nil {
		c.err = c.file.AddComment(sheet, comment)
	}
}

// explain says all that is wrong with a cell, or a row.
func (r *report) explain(found []roster.Finding) string {
	sentences := make([]string, len(found))
	for i, f := range found {
		sentences[i] = r.sentence(f)
	}
	return strings.Join(sentences, "\n")
}

// sentence is what is wrong and what to do about it.
func (r *report) sentence(f roster.Finding) string {
	problem, cure := roster.Say(f, r.Lang)
	if f.Level != roster.Error {
		problem = r.words["level_warning"] + ": " + problem
	}
	return strings.TrimSpace(problem + " " + cure)
}
