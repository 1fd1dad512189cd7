package region

import "payung/domain/calendar"

// Info describes the table, for the page on data sources and for the notice
// that its licence demands wherever the table is passed on.
type Info struct {
	Name       string       `json:"name"`
	Version    string       `json:"version"`
	Released   calendar.Day `json:"released"`
	URL        string       `json:"url"`
	Decree     string       `json:"decree"`
	DecreeDate calendar.Day `json:"decree_date"`
	Licence    string       `json:"licence"`
	LicenceURL string       `json:"licence_url"`
	Notice     string       `json:"notice"`
	Counts     Counts       `json:"counts"`
}

// Dataset describes the table in use and counts it.
func Dataset() Info { return dataset() }
