// Package grid reads an uploaded recap, whatever file it came in, into the grid
// that the rules about recaps know.
package grid

import (
	"context"
	"errors"
	"slices"

	"payung/domain/cell"
	"payung/domain/fault"
	"payung/domain/region"
	"payung/domain/tally"
	"payung/sheet"
	"payung/upload"
)

// Read reads the sheet of that name, or without one the sheet that looks most
// like a recap of the kind. Where each kecamatan has a sheet of its own, all of
// them are one recap, with their names as headings.
func Read(ctx context.Context, f *upload.File, kind tally.Kind, name string) (tally.Grid, error) {
	book, err := sheet.Open(ctx, f, f.Size, f.Name, sheet.DefaultLimits())
	if err != nil {
		return tally.Grid{}, err
	}
	g, err := read(ctx, book, kind, name)
	return g, errors.Join(err, book.Close())
}

// one is a sheet with what its columns seem to mean.
type one struct {
	grid    tally.Grid
	mapping tally.Mapping
}

func read(ctx context.Context, book sheet.Book, kind tally.Kind, name string) (tally.Grid, error) {
	var sheets []one
	best := -1
	for i, info := range book.Sheets() {
		if info.Hidden && name == "" || name != "" && info.Name != name {
			continue
		}
		g := tally.Grid{Sheet: info.Name}
		if err := book.Read(ctx, i, func(r *cell.Row) error { g.Add(r); return nil }); err != nil {
			return tally.Grid{}, err
		}
		g.Fill(book.Merged(i))
		sheets = append(sheets, one{g, tally.Guess(g, kind)})
		n := len(sheets) - 1
		if best < 0 || sheets[n].better(sheets[best]) {
			best = n
		}
	}
	if best < 0 {
		return tally.Grid{}, fault.New(fault.Invalid, "unknown_sheet", "the file has no sheet of that name that can be read").On("sheet").With("sheet", name)
	}
	if all := districts(sheets); len(all) > 1 {
		return join(all), nil
	}
	return sheets[best].grid, nil
}

// better prefers more columns that are understood, then more lines.
func (o one) better(than one) bool {
	if a, b := len(o.mapping.Columns), len(than.mapping.Columns); o.mapping.Heading > 0 != (than.mapping.Heading > 0) || a != b {
		return o.mapping.Heading > 0 && (than.mapping.Heading == 0 || a > b)
	}
	return len(o.grid.Lines) > len(than.grid.Lines)
}

// districts are the sheets named after a kecamatan, if they all have the same
// columns.
func districts(sheets []one) []one {
	var out []one
	for _, s := range sheets {
		if s.mapping.Heading == 0 || !isDistrict(s.grid.Sheet) {
			continue
		}
		if len(out) > 0 && !slices.Equal(s.mapping.Columns, out[0].mapping.Columns) {
			return nil
		}
		out = append(out, s)
	}
	return out
}

func isDistrict(name string) bool {
	return slices.ContainsFunc(region.ByName(name, ""), func(r region.Region) bool { return r.Kind == region.District })
}

// join puts the lines of several sheets under one another. Lines are numbered
// through, since a person sees them as one list.
func join(sheets []one) tally.Grid {
	out := tally.Grid{Sheet: sheets[0].grid.Sheet + " – " + sheets[len(sheets)-1].grid.Sheet}
	next := 0
	add := func(cells []string) {
		next++
		if len(out.Lines) < tally.MaxLines {
			out.Lines = append(out.Lines, tally.Line{Number: next, Cells: cells})
		} else {
			out.Cut++
		}
	}
	for i, s := range sheets {
		for _, l := range s.grid.Lines {
			if l.Number <= s.mapping.Heading {
				if i == 0 {
					add(l.Cells)
				}
				continue
			}
			if l.Number > s.mapping.Heading && s.first(l) {
				add([]string{"Kecamatan " + s.grid.Sheet})
			}
			add(l.Cells)
		}
		out.Hidden, out.Masked, out.Cut = out.Hidden+s.grid.Hidden, out.Masked+s.grid.Masked, out.Cut+s.grid.Cut
	}
	return out
}

// first reports the first line below the headings.
func (o one) first(l tally.Line) bool {
	i := slices.IndexFunc(o.grid.Lines, func(x tally.Line) bool { return x.Number > o.mapping.Heading })
	return i >= 0 && o.grid.Lines[i].Number == l.Number
}
