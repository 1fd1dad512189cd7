package weekly

import (
	"sort"
	"strconv"
	"time"

	"payung/domain/fault"
	"payung/paper"
)

// Colours of the page, those of the web pages.
const (
	brand paper.Color = 0x0B5A5E
	alarm paper.Color = 0xA32019
	ink   paper.Color = 0x14212B
	quiet paper.Color = 0x55626C
	hair  paper.Color = 0xC9D3D9
	amber paper.Color = 0x7A4D00
)

// How large the type may be drawn, in per cent of the sizes below: as large as
// one page allows, and never smaller than can be read on paper.
const (
	largest  = 150
	smallest = 42
)

// margin of the page, mm.
const margin = 10

// Paper draws the page on one sheet: the type is as large as fits it. Nothing is
// cut. A page that would not be readable is refused.
func (p Page) Paper() (*paper.Document, error) {
	smaller := sort.Search(largest-smallest, func(less int) bool { return p.draw(largest-less).Pages() == 1 })
	if d := p.draw(largest - smaller); d.Pages() == 1 {
		return d, nil
	}
	return nil, fault.New(fault.TooLarge, "weekly_too_long", "the names on this page are too long for one sheet")
}

// sheet is a page being drawn with its type in a size.
type sheet struct {
	*paper.Document
	k float64
}

// draw draws the page with its type in a size, per cent.
func (p Page) draw(percent int) *paper.Document {
	k := float64(percent) / 100
	size := paper.F4
	if p.facts.Paper == "a4" {
		size = paper.A4
	}
	s := sheet{paper.New(paper.Setup{
		Size: size, Margins: paper.Margins{Top: 0, Right: margin, Bottom: 8, Left: margin}, Points: 12 * k, Leading: 1.2,
		Title: p.Title + ", " + p.Pemda, Author: p.Pemda, Language: string(p.Lang), Made: time.UnixMicro(p.facts.At),
	}), k}
	s.head(p, size.Width)
	for i, section := range p.Sections {
		s.section(section, i == 0)
	}
	s.Paragraph(p.Foot, s.small(quiet, 0))
	return s.Document
}

func (s sheet) style(points float64, c paper.Color) paper.Style {
	return paper.Style{Points: points * s.k, Color: c}
}

func (s sheet) bold(points float64, c paper.Color) paper.Style {
	st := s.style(points, c)
	st.Face = paper.Bold
	return st
}

// small is the style of sources and notes.
func (s sheet) small(c paper.Color, after float64) paper.Style {
	st := s.style(9.5, c)
	st.After = after * s.k
	return st
}

// head is the band at the top: whose page it is, and of when.
func (s sheet) head(p Page, width float64) {
	title, of, when := s.bold(19, paper.White), s.bold(15, paper.White), s.style(12, paper.White)
	room, pad := s.Width(), 4*s.k
	about := p.Agreement
	height := pad + s.Height(room, p.Title, title) + s.Height(room, p.Pemda, of) + s.Height(room, about, when) + s.Height(room, p.Week+" · "+p.AsOf, when) + pad
	s.Fill(0, 0, width, height, brand)
	y := pad
	y += s.Block(s.Left(), y, room, p.Title, title)
	y += s.Block(s.Left(), y, room, p.Pemda, of)
	y += s.Block(s.Left(), y, room, about, when)
	s.Block(s.Left(), y, room, p.Week+" · "+p.AsOf, when)
	s.Move(height)
	if p.Sample != "" {
		style := s.bold(12, amber)
		style.Align = paper.Centre
		s.Move(1.5 * s.k)
		s.Paragraph(p.Sample, style)
	}
	s.Move(2 * s.k)
}

// section draws one section; the first one has its figure large.
func (s sheet) section(c Section, first bool) {
	beside := s.title(c)
	y := s.Y() + 0.4*s.k
	s.Line(s.Left(), y, s.Left()+s.Width(), y, 0.5, brand)
	s.Move(1.6 * s.k)
	if c.Figure != "" {
		s.figure(c, first)
	}
	for _, line := range c.Lines {
		st := s.style(12, ink)
		st.After = 0.5 * s.k
		s.Paragraph(line, st)
	}
	for i, item := range c.Items {
		label := ""
		if c.Count {
			label = strconv.Itoa(i+1) + "."
		}
		s.item(label, item)
	}
	if c.Note != "" {
		s.Paragraph(c.Note, s.style(11, quiet))
	}
	for _, m := range c.Missing {
		st := s.style(11, amber)
		st.After = 0.5 * s.k
		s.Paragraph(m, st)
	}
	if !beside {
		s.Move(0.4 * s.k)
		s.Paragraph(c.Source, s.small(quiet, 0))
	}
	s.Move(2.8 * s.k)
}

// title draws what a section asks, with its source beside it, and reports
// whether there was room for that.
func (s sheet) title(c Section) (beside bool) {
	style, source := s.bold(14.5, brand), s.small(quiet, 0)
	source.Align = paper.Right
	if beside = s.Measure(c.Title, style)+s.Measure(c.Source, source)+4*s.k <= s.Width(); beside {
		s.Text(s.Left(), s.Y()+s.Height(s.Width(), c.Title, style)-1.15*s.Height(s.Width(), c.Source, source), s.Width(), c.Source, source)
	}
	s.Paragraph(c.Title, style)
	return beside
}

// figure draws the answer in one number with its unit beside it.
func (s sheet) figure(c Section, large bool) {
	points, color := 24.0, ink
	if large {
		points, color = 56, alarm
	}
	st := s.bold(points, color)
	st.Leading = 1
	high, wide := s.Height(s.Width(), c.Figure, st), s.Measure(c.Figure, st)
	s.Text(s.Left(), s.Y(), s.Width(), c.Figure, st)
	if c.Unit != "" {
		unit := s.bold(20, color)
		s.Text(s.Left()+wide+3*s.k, s.Y()+high-s.Height(s.Width(), c.Unit, unit)-high/12, s.Width(), c.Unit, unit)
	}
	s.Move(high + 1.2*s.k)
}

// item draws one of a list: what it is, at the other end of its line how much
// or since when, and below it the rest.
func (s sheet) item(label string, i Item) {
	indent := 0.0
	if label != "" {
		indent = 8 * s.k
		s.Text(s.Left(), s.Y(), indent, label, s.bold(16, alarm))
	}
	head, tail := s.bold(13.5, ink), s.bold(12.5, quiet)
	tail.Align = paper.Right
	if label != "" { // what is to be decided is read first, and without a glass
		head = s.bold(16, ink)
	}
	wide := 0.0
	if i.Tail != "" {
		wide = s.Measure(i.Tail, tail)
		s.Text(s.Left(), s.Y(), s.Width(), i.Tail, tail)
		wide += 4 * s.k
	}
	s.Move(s.Block(s.Left()+indent, s.Y(), s.Width()-indent-wide, i.Head, head))
	if i.Text != "" {
		text := s.style(12, ink)
		text.Indent = indent
		s.Paragraph(i.Text, text)
	}
	s.Move(1.1 * s.k)
}
