package simulate

import (
	"fmt"

	"payung/channel"
	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/ledger"
	"payung/models"
)

// town is the local government of a play: villages under their kecamatan, every
// camat under the DPMD, that under the Sekda and the Regent. All of it is made
// up, and so are the addresses.
type town struct {
	pemda, bpjs models.Party
	sekda       models.Post
	villages    []models.Unit
	heads       map[string]models.Post // by unit
	agreement   models.Agreement
	line        models.Line
}

// perKecamatan is how many villages a kecamatan has.
const perKecamatan = 14

// settleTown writes a signed agreement with its regulation.
func (p *play) settleTown() error {
	return p.write(func(tx *ledger.Tx) error {
		for _, step := range []func(*ledger.Tx) error{p.parties, p.units, p.holders, p.channels, p.sign} {
			if err := step(tx); err != nil {
				return err
			}
		}
		return nil
	})
}

func (p *play) parties(tx *ledger.Tx) (err error) {
	t := &p.town
	if t.pemda, err = tx.CreateParty(ledger.PartyInput{Kind: "pemda", Name: "Kabupaten Contoh", RegionCode: "74.05"}); err != nil {
		return err
	}
	if t.bpjs, err = tx.CreateParty(ledger.PartyInput{Kind: "bpjs", Name: "BPJS Ketenagakerjaan Contoh", RegionCode: "74.71"}); err != nil {
		return err
	}
	regent, err := tx.CreatePost(t.pemda.ID, ledger.PostInput{Title: "Bupati Contoh", Role: "regent"})
	if err != nil {
		return err
	}
	if t.sekda, err = tx.CreatePost(t.pemda.ID, ledger.PostInput{Title: "Sekretaris Daerah", Role: "sekda", SuperiorID: regent.ID}); err != nil {
		return err
	}
	_, err = tx.CreatePost(t.bpjs.ID, ledger.PostInput{Title: "Kepala Kantor Cabang Contoh", Role: "branch_head"})
	return err
}

func (p *play) units(tx *ledger.Tx) error {
	t := &p.town
	dpmd, err := tx.CreateUnits(t.pemda.ID, []ledger.UnitInput{
		{Kind: "opd", Role: "village_lead", Name: "Dinas Pemberdayaan Masyarakat dan Desa", HeadTitle: "Kepala DPMD", ReportsTo: t.sekda.ID},
	})
	if err != nil {
		return err
	}
	heads, err := p.posts(tx)
	if err != nil {
		return err
	}
	var above []ledger.UnitInput
	for i := range (p.o.Units + perKecamatan - 1) / perKecamatan {
		above = append(above, ledger.UnitInput{
			Kind: "kecamatan", Name: fmt.Sprintf("Kecamatan %02d", i+1), HeadTitle: fmt.Sprintf("Camat %02d", i+1), ReportsTo: heads[dpmd[0].ID].ID,
		})
	}
	kecamatan, err := tx.CreateUnits(t.pemda.ID, above)
	if err != nil {
		return err
	}
	below := make([]ledger.UnitInput, p.o.Units)
	for i := range below {
		below[i] = ledger.UnitInput{
			Kind: "desa", Name: fmt.Sprintf("Desa %03d", i+1), HeadTitle: fmt.Sprintf("Kepala Desa %03d", i+1), ParentUnitID: kecamatan[i/perKecamatan].ID,
		}
	}
	if t.villages, err = tx.CreateUnits(t.pemda.ID, below); err != nil {
		return err
	}
	t.heads, err = p.posts(tx)
	return err
}

// posts are the posts of the local government, by unit.
func (p *play) posts(tx *ledger.Tx) (map[string]models.Post, error) {
	posts, err := tx.Posts(p.town.pemda.ID, ledger.Page{Size: 10_000})
	out := make(map[string]models.Post, len(posts))
	for _, post := range posts {
		out[post.UnitID] = post
	}
	return out, err
}

// holders puts somebody into every post. Heads of villages are reached by the
// channel that was asked for, all others by e-mail.
func (p *play) holders(tx *ledger.Tx) error {
	from := string(p.o.Start.Add(-365))
	for _, party := range []models.Party{p.town.pemda, p.town.bpjs} {
		posts, err := tx.Posts(party.ID, ledger.Page{Size: 10_000})
		if err != nil {
			return err
		}
		for i, post := range posts {
			in := ledger.HolderInput{Name: "Pemegang " + post.Title, Email: fmt.Sprintf("jabatan%d@%s.example", i+1, party.Kind), ValidFrom: from}
			if p.village(post) && p.o.Channel != channel.Email {
				in.Email, in.Phone = "", fmt.Sprintf("0800%08d", i+1) // nobody has such a number
			}
			h, err := tx.AssignHolder(post.ID, in)
			if err != nil {
				return err
			}
			if in.Phone == "" || p.o.Channel != channel.WhatsApp {
				continue
			}
			if _, err := tx.SetPreference(h.ID, ledger.PreferenceInput{OptedInOn: from, OptedInHow: "simulasi"}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *play) village(post models.Post) bool {
	for _, v := range p.town.villages {
		if v.ID == post.UnitID {
			return true
		}
	}
	return false
}

// channels switches on what the play records.
func (p *play) channels(tx *ledger.Tx) error {
	for _, party := range []string{p.town.pemda.ID, p.town.bpjs.ID} {
		for _, kind := range []string{channel.Email, channel.WhatsApp} {
			if _, err := tx.SaveChannel(party, ledger.ChannelInput{Kind: kind, Enabled: true, Settings: map[string]string{}}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *play) sign(tx *ledger.Tx) error {
	t := &p.town
	var err error
	t.agreement, err = tx.CreateAgreement(ledger.AgreementInput{
		Title: "PKS Contoh", PemdaPartyID: t.pemda.ID, BPJSPartyID: t.bpjs.ID, Zone: string(zone), Ladder: &p.o.Ladder,
		Lines: []ledger.LineInput{{GroupCode: "village_officials", FundingSource: "apbdes", Wage: 2_351_870}},
	})
	if err != nil {
		return err
	}
	lines, err := tx.Lines(t.agreement.ID)
	if err != nil {
		return err
	}
	t.line = lines[0]
	perbup, err := tx.CreateRegulation(ledger.RegulationInput{
		Kind: "perbup", Number: "24", Year: p.o.Start.Year() - 1, Title: "Jaminan sosial ketenagakerjaan", Issuer: "Bupati Contoh", RegionCode: "74.05",
	})
	if err != nil {
		return err
	}
	before := p.o.Start.Add(-366)
	if err := tx.RecordBasis(t.agreement.ID, ledger.BasisInput{RegulationID: perbup.ID, From: calendar.On(before)}); err != nil {
		return err
	}
	return tx.RecordSigning(t.agreement.ID, ledger.SigningInput{On: calendar.On(p.o.Start), Signatures: []ledger.SignatureInput{
		{PartyID: t.pemda.ID, PostTitle: "Bupati"}, {PartyID: t.bpjs.ID, PostTitle: "Kepala Cabang"},
	}})
}

// openYear asks for the lists of a year, by the workflow, and then for those of
// the next.
func (p *play) openYear(n int) error {
	request := fmt.Sprintf("year-%d", n)
	err := p.write(func(tx *ledger.Tx) error {
		return tx.Propose(ledger.Proposal{RequestID: request, AgreementID: p.town.agreement.ID, Kind: agreement.OpenYear, Hash: []byte(request), Payload: ledger.YearInput{
			LineID: p.town.line.ID, Year: p.o.Start.Year() + n, KindOfUnit: "desa", TargetOn: string(p.out.Due[n]),
		}})
	})
	if err != nil {
		return err
	}
	p.decide(agreement.OpenYear, request, func() error {
		if n+1 < len(p.out.Due) {
			return p.openYear(n + 1)
		}
		return p.opened()
	})
	return nil
}
