package region

import (
	"bytes"
	"embed"
	"encoding/csv"
	"encoding/json"
	"sync"

	"payung/domain/calendar"
)

// sheets are the small files kept by hand beside the big table. The CSVs have a
// line of headings and may have comments after "#". As with the table, a mistake
// in them is a broken build and panics, and a test reads them all.
//
//go:embed data/aliases.csv data/changes.csv data/zones.csv data/dataset.json
var sheets embed.FS

// alias is another name, folded, of the region with that key.
type alias struct {
	name string
	key  key
}

var (
	aliases = sync.OnceValue(func() []alias {
		var list []alias
		for _, record := range sheet("aliases.csv", 3) {
			list = append(list, alias{name: fold(record[0]), key: mustKey(record[1])})
		}
		return list
	})

	changes = sync.OnceValue(func() map[string]Change {
		byCode := map[string]Change{}
		for _, record := range sheet("changes.csv", 5) {
			code, until, successor := record[0], calendar.Day(record[2]), record[3]
			if !until.Valid() {
				panic("region: changes.csv: no such day: " + record[2])
			}
			mustKey(code)
			mustKey(successor)
			byCode[code] = Change{Code: code, Name: record[1], ValidTo: until, ReplacedBy: successor, Decree: record[4]}
		}
		return byCode
	})

	zones = sync.OnceValue(func() map[string]calendar.Zone {
		byProvince := map[string]calendar.Zone{}
		for _, record := range sheet("zones.csv", 2) {
			zone, err := calendar.ParseZone(record[1])
			if err != nil {
				panic("region: zones.csv: " + err.Error())
			}
			byProvince[record[0]] = zone
		}
		return byProvince
	})

	dataset = sync.OnceValue(func() Info {
		text, err := sheets.ReadFile("data/dataset.json")
		if err != nil {
			panic("region: " + err.Error())
		}
		var info Info
		if err := json.Unmarshal(text, &info); err != nil {
			panic("region: dataset.json: " + err.Error())
		}
		info.Counts = Count("")
		return info
	})
)

// sheet reads the records of a small table, without its headings.
func sheet(name string, columns int) [][]string {
	text, err := sheets.ReadFile("data/" + name)
	if err != nil {
		panic("region: " + err.Error())
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comment, r.FieldsPerRecord = '#', columns
	records, err := r.ReadAll()
	if err != nil {
		panic("region: " + name + ": " + err.Error())
	}
	return records[1:]
}

func mustKey(code string) key {
	k, ok := parseKey(code)
	if !ok {
		panic("region: not a code: " + code)
	}
	return k
}
