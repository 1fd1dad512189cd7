package sheet

import (
	"context"
	"path"
	"slices"
	"strings"
)

// relation is one part's reference to another.
type relation struct{ id, kind, part string }

// list finds the parts of a workbook: its sheets, its styles, its texts.
func (w *workbook) list(ctx context.Context) error {
	root, err := w.relations(ctx, "")
	if err != nil {
		return err
	}
	main := "xl/workbook.xml"
	if i := slices.IndexFunc(root, func(r relation) bool { return r.kind == "officeDocument" }); i >= 0 {
		main = root[i].part
	}
	if strings.HasSuffix(main, ".bin") {
		return oldExcel()
	}
	if !w.archive.has(main) {
		return damaged("no workbook")
	}
	relations, err := w.relations(ctx, main)
	if err != nil {
		return err
	}
	// Some programs write these parts where they always are, and no relation.
	w.styles, w.shared = path.Join(path.Dir(main), "styles.xml"), path.Join(path.Dir(main), "sharedStrings.xml")
	for _, r := range relations {
		switch r.kind {
		case "styles":
			w.styles = r.part
		case "sharedStrings":
			w.shared = r.part
		}
	}
	return w.each(ctx, main, func(m *markup) error { return w.readTabs(m, relations) })
}

// relations reads what a part refers to inside the archive.
func (w *workbook) relations(ctx context.Context, of string) (out []relation, err error) {
	folder := path.Dir(of)
	err = w.each(ctx, path.Join(folder, "_rels", path.Base(of)+".rels"), func(m *markup) error {
		return m.children("Relationships", "Relationship", func() error {
			if string(m.attr("TargetMode")) == "External" {
				return nil
			}
			if len(out) == 4*w.budget.Entries {
				return damaged("relations")
			}
			target := strings.ReplaceAll(string(m.attr("Target")), `\`, "/")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("/", folder, target)
			}
			out = append(out, relation{string(m.attr("Id")), path.Base(string(m.attr("Type"))), strings.TrimPrefix(path.Clean(target), "/")})
			return nil
		})
	})
	return out, err
}

// readTabs reads the workbook's own part.
func (w *workbook) readTabs(m *markup, relations []relation) error {
	parts := map[string]bool{}
	for {
		switch t, err := m.next(); {
		case err != nil:
			return err
		case t == ends && len(w.tabs) == 0:
			return damaged("no sheets")
		case t == ends:
			return nil
		case t == closes:
		case m.depth() == 1 && string(m.name) != "workbook":
			return damaged("workbook")
		case m.depth() == 2 && string(m.name) == "workbookPr":
			w.date1904 = truth(m.attr("date1904"))
		case m.depth() == 3 && string(m.name) == "sheet":
			if len(w.tabs) == w.budget.Sheets {
				return tooManySheets(w.budget.Sheets)
			}
			state := string(m.attr("state"))
			tab := tab{Info: Info{Name: string(m.attr("name")), Hidden: state == "hidden" || state == "veryHidden"}}
			id := string(m.attr("id"))
			i := slices.IndexFunc(relations, func(r relation) bool { return r.id == id })
			if i < 0 {
				return damaged("sheets")
			}
			if relations[i].kind == "worksheet" {
				if tab.part = partName(relations[i].part); parts[tab.part] || !w.archive.has(tab.part) {
					return damaged("sheets")
				}
				parts[tab.part] = true
			}
			w.tabs = append(w.tabs, tab)
		}
	}
}

// truth is how XML writes yes.
func truth(value []byte) bool { return string(value) == "1" || string(value) == "true" }
