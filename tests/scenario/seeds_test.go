package scenario_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/nik"
)

// agreementOf finds a loaded agreement by its title.
func (s *server) agreementOf(title string) map[string]any {
	s.t.Helper()
	return s.get("/api/v1/agreements/" + one(s.t, s.all("/api/v1/agreements"), "title", title)["id"].(string))
}

// figure finds what a source reported about an agreement.
func (s *server) figure(agreementID, measure, group string) map[string]any {
	s.t.Helper()
	for _, f := range s.get("/api/v1/figures?agreement_id=" + agreementID)["items"].([]any) {
		f := f.(map[string]any)
		if f["measure"] == measure && (group == "" || f["group_code"] == group) {
			return f
		}
	}
	require.Fail(s.t, "no such figure", measure)
	return nil
}

func (s *server) items(path string) []map[string]any {
	s.t.Helper()
	var out []map[string]any
	for _, v := range s.get(path)["items"].([]any) {
		out = append(out, v.(map[string]any))
	}
	return out
}

func lineOf(tb testing.TB, a map[string]any, group string) map[string]any {
	tb.Helper()
	for _, l := range a["lines"].([]any) {
		if l := l.(map[string]any); l["group_code"] == group {
			return l
		}
	}
	require.Fail(tb, "no such line", group)
	return nil
}

// TestTheFiveSituations loads the demo into the real program and asks over HTTP
// for what the newspapers said.
func TestTheFiveSituations(t *testing.T) {
	t.Parallel()
	s := serve(t, dataFolder(t))
	s.Demo()
	require.Contains(t, s.page("/"), "DATA CONTOH")

	t.Run("Konawe Utara 2019: villages enrolled before the meeting", func(t *testing.T) {
		a := s.agreementOf("Jaminan sosial aparat desa dan non-ASN 2019–2020")
		id := a["id"].(string)
		meeting := s.items("/api/v1/agreements/" + id + "/meetings")[0]
		came := map[string]float64{}
		for _, c := range meeting["attendance"].([]any) {
			c := c.(map[string]any)
			came[c["kind"].(string)] = c["present"].(float64)
		}
		require.Equal(t, map[string]float64{"opd": 20, "desa": 159}, came)
		officials := s.figure(id, "people_registered", "village_officials")
		require.EqualValues(t, 1590, officials["value"])
		require.Equal(t, map[string]any{"on": "2019-01-01", "precision": "since"}, officials["on"])
		require.EqualValues(t, 85, s.figure(id, "villages_paid_year", "")["value"])
		require.EqualValues(t, 74, s.figure(id, "villages_in_process", "")["value"])
		require.Equal(t, "planned", lineOf(t, a, "non_asn")["state"])
		require.Equal(t, "2020", lineOf(t, a, "non_asn")["planned_for"])
		duties := s.all("/api/v1/obligations?agreement_id=" + id)
		require.Len(t, duties, 20, "twenty OPD are asked")
		for _, d := range duties {
			require.Empty(t, d["target_on"], "with no date yet")
			require.Equal(t, "open", d["state"])
		}
		var kinds []string
		for _, h := range s.items("/api/v1/agreements/" + id + "/happenings") {
			kinds = append(kinds, h["kind"].(string))
			if h["kind"] == "benefit_paid" {
				require.EqualValues(t, 24_000_000, h["amount"])
				require.Equal(t, map[string]any{"on": "2019-10-07", "precision": "before"}, h["event_on"])
				require.Equal(t, "74.09.01.2020", h["region_code"])
			}
		}
		require.ElementsMatch(t, []string{"cards_symbolic", "benefit_paid"}, kinds)
		page := s.page("/agreements/" + id + "?as_of=2019-10-07")
		for _, said := range []string{"53,46", "asar hukum belum tercatat", "sejak awal 2019", "Rp24.000.000", "sebelum 7 Oktober 2019"} {
			require.Contains(t, page, said)
		}
	})

	t.Run("Konawe Selatan 2021: the regulation before the meeting, cited twice", func(t *testing.T) {
		a := s.agreementOf("KSO non-ASN, aparat desa dan pekerja rentan 2021")
		id := a["id"].(string)
		var cited []string
		for _, b := range s.items("/api/v1/agreements/" + id + "/bases") {
			require.Less(t, b["from"].(string), "2021-10-27", "in force before the meeting")
			r := s.get("/api/v1/regulations/" + b["regulation_id"].(string))
			if c, ok := r["citations"].([]any); ok && r["kind"] == "perbup" && cited == nil {
				for _, c := range c {
					cited = append(cited, c.(map[string]any)["number"].(string))
				}
			}
		}
		require.Equal(t, []string{"24", "21"}, cited, "both kept")
		leads := lineOf(t, a, "non_asn")["lead_unit_ids"].([]any)
		require.Len(t, leads, 4)
		unknown := 0
		for _, l := range leads {
			if l == "" {
				unknown++
			}
		}
		require.Equal(t, 1, unknown, "four reported, three named")
		require.Equal(t, "bpjs", lineOf(t, a, "non_asn")["destination"])
		require.EqualValues(t, 47, s.figure(id, "villages_registered", "")["value"])
		require.EqualValues(t, 336, s.figure(id, "villages", "")["value"])
		require.EqualValues(t, 289, s.figure(id, "villages_not_registered", "")["value"])
		require.EqualValues(t, 3000, s.figure(id, "people", "non_asn")["value"])
		for _, d := range s.all("/api/v1/obligations?agreement_id=" + id) {
			require.Empty(t, d["target_on"], "as soon as possible is no date")
			require.Equal(t, "bpjs", d["destination"])
		}
		status, body := s.ask("POST", "/api/v1/calculators/benefit", map[string]any{"event": "death", "when": map[string]any{"on": "2021-10-27"}})
		require.Equal(t, 200, status, "%s", body)
		require.Contains(t, string(body), "42000000")
		page := s.page("/agreements/" + id + "?as_of=2021-10-27")
		require.Contains(t, page, "13,99")
		require.Contains(t, page, "tidak disebut namanya")
	})

	t.Run("Sulawesi Tenggara 2018: 7,431 people in seven bodies, eleven regions with nothing", func(t *testing.T) {
		a := s.agreementOf("Perlindungan pegawai non-ASN Provinsi 2018")
		total := s.figure(a["id"].(string), "people_protected_total", "")
		require.EqualValues(t, 7431, total["value"])
		sum := 0.0
		for _, code := range []string{"74.71", "74.06", "74.02", "74.05", "74.01", "74.11"} {
			sum += s.items("/api/v1/figures?subject_id=" + code)[0]["value"].(float64)
		}
		var names []string
		for _, f := range s.items("/api/v1/figures?agreement_id=" + a["id"].(string)) {
			if f["value"].(float64) == 977 {
				names = append(names, f["subject_name"].(string))
			}
		}
		require.ElementsMatch(t, []string{"Sekretariat Daerah (Setda) Provinsi", "Pemprov Sultra"}, names, "both wordings kept")
		require.EqualValues(t, 7431, sum+977)
		prospects := s.items("/api/v1/prospects?as_of=2018-10-04")
		require.Len(t, prospects, 11)
		for _, p := range prospects {
			require.Equal(t, "non_asn", p["group_code"])
		}
		require.Equal(t, "certificate", s.items("/api/v1/agreements/" + a["id"].(string) + "/happenings")[0]["kind"])
	})

	t.Run("Konawe Selatan 2023: two regulations side by side, three numbers", func(t *testing.T) {
		a := s.agreementOf("PKS aparat desa, BPD, non-ASN dan pekerja rentan 2023")
		id := a["id"].(string)
		numbers := map[string]bool{}
		for _, b := range s.items("/api/v1/agreements/" + id + "/bases") {
			r := s.get("/api/v1/regulations/" + b["regulation_id"].(string))
			if r["kind"] == "perbup" {
				numbers[r["number"].(string)] = true
				require.Empty(t, b["to"], "neither ends the other")
			}
		}
		require.Equal(t, map[string]bool{"24": true, "99": true}, numbers)
		rentan := lineOf(t, a, "vulnerable")
		require.EqualValues(t, 16_800, rentan["target_minimum"])
		require.EqualValues(t, 33_600, rentan["target_hope"])
		require.EqualValues(t, 3_386_880_000, rentan["budget_ceiling"])
		status, body := s.ask("POST", "/api/v1/calculators/contribution", map[string]any{
			"group_code": "vulnerable", "month": "2023-01", "wage": 1_000_000, "funding_source": "apbdes", "people": 16_800, "months": 12,
		})
		require.Equal(t, 200, status, "%s", body)
		require.Contains(t, string(body), "3386880000")
		require.Empty(t, s.all("/api/v1/obligations?agreement_id="+id), "a hope is no deadline, and no village is called late")
	})

	t.Run("Wakatobi 2022: signed, and nobody shown as protected", func(t *testing.T) {
		a := s.agreementOf("PKS optimalisasi jaminan sosial ketenagakerjaan 2022")
		id := a["id"].(string)
		meeting := s.items("/api/v1/agreements/" + id + "/meetings")[0]
		require.Equal(t, map[string]any{"on": "2022-03-01", "precision": "early"}, meeting["held_on"])
		witnesses := 0
		for _, sig := range s.items("/api/v1/agreements/" + id + "/signatures") {
			require.Equal(t, map[string]any{"on": "2022-03-21", "precision": "day"}, sig["signed_on"])
			if sig["witness"] == true {
				witnesses++
			}
		}
		require.Equal(t, 4, witnesses)
		require.EqualValues(t, 25_000, s.figure(id, "people_ready", "vulnerable")["value"])
		require.EqualValues(t, 3_000, s.figure(id, "people_ready", "non_asn")["value"])
		require.Equal(t, "planned", lineOf(t, a, "asn_korpri")["state"])
		page := s.page("/agreements/" + id + "?as_of=2022-03-21")
		require.Contains(t, page, "awal Maret 2022")
		require.Contains(t, page, "Tanda tangan bukan perlindungan")
	})

	t.Run("the live agreements have something ahead", func(t *testing.T) {
		live := 0
		for _, a := range s.all("/api/v1/agreements") {
			if a["historical"] == true {
				continue
			}
			live++
			plan := s.items("/api/v1/agreements/" + a["id"].(string) + "/plan?months=12")
			require.NotEmpty(t, plan, a["title"])
			process := s.get("/api/v1/agreements/" + a["id"].(string) + "/process")
			require.NotEmpty(t, process["next_at"], a["title"])
		}
		require.Equal(t, 3, live)
	})

	t.Run("no NIK is anywhere but encrypted", func(t *testing.T) {
		var whole []string
		var last string
		for _, a := range s.all("/api/v1/agreements") {
			for _, o := range s.all("/api/v1/obligations?kind=roster&agreement_id=" + a["id"].(string)) {
				for _, r := range s.items("/api/v1/obligations/" + o["id"].(string) + "/rosters") {
					for _, row := range s.items("/api/v1/rosters/" + r["id"].(string) + "/rows")[:10] {
						whole = append(whole, demoNIKs(t, row)...)
						last = row["person_id"].(string)
					}
				}
			}
		}
		require.Len(t, whole, 2*2*10, "two lists, and each NIK as a man's and as a woman's")
		shown := s.made("/persons/"+last+"/reveal", object{"purpose": "audit"})
		require.Contains(t, whole[len(whole)-2:], shown["nik"], "this is what is looked for")
		s.Stop()
		found, _ := finderOf(whole...).folder(t, s.data)
		require.Empty(t, found)
		require.Empty(t, finderOf(whole...).in([]byte(s.Log())))
	})
}

// demoNIKs makes a NIK of the demo whole again, from what is shown of it.
func demoNIKs(t *testing.T, row map[string]any) []string {
	t.Helper()
	shown := row["nik"].(string)
	serial, err := strconv.Atoi(shown[len(shown)-4:])
	require.NoError(t, err)
	born := calendar.Day(row["born"].(string))
	return []string{nik.Synthetic(101, born, false, serial).Reveal(), nik.Synthetic(101, born, true, serial).Reveal()}
}
