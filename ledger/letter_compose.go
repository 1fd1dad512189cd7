package ledger

import (
	"cmp"
	"slices"
	"strings"

	"payung/domain/calendar"
	"payung/domain/worker"
	"payung/letter"
	"payung/models"
)

// compose fills in what the letter says from what the ledger knows and what was
// typed. What depends on the day of issue, signatory and number, comes then.
func (d *drafting) compose() error {
	for _, p := range d.posts {
		d.content.To = append(d.content.To, ofPost(p))
	}
	if err := d.agreement(); err != nil {
		return err
	}
	if inCourse(d.in.Kind) {
		if err := d.ask(); err != nil {
			return err
		}
	}
	if d.content.Subject == "" && d.in.Kind == letter.Record {
		d.content.Subject = "Rapat KSO"
	}
	return d.label()
}

// agreement cites the agreement and the other side.
func (d *drafting) agreement() error {
	numbers, err := d.tx.Numbers(d.a.ID)
	if err != nil {
		return err
	}
	cited := make([]string, len(numbers))
	for i, n := range numbers {
		cited[i] = "Nomor " + n.Number
	}
	d.content.Agreement = d.a.Title
	if len(cited) > 0 {
		d.content.Agreement = "Perjanjian Kerja Sama " + strings.Join(cited, " dan ")
	}
	var bpjs models.Party
	if err := d.tx.db.Take(&bpjs, "id = ?", cmp.Or(d.a.ServingPartyID, d.a.BPJSPartyID)).Error; err != nil {
		return wrap("partner of a letter", err)
	}
	d.content.Partner = bpjs.Name
	return nil
}

// ask says what is wanted of whom until when, and which letters went before.
func (d *drafting) ask() error {
	c := &d.content
	if c.Wanted == "" {
		if err := d.wanted(); err != nil {
			return err
		}
	}
	c.Deadline = &letter.Deadline{Workdays: d.in.Workdays, Zone: calendar.Zone(d.a.Zone)}
	earlier, err := d.tx.lastLetters(d.duties)
	if err != nil {
		return err
	}
	d.refer(earlier)
	if len(d.duties) > 1 {
		c.List = listOfDuties(d.duties)
	}
	if d.in.Copies == nil && strings.HasPrefix(string(d.in.Kind), "warning") {
		c.Copies, err = d.usualCopies()
	}
	if c.Nature == "" && strings.HasPrefix(string(d.in.Kind), "warning") {
		c.Nature = letter.Important
	}
	return err
}

// wanted names what the duties ask for, and the year of it.
func (d *drafting) wanted() error {
	d.content.Wanted = inWords(d.in.Wanted)
	years, groups := map[int]bool{}, []string{}
	for _, o := range d.duties {
		if o.PeriodID != "" {
			p, err := d.tx.period(d.a.ID, o.PeriodID)
			if err != nil {
				return err
			}
			years[p.Year] = true
			d.content.Year = max(d.content.Year, p.Year)
		}
		if name := groupName(o.GroupCode); name != "" && !slices.Contains(groups, name) {
			groups = append(groups, name)
		}
	}
	if d.content.Year == 0 {
		d.content.Year = d.tx.today(d.a.Zone).Year()
	}
	if d.content.Wanted == "" && len(groups) > 0 {
		d.content.Wanted = "daftar nama " + strings.Join(groups, " dan ")
	}
	if d.content.Wanted == "" {
		return missing("wanted")
	}
	return nil
}

// groupName is a worker group as running text says it.
func groupName(code string) string {
	g, ok := worker.Find(code)
	if !ok || g.Name.ID == "" {
		return code
	}
	return strings.ToLower(g.Name.ID[:1]) + g.Name.ID[1:]
}

// refer names the letters that went before: all of them if they are few, else
// the newest, on whose list the others stand.
func (d *drafting) refer(earlier []models.Letter) {
	if len(earlier) == 0 {
		return
	}
	newest := earlier[len(earlier)-1]
	d.row.EarlierID = newest.ID
	if len(earlier) > few {
		earlier = earlier[len(earlier)-1:]
	}
	for _, l := range earlier {
		d.content.Earlier = append(d.content.Earlier, letter.Reference{Number: l.Number, Day: calendar.Day(l.OnDay), Subject: l.Subject})
	}
}

// few is how many earlier letters one sentence can name.
const few = 3

// lastLetters are the last letters of the course that were sent for some duties,
// each once, the oldest first.
func (tx *Tx) lastLetters(duties []LetterDutyView) ([]models.Letter, error) {
	if len(duties) == 0 {
		return nil, nil
	}
	ids := make([]string, len(duties))
	for i, o := range duties {
		ids[i] = o.ID
	}
	last, err := tx.lastLetterOf(ids)
	if err != nil {
		return nil, err
	}
	var out []models.Letter
	for _, l := range last {
		if !slices.ContainsFunc(out, func(o models.Letter) bool { return o.ID == l.ID }) {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, func(a, b models.Letter) int {
		return cmp.Or(cmp.Compare(a.OnDay, b.OnDay), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// usualCopies are those who hear of a warning: the head of the region, the
// inspectorate, and the camat of a village that is written to directly.
func (d *drafting) usualCopies() ([]string, error) {
	var posts []models.Post
	err := d.tx.db.Where("party_id = ? AND valid_to = '' AND (role = 'regent' OR unit_id IN (SELECT id FROM units WHERE party_id = ? AND name LIKE 'Inspektorat%'))",
		d.a.PemdaPartyID, d.a.PemdaPartyID).Order("unit_id, id").Find(&posts).Error
	if err != nil {
		return nil, wrap("copies", err)
	}
	out := []string{}
	for _, p := range posts {
		if p.Role == "regent" {
			out = append(out, p.Title+" (sebagai laporan)")
		} else {
			out = append(out, p.Title)
		}
	}
	if len(d.duties) == 1 && len(d.posts) == 1 && d.posts[0].SuperiorID != "" {
		var above models.Post
		if err := d.tx.db.Take(&above, "id = ?", d.posts[0].SuperiorID).Error; err != nil {
			return nil, wrap("copies", err)
		}
		if !slices.Contains(out, above.Title) && above.Role != "sekda" {
			out = append(out, above.Title)
		}
	}
	return out, nil
}

// label is how the register names the letter: its subject and to whom it goes,
// in posts, not in names of people.
func (d *drafting) label() error {
	d.row.Subject = subjectOf(d.content)
	d.row.Addressee = addresseeOf(d.posts)
	if len(d.posts) == 0 && len(d.duties) == 1 {
		d.row.Addressee = d.duties[0].UnitName
	}
	if err := tooLong("subject", d.row.Subject, longestSubject); err != nil {
		return err
	}
	return checkCopies(d.content.Copies)
}

// addresseeOf names to whom a letter goes.
func addresseeOf(posts []models.Post) string {
	switch n := len(posts); n {
	case 0:
		return ""
	case 1:
		return posts[0].Title
	default:
		return posts[0].Title + " dan " + itoa(int64(n-1)) + " lainnya"
	}
}

// longestSubject is how many characters the subject of a letter may have.
const longestSubject = 300

// subjectOf is the subject of a letter, or what its kind is called.
func subjectOf(l letter.Letter) string {
	text := letter.Texts(nil).For(l.Kind)
	if l.Text != nil {
		text = *l.Text
	}
	return cmp.Or(l.Subject, text.Subject, text.Title)
}

func checkCopies(copies []string) error {
	for _, c := range copies {
		if err := tooLong("copies", c, 200); err != nil {
			return err
		}
	}
	return nil
}
