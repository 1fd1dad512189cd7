package match

import (
	"cmp"
	"slices"
)

// Evidence is what a file that came without a word says about whose it is.
type Evidence struct {
	FileName  string
	Titles    []string // the rows above the heading of its table
	Villages  []string // the values of its village column, one for each row
	Districts []string // kecamatan IDs by the first six digits of the NIKs, one for each row
	Senders   []string // IDs of candidates whose post holder has the sender's number
}

// Reason is one thing that speaks for a candidate.
type Reason struct {
	Code   string // file_name, title, column, nik_district, district_named, sender
	Points int
}

// Proposal is a candidate with everything that speaks for it.
type Proposal struct {
	ID      string
	Points  int
	Reasons []Reason
}

// What each piece of evidence is worth, in points. A list that names its
// village in every row is the best witness; a title typed above it comes next;
// a file's name is often that of the list it was copied from; a phone serves
// several villages where one operator does the work of others; and people keep
// the NIK of where they were first registered, so their kecamatan only leans.
const (
	ofColumn        = 60 // times the share of rows that name it
	ofTitle         = 50 // with the word desa or kelurahan in front
	ofBareTitle     = 30
	ofFileName      = 45 // with the word in front
	ofBareFileName  = 35
	ofSender        = 30
	ofDistrictNamed = 12 // its kecamatan is named in title or file name
	ofNIK           = 15 // times the share of rows from its kecamatan, where that is half or more
)

// A proposal this strong, this far before the next, may stand as chosen; a
// person still sees it.
const (
	strong = 30
	before = 10
)

// Propose ranks the candidates a file may come from, at most [MaxHits] of them.
// The first is sure where it is strong and well ahead of the next.
func (x *Index) Propose(e Evidence, districts *Index) ([]Proposal, Verdict) {
	p := &proposals{x: x, of: make([]Proposal, len(x.list))}
	p.texts(e, districts)
	p.column(e.Villages)
	p.nik(e.Districts)
	for at, c := range x.list {
		if slices.Contains(e.Senders, c.ID) {
			p.add(at, "sender", ofSender)
		}
	}
	return p.ranked()
}

type proposals struct {
	x  *Index
	of []Proposal
}

func (p *proposals) add(at int, code string, points int) {
	if points <= 0 {
		return
	}
	o := &p.of[at]
	o.ID = p.x.list[at].ID
	o.Points += points
	o.Reasons = append(o.Reasons, Reason{code, points})
}

// texts reads names out of the titles and the file's name.
func (p *proposals) texts(e Evidence, districts *Index) {
	named := make([]bool, len(districts.list))
	best := make([]int, len(p.x.list))
	read := func(text, code string, worded, bare int) {
		clear(best)
		ws := wordsOf(text)
		found := p.x.mentions(ws, districts)
		for _, d := range districts.mentions(ws, nil) {
			// A kelurahan often has the name of its kecamatan.
			named[d.at] = named[d.at] || d.kind == District || d.kind == ""
			found = beside(found, d, func(m mention) bool { return p.x.list[m.at].Group == districts.list[d.at].ID })
		}
		for _, m := range found {
			weight := bare
			if m.kind != "" {
				weight = worded
			}
			if m.kind != "" && m.kind != p.x.list[m.at].Kind {
				weight -= 3
			}
			best[m.at] = max(best[m.at], int(float64(weight)*m.score))
		}
		for at, points := range best {
			p.add(at, code, points)
		}
	}
	for _, t := range e.Titles {
		read(t, "title", ofTitle, ofBareTitle)
	}
	read(withoutExtension(e.FileName), "file_name", ofFileName, ofBareFileName)
	for at, c := range p.x.list {
		for i, d := range districts.list {
			if named[i] && c.Group == d.ID && p.of[at].Points > 0 {
				p.add(at, "district_named", ofDistrictNamed)
			}
		}
	}
}

// beside drops what stands in the place of a kecamatan's name where another
// village of that kecamatan is named too: "Wawobende Sabulakoa".
func beside(found []mention, district mention, inside func(mention) bool) []mention {
	apart := func(m mention) bool { return m.to <= district.from || district.to <= m.from }
	if !slices.ContainsFunc(found, func(m mention) bool { return apart(m) && inside(m) }) || district.kind == Village || district.kind == Ward {
		return found
	}
	return slices.DeleteFunc(found, func(m mention) bool { return !apart(m) })
}

// column counts the rows that name each candidate.
func (p *proposals) column(values []string) {
	type value struct {
		text string
		rows int
	}
	var counted []value
	all := 0
	for _, v := range values {
		key := Key(v)
		if key == "" {
			continue
		}
		all++
		if i := slices.IndexFunc(counted, func(c value) bool { return c.text == key }); i >= 0 {
			counted[i].rows++
		} else if len(counted) < 50 {
			counted = append(counted, value{key, 1})
		}
	}
	points := make([]float64, len(p.x.list))
	for _, c := range counted {
		for _, hit := range p.x.scored(Query{Text: c.text}) {
			if hit.score >= sureInside {
				points[hit.at] += ofColumn * hit.score * float64(c.rows) / float64(all)
			}
		}
	}
	for at, n := range points {
		if n >= ofColumn/4 {
			p.add(at, "column", int(n))
		}
	}
}

// nik leans towards the kecamatan most NIKs were issued in.
func (p *proposals) nik(districts []string) {
	if len(districts) == 0 {
		return
	}
	rows := make(map[string]int, 8)
	for _, d := range districts {
		rows[d]++
	}
	for at, c := range p.x.list {
		if n := rows[c.Group]; c.Group != "" && 2*n >= len(districts) {
			p.add(at, "nik_district", ofNIK*n/len(districts))
		}
	}
}

func (p *proposals) ranked() ([]Proposal, Verdict) {
	var out []Proposal
	for _, o := range p.of {
		if o.Points > 0 {
			out = append(out, o)
		}
	}
	slices.SortStableFunc(out, func(a, b Proposal) int { return cmp.Compare(b.Points, a.Points) })
	if len(out) == 0 || out[0].Points < ofNIK {
		return nil, None
	}
	verdict := Ask
	if out[0].Points >= strong && (len(out) == 1 || out[0].Points-out[1].Points >= before) {
		verdict = Sure
	}
	if out[0].Points == out[min(MaxHits, len(out)-1)].Points && len(out) > MaxHits {
		return nil, None // all of a kecamatan alike: that is no proposal
	}
	return out[:min(MaxHits, len(out))], verdict
}
