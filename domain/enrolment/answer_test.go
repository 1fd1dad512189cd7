package enrolment_test

import (
	"testing"

	"payung/domain/enrolment"
)

func TestAnAnswerThatContradictsItselfIsRefused(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		answer enrolment.Answer
		want   string // code; "": it is taken
	}{
		"registered":                        {enrolment.Answer{State: enrolment.Registered}, ""},
		"registered with number":            {enrolment.Answer{State: enrolment.Registered, Card: "1501 2345-678", Employer: "20.000.001"}, ""},
		"an old number with letters":        {enrolment.Answer{State: enrolment.Registered, Card: "09nc0123456"}, ""},
		"rejected with a reason":            {enrolment.Answer{State: enrolment.Rejected, Reason: "nik_not_found"}, ""},
		"no answer":                         {enrolment.Answer{}, "unknown_answer_state"},
		"put back to waiting":               {enrolment.Answer{State: enrolment.Waiting}, "unknown_answer_state"},
		"rejected with a card":              {enrolment.Answer{State: enrolment.Rejected, Reason: "other", Card: "15012345678"}, "rejected_with_card"},
		"rejected for no reason":            {enrolment.Answer{State: enrolment.Rejected}, "unknown_rejection"},
		"registered for a reason":           {enrolment.Answer{State: enrolment.Registered, Reason: "other"}, "registered_with_reason"},
		"a number that lost its digits":     {enrolment.Answer{State: enrolment.Registered, Card: "1,50123E+10"}, "bad_card_number"},
		"a name where the number should be": {enrolment.Answer{State: enrolment.Registered, Card: "La Ode Contoh"}, "bad_card_number"},
		"an employer number of two digits":  {enrolment.Answer{State: enrolment.Registered, Employer: "20"}, "bad_employer_number"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := ""
			if f := tt.answer.Check(); f != nil {
				got = f.Code
			}
			if got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestNumbersAreTidied(t *testing.T) {
	t.Parallel()
	a := enrolment.Answer{State: enrolment.Registered, Card: " 1501.2345-678 ", Employer: "nn 2000/0001"}
	if f := a.Check(); f != nil || a.Card != "15012345678" || a.Employer != "NN20000001" {
		t.Errorf("%+v, %v", a, f)
	}
}

func TestReasonsAreKnownByWhatPeopleWrite(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"nik_not_found": "nik_not_found",
		"NIK tidak ditemukan di data kependudukan": "nik_not_found",
		"NIK TIDAK VALID (dukcapil)":               "nik_not_found",
		"Nama tidak sesuai KTP":                    "name_differs",
		"Tgl. lahir beda":                          "birth_differs",
		"Masih aktif di PT lain":                   "already_active",
		"TK sudah terdaftar":                       "already_active",
		"usia > 65":                                "too_old",
		"data belum lengkap":                       "incomplete",
		"ganda":                                    "twice",
		"upah di bawah UMP":                        "wage",
		"manager tidak di tempat":                  enrolment.Other,
		"":                                         enrolment.Other,
		"age":                                      "too_old",
		"garage":                                   enrolment.Other,
	} {
		if got := enrolment.ReadReason(said).Code; got != want {
			t.Errorf("%q is %s, want %s", said, got, want)
		}
	}
	all := enrolment.Reasons()
	if all[len(all)-1].Code != enrolment.Other {
		t.Error("what nobody understands comes last")
	}
	for _, r := range all {
		if r.Name.ID == "" || r.Name.EN == "" {
			t.Errorf("%s has no name in both languages", r.Code)
		}
		if found, ok := enrolment.FindReason(r.Code); !ok || found.Code != r.Code {
			t.Errorf("%s is not found", r.Code)
		}
	}
}
