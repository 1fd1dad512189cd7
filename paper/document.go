package paper

import (
	"time"

	"payung/domain/fault"
)

// Size of a sheet, mm. A height of 0 is one endless page that ends below
// what is drawn on it, for pictures that are read on a phone.
type Size struct {
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
}

// The sheets offices print on; F4 is the folio most of them use.
var (
	F4 = Size{Width: 215, Height: 330}
	A4 = Size{Width: 210, Height: 297}
)

// Margins around the flow, mm.
type Margins struct {
	Top    float64 `json:"top"`
	Right  float64 `json:"right"`
	Bottom float64 `json:"bottom"`
	Left   float64 `json:"left"`
}

// Setup is what holds for a whole document.
type Setup struct {
	Size     Size
	Margins  Margins
	Family   Family    // "": Sans
	Points   float64   // size of the type; 0: 11
	Leading  float64   // distance of lines in type sizes; 0: 1.25
	Title    string    // shown by readers of the PDF
	Author   string    // who issues it
	Language string    // BCP 47; "": "id"
	Made     time.Time // the date in the file; zero: 1 January 1970
}

const (
	maxPages   = 400  // a list of 10.000 rows fits; what is longer is a spreadsheet
	endless    = 2400 // mm; higher pictures are no longer read
	defaultPts = 11
	defaultGap = 1.25
)

// Document is a drawing of some pages. It is not safe for concurrent use.
type Document struct {
	setup  Setup
	pages  []*page
	at     int     // the page being drawn on
	y      float64 // upper edge of what flows next
	footer func(page, pages int)
	ended  bool
	fault  *fault.Fault
	widths map[Face]map[rune]int
}

// page holds what was drawn, in order, to be told to any pen.
type page struct {
	height float64
	marks  []func(pen)
}

// New is a document with one empty page.
func New(s Setup) *Document {
	if s.Family != Serif {
		s.Family = Sans
	}
	if s.Points <= 0 {
		s.Points = defaultPts
	}
	if s.Leading <= 0 {
		s.Leading = defaultGap
	}
	if s.Language == "" {
		s.Language = "id"
	}
	if s.Made.IsZero() {
		s.Made = time.Unix(0, 0)
	}
	s.Made = s.Made.UTC()
	d := &Document{setup: s, widths: map[Face]map[rune]int{}}
	d.NewPage()
	return d
}

// NewPage goes on with a new page.
func (d *Document) NewPage() {
	if len(d.pages) == maxPages {
		d.fail(fault.New(fault.TooLarge, "document_too_long", "the document has more than %d pages", maxPages))
		d.y = d.setup.Margins.Top
		d.pages[d.at].marks = nil // what overflows is not kept: the document will not be written
		return
	}
	height := d.setup.Size.Height
	if height == 0 {
		height = endless
	}
	d.pages = append(d.pages, &page{height: height})
	d.at, d.y = len(d.pages)-1, d.setup.Margins.Top
}

// Y is where the flow goes on, mm from the upper edge of the current page.
func (d *Document) Y() float64 { return d.y }

// Move lets the flow go on dy lower; it may go up too.
func (d *Document) Move(dy float64) { d.y += dy }

// Left is the left edge of the flow and Width its width, mm.
func (d *Document) Left() float64 { return d.setup.Margins.Left }

// Width is the width of the flow, mm; see [Document.Left].
func (d *Document) Width() float64 {
	return d.setup.Size.Width - d.setup.Margins.Left - d.setup.Margins.Right
}

// Bottom is the lower edge of the flow, mm from the upper edge of the page.
func (d *Document) Bottom() float64 { return d.pages[d.at].height - d.setup.Margins.Bottom }

// Room is what is left above the lower margin, mm.
func (d *Document) Room() float64 { return d.Bottom() - d.y }

// Keep goes on with a new page unless that much room is left, mm, so that
// what follows stays together. On a fresh page it does nothing.
func (d *Document) Keep(height float64) {
	if height > d.Room() && d.y > d.setup.Margins.Top {
		d.NewPage()
	}
}

// Pages is the number of pages so far.
func (d *Document) Pages() int { return len(d.pages) }

// Footer is drawn on every page once the number of pages is known. It may
// use places on the page, not the flow.
func (d *Document) Footer(draw func(page, pages int)) { d.footer = draw }

// end draws the footers and cuts an endless page, once.
func (d *Document) end() error {
	if !d.ended {
		d.ended = true
		if d.setup.Size.Height == 0 {
			d.pages[d.at].height = d.y + d.setup.Margins.Bottom
		}
		for i := range d.pages {
			if d.footer != nil {
				d.at = i
				d.footer(i+1, len(d.pages))
			}
		}
	}
	if d.fault != nil {
		return d.fault
	}
	return nil
}

func (d *Document) fail(f *fault.Fault) {
	if d.fault == nil {
		d.fault = f
	}
}

func (d *Document) mark(m func(pen)) {
	p := d.pages[d.at]
	p.marks = append(p.marks, m)
}
