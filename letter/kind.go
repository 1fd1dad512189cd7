package letter

import "slices"

// Kind is a sort of letter. Each has its own text and needs its own facts.
type Kind string

// The kinds, by the names offices use.
const (
	Invitation    Kind = "invitation"     // undangan rapat KSO
	Attendance    Kind = "attendance"     // daftar hadir
	Minutes       Kind = "minutes"        // notulen
	Record        Kind = "record"         // berita acara
	DataRequest   Kind = "data_request"   // surat permintaan data
	SecondRequest Kind = "second_request" // surat permintaan data ke-2
	FirstWarning  Kind = "warning_1"      // surat teguran I
	SecondWarning Kind = "warning_2"      // surat teguran II
	ThirdWarning  Kind = "warning_3"      // surat teguran III
	DueNotice     Kind = "due_notice"     // pemberitahuan jatuh tempo iuran
	Receipt       Kind = "receipt"        // tanda terima data
	Statement     Kind = "statement"      // surat pernyataan tanggung jawab mutlak (SPTJM)
	Recap         Kind = "recap"          // rekapitulasi
	Cover         Kind = "cover"          // surat pengantar data
)

// Kinds are all kinds in the order an office meets them.
func Kinds() []Kind {
	return []Kind{
		Invitation, Attendance, Minutes, Record, DataRequest, SecondRequest,
		FirstWarning, SecondWarning, ThirdWarning, DueNotice, Receipt, Statement, Recap, Cover,
	}
}

// Known reports whether the kind is one of [Kinds].
func (k Kind) Known() bool { return slices.Contains(Kinds(), k) }

// Addressed reports whether letters of the kind go to somebody: they have an
// address, a nature, a subject and copies. The others are sheets under a title.
func (k Kind) Addressed() bool {
	switch k {
	case Invitation, DataRequest, SecondRequest, FirstWarning, SecondWarning, ThirdWarning, DueNotice, Cover:
		return true
	}
	return false
}

// Nature is how fast and how openly a letter travels (sifat).
type Nature string

// The natures.
const (
	Ordinary     Nature = "biasa"
	Important    Nature = "penting"
	Urgent       Nature = "segera"
	VeryUrgent   Nature = "sangat segera"
	Confidential Nature = "rahasia"
)

// Natures are all natures, the calmest first.
func Natures() []Nature { return []Nature{Ordinary, Important, Urgent, VeryUrgent, Confidential} }
