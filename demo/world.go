package demo

import (
	"fmt"
	"time"

	"payung/api"
	"payung/domain/calendar"
	"payung/domain/region"
)

// world is what the situations share: parties that appear in several of them.
type world struct {
	client      *client
	now         time.Time // when the ledger was marked as sample: the live part counts from there
	today       calendar.Day
	parties     map[string]api.Party
	offices     map[string]office
	agreements  int
	regulations map[string]api.Regulation
}

// office is a local government with its posts and units.
type office struct {
	party    api.Party
	regent   api.Post
	sekda    api.Post
	opd      []api.Unit
	villages []api.Unit
}

func on(day string) api.Date { return api.Date{On: day} }

func about(day string, p calendar.Precision) api.Date { return api.Date{On: day, Precision: string(p)} }

// branch is a BPJS office, made once.
func (w *world) branch(name, regionCode string) (api.Party, error) {
	if p, ok := w.parties[name]; ok {
		return p, nil
	}
	p, err := post[api.Party](w.client, "/parties", api.PartyInput{Kind: "bpjs", Name: name, RegionCode: regionCode})
	w.parties[name] = p
	return p, err
}

func (w *world) kendari() (api.Party, error) {
	return w.branch("BPJS Ketenagakerjaan Cabang Kendari", "74.71")
}

// pemda is a kabupaten with regent, Sekda, some OPD and all its villages, made
// once.
func (w *world) pemda(regionCode string, opd int) (office, error) {
	if o, ok := w.offices[regionCode]; ok {
		return o, nil
	}
	r, _ := region.Find(regionCode)
	o, err := w.staff(api.PartyInput{Kind: "pemda", Name: "Pemerintah " + r.FullName(), ShortName: r.Name, RegionCode: regionCode}, "Bupati")
	if err != nil {
		return o, err
	}
	path := "/parties/" + o.party.ID + "/units"
	made, err := post[api.List[api.Unit]](w.client, path, api.UnitsInput{Units: offices(opd, o.sekda.ID)})
	if err != nil {
		return o, err
	}
	o.opd = made.Items
	made, err = post[api.List[api.Unit]](w.client, path+"/from-region", api.RegionUnitsInput{RegionCode: regionCode, ReportsTo: o.sekda.ID})
	if err != nil {
		return o, err
	}
	for _, u := range made.Items {
		if u.Kind == "desa" {
			o.villages = append(o.villages, u)
		}
	}
	if w.offices == nil {
		w.offices = map[string]office{}
	}
	w.offices[regionCode] = o
	return o, nil
}

// staff makes a government with the two posts at its top.
func (w *world) staff(in api.PartyInput, head string) (o office, err error) {
	if o.party, err = post[api.Party](w.client, "/parties", in); err != nil {
		return o, err
	}
	path := "/parties/" + o.party.ID + "/posts"
	if o.regent, err = post[api.Post](w.client, path, api.PostInput{Title: head, Role: "regent"}); err != nil {
		return o, err
	}
	o.sekda, err = post[api.Post](w.client, path, api.PostInput{Title: "Sekretaris Daerah", Role: "sekda", SuperiorID: o.regent.ID})
	return o, err
}

// names of offices every kabupaten has in some form.
var names = []struct{ name, role string }{
	{"Badan Kepegawaian dan Pengembangan SDM", "personnel_lead"},
	{"Dinas Pemberdayaan Masyarakat dan Desa", "village_lead"},
	{"Dinas Tenaga Kerja dan Transmigrasi", "labour_lead"},
	{"Badan Pengelola Keuangan dan Aset Daerah", "finance"},
	{"Bagian Hukum Sekretariat Daerah", "legal"},
	{"Dinas Kesehatan", ""},
	{"Dinas Pendidikan dan Kebudayaan", ""},
	{"Dinas Pekerjaan Umum dan Penataan Ruang", ""},
	{"Dinas Sosial", ""},
	{"Dinas Pertanian", ""},
	{"Dinas Perikanan", ""},
	{"Dinas Perhubungan", ""},
	{"Dinas Lingkungan Hidup", ""},
	{"Dinas Komunikasi dan Informatika", ""},
	{"Dinas Kependudukan dan Pencatatan Sipil", ""},
	{"Dinas Perpustakaan dan Kearsipan", ""},
	{"Dinas Pariwisata", ""},
	{"Badan Perencanaan Pembangunan Daerah", ""},
	{"Satuan Polisi Pamong Praja", ""},
	{"Inspektorat Daerah", ""},
}

func offices(n int, sekda string) []api.UnitInput {
	units := make([]api.UnitInput, n)
	for i := range units {
		units[i] = api.UnitInput{Kind: "opd", Role: names[i].role, Name: names[i].name, HeadTitle: "Kepala " + names[i].name, ReportsTo: sekda}
	}
	return units
}

// source records a newspaper article.
func (w *world) source(in api.SourceInput) (api.Source, error) {
	in.Kind = "news"
	return post[api.Source](w.client, "/sources", in)
}

// agree records an agreement.
func (w *world) agree(in api.AgreementInput) (api.AgreementDetail, error) {
	w.agreements++
	return post[api.AgreementDetail](w.client, "/agreements", in)
}

// report records figures of one source about one agreement.
func (w *world) report(agreementID, sourceID string, figures ...api.FigureInput) error {
	for _, f := range figures {
		f.AgreementID, f.SourceID = agreementID, sourceID
		if f.SubjectID == "" {
			f.SubjectKind, f.SubjectID = "agreement", agreementID
		}
		if _, err := post[api.Figure](w.client, "/figures", f); err != nil {
			return err
		}
	}
	return nil
}

// happen records an event of an agreement.
func (w *world) happen(agreementID, sourceID string, in api.HappeningInput) error {
	in.SourceID = sourceID
	_, err := post[api.Happening](w.client, "/agreements/"+agreementID+"/happenings", in)
	return err
}

// decide takes a decision and wants it carried out.
func (w *world) decide(agreementID, kind string, in any) (api.Decision, error) {
	d, err := post[api.Decision](w.client, "/agreements/"+agreementID+"/decisions/"+kind, in)
	if err == nil && d.State != "confirmed" {
		err = fmt.Errorf("%s is %s", kind, d.State)
	}
	return d, err
}

func ids(units []api.Unit) []string {
	out := make([]string, len(units))
	for i, u := range units {
		out[i] = u.ID
	}
	return out
}
