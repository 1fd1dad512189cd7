package match

import "slices"

// acronyms are what offices of local governments are called everywhere (PP
// 18/2016 names the tasks; how each region puts them together differs, so an
// acronym stands for the words they share).
var acronyms = map[string][]string{
	"bkpsdm": {"badan", "kepegawaian", "pengembangan", "sumber", "daya", "manusia"}, "bkd": {"badan", "kepegawaian", "daerah"}, "bkppd": {"badan", "kepegawaian", "pendidikan", "pelatihan", "daerah"},
	"dpmd": {"dinas", "pemberdayaan", "masyarakat", "desa"}, "pmd": {"pemberdayaan", "masyarakat", "desa"},
	"dinkes": {"dinas", "kesehatan"}, "dikes": {"dinas", "kesehatan"}, "dinsos": {"dinas", "sosial"}, "dishub": {"dinas", "perhubungan"},
	"disdik": {"dinas", "pendidikan"}, "dikbud": {"pendidikan", "kebudayaan"}, "disdikbud": {"dinas", "pendidikan", "kebudayaan"}, "diknas": {"dinas", "pendidikan"},
	"disnaker": {"dinas", "tenaga", "kerja"}, "disnakertrans": {"dinas", "tenaga", "kerja", "transmigrasi"}, "nakertrans": {"tenaga", "kerja", "transmigrasi"},
	"diskominfo": {"dinas", "komunikasi", "informatika"}, "kominfo": {"komunikasi", "informatika"},
	"disdukcapil": {"dinas", "kependudukan", "pencatatan", "sipil"}, "dukcapil": {"kependudukan", "pencatatan", "sipil"}, "capil": {"pencatatan", "sipil"},
	"pupr": {"pekerjaan", "umum", "penataan", "ruang"}, "pu": {"pekerjaan", "umum"}, "dlh": {"dinas", "lingkungan", "hidup"}, "lh": {"lingkungan", "hidup"},
	"bpkad": {"badan", "pengelolaan", "keuangan", "aset", "daerah"}, "bkad": {"badan", "keuangan", "aset", "daerah"}, "bapenda": {"badan", "pendapatan", "daerah"}, "dispenda": {"dinas", "pendapatan", "daerah"},
	"bappeda": {"badan", "perencanaan", "pembangunan", "daerah"}, "bappelitbangda": {"badan", "perencanaan", "pembangunan", "penelitian", "pengembangan", "daerah"},
	"bpbd": {"badan", "penanggulangan", "bencana", "daerah"}, "kesbangpol": {"kesatuan", "bangsa", "politik"}, "kesbang": {"kesatuan", "bangsa"},
	"satpol": {"satuan", "polisi", "pamong", "praja"}, "polpp": {"satuan", "polisi", "pamong", "praja"}, "damkar": {"pemadam", "kebakaran"},
	"setda": {"sekretariat", "daerah"}, "setwan": {"sekretariat", "dprd"}, "sekwan": {"sekretariat", "dprd"}, "dprd": {"dprd"},
	"dpmptsp": {"dinas", "penanaman", "modal", "pelayanan", "terpadu", "satu", "pintu"}, "ptsp": {"pelayanan", "terpadu", "satu", "pintu"},
	"dppkb": {"dinas", "pengendalian", "penduduk", "keluarga", "berencana"}, "kb": {"keluarga", "berencana"}, "dp3a": {"dinas", "pemberdayaan", "perempuan", "perlindungan", "anak"},
	"dkp": {"dinas", "kelautan", "perikanan"}, "distan": {"dinas", "pertanian"}, "disbun": {"dinas", "perkebunan"}, "disnak": {"dinas", "peternakan"},
	"dispar": {"dinas", "pariwisata"}, "dispora": {"dinas", "pemuda", "olahraga"}, "disperindag": {"dinas", "perindustrian", "perdagangan"}, "disperin": {"dinas", "perindustrian"},
	"diskop": {"dinas", "koperasi"}, "rsud": {"rumah", "sakit", "umum", "daerah"}, "rs": {"rumah", "sakit"}, "uptd": {"upt"}, "pkm": {"puskesmas"},
	"dinpus": {"dinas", "perpustakaan"}, "dispusip": {"dinas", "perpustakaan", "kearsipan"}, "bag": {"bagian"}, "kec": {"kecamatan"}, "kel": {"kelurahan"}, "din": {"dinas"}, "bdn": {"badan"}, "sekt": {"sekretariat"},
}

// fillers are words that tell no office from another.
var fillers = []string{"dan", "the", "pp", "kantor", "serta", "pada", "lingkup"}

// spellOut writes the acronyms of an office out and drops filler words.
func spellOut(words []string) []string {
	var out []string
	for _, w := range words {
		full, ok := acronyms[w]
		if !ok {
			full = []string{w}
		}
		for _, f := range full {
			if !slices.Contains(fillers, f) {
				out = append(out, f)
			}
		}
	}
	if len(out) == 0 {
		return words
	}
	return out
}

// sameWord is how alike two words of offices have to be to count as one.
const sameWord = 0.8

// offices compares two offices by the words they share. What sort of office it
// is (dinas, badan) counts a quarter of what it is for.
func offices(q, c *form) float64 {
	if slices.Equal(q.words, c.words) {
		return 1
	}
	both := shared(q.words, c.words) + shared(c.words, q.words)
	all := weigh(q.words) + weigh(c.words)
	if all == 0 {
		return 0
	}
	s := both / all
	if q.number != c.number {
		s -= otherCount
	}
	return min(s, 0.99)
}

// shared weighs the words of one office that another has too.
func shared(of, in []string) float64 {
	sum := 0.0
	for _, w := range of {
		best := 0.0
		for _, other := range in {
			if w == other {
				best = 1
				break
			}
			if a := wordsAlike(w, other); a >= sameWord {
				best = max(best, a)
			}
		}
		sum += best * weight(w)
	}
	return sum
}

func weigh(words []string) float64 {
	sum := 0.0
	for _, w := range words {
		sum += weight(w)
	}
	return sum
}

func weight(word string) float64 {
	switch word {
	case "dinas", "badan", "daerah", "bagian", "sekretariat", "satuan", "kecamatan", "kelurahan":
		return 0.25
	}
	return 1
}
