package worker

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"

	"payung/domain/calendar"
)

//go:embed groups.json
var groupsFile []byte

var groups = mustRead(Parse(groupsFile))

// Groups are the known groups in the order in which lists show them. Callers
// leave the slices inside them as they are.
func Groups() []Group { return slices.Clone(groups) }

// Find is the group with that code.
func Find(code string) (Group, bool) {
	i := slices.IndexFunc(groups, func(g Group) bool { return g.Code == code })
	if i < 0 {
		return Group{}, false
	}
	return groups[i], true
}

// Parse reads and checks a data file of groups. Unknown fields, missing
// sources, repeated codes and days that do not exist are errors.
func Parse(data []byte) ([]Group, error) {
	var file struct {
		AsOf   calendar.Day `json:"as_of"`
		Groups []Group      `json:"groups"`
	}
	if err := decode(data, &file); err != nil {
		return nil, fmt.Errorf("worker: groups: %w", err)
	}
	if !file.AsOf.Valid() {
		return nil, fmt.Errorf("worker: groups: as_of %q is no day", file.AsOf)
	}
	seen := map[string]bool{}
	for i, g := range file.Groups {
		if err := cmp.Or(checkCode(g.Code, seen), g.check()); err != nil {
			return nil, fmt.Errorf("worker: group %d (%s): %w", i+1, g.Code, err)
		}
	}
	return file.Groups, nil
}
