package intake

import (
	"context"
	"errors"
	"strings"

	"payung/domain/cell"
	"payung/domain/mask"
	"payung/domain/roster"
	"payung/sheet"
	"payung/workbook"
)

// errEnough ends the reading of a sheet of which enough was seen.
var errEnough = errors.New("seen enough")

// sheetNamed finds a sheet by its name, or by how the name is shown; -1: there is
// none.
func sheetNamed(book sheet.Book, name string) int {
	shown := -1
	for i, s := range book.Sheets() {
		if s.Name == name {
			return i
		}
		if shown < 0 && mask.Numbers(s.Name) == name {
			shown = i
		}
	}
	return shown
}

// peek visits the rows of a sheet until visit has seen enough.
func peek(ctx context.Context, book sheet.Book, at int, visit func(*cell.Row) (more bool)) error {
	err := book.Read(ctx, at, func(r *cell.Row) error {
		if !visit(r) {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// readPairs reads a sheet of keys and values.
func readPairs(ctx context.Context, book sheet.Book, at int) ([][2]string, error) {
	var pairs [][2]string
	err := peek(ctx, book, at, func(r *cell.Row) bool {
		pairs = append(pairs, [2]string{string(r.At(0).Value), string(r.At(1).Value)})
		return len(pairs) <= 50
	})
	return pairs, err
}

// chosen is the sheet of a book that holds the list.
type chosen struct {
	at    int // -1: there is nothing in any
	guess roster.Guessed
	head  roster.Head
}

// choose finds the sheet that holds the list: the one named, or the first that
// people can see in which there are NIKs and names, or else the first with
// anything in it.
func choose(ctx context.Context, book sheet.Book, name string) (chosen, error) {
	best := chosen{at: -1}
	if name == "" {
		var err error
		if name, err = marked(ctx, book); err != nil {
			return best, err
		}
	}
	named := sheetNamed(book, name)
	for i, s := range book.Sheets() {
		if s.Hidden || strings.HasPrefix(s.Name, "_") || name != "" && i != named {
			continue
		}
		head, err := headOf(ctx, book, i)
		if err != nil {
			return chosen{at: -1}, err
		}
		if len(head) == 0 {
			continue
		}
		g := roster.Guess(head)
		if best.at < 0 || len(g.Mapping.Check()) == 0 && len(best.guess.Mapping.Check()) > 0 {
			best = chosen{i, g, head}
		}
		if len(best.guess.Mapping.Check()) == 0 {
			break
		}
	}
	return best, nil
}

// headOf reads the first rows of a sheet.
func headOf(ctx context.Context, book sheet.Book, at int) (roster.Head, error) {
	var head roster.Head
	err := peek(ctx, book, at, head.Add)
	return head, err
}

// marked is the sheet that we ourselves have put the list in: that of a
// template, or of a file we sent back with its errors; "" in others.
func marked(ctx context.Context, book sheet.Book) (string, error) {
	if at := sheetNamed(book, workbook.MarksSheet); at >= 0 {
		pairs, err := readPairs(ctx, book, at)
		for _, p := range pairs {
			if p[0] == workbook.MarkedList {
				return p[1], err
			}
		}
	}
	if sheetNamed(book, roster.IdentitySheet) >= 0 {
		return roster.ListSheet, nil
	}
	return "", nil
}
