package letter_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/fault"
	"payung/letter"
	"payung/paper"
)

func TestALetterThatDoesNotSayEverythingIsRefusedWithAllThatIsMissing(t *testing.T) {
	t.Parallel()
	err := letter.Check(letter.Letter{Kind: letter.FirstWarning, Head: office(t)})
	f, ok := fault.Of(err)
	require.True(t, ok)
	require.Equal(t, "letter_incomplete", f.Code)
	var missing []string
	for _, r := range f.Reasons {
		missing = append(missing, strings.TrimPrefix(r.Code, "letter_needs_"))
	}
	require.Equal(t, []string{"agreement", "earlier", "as_of", "wanted", "year", "deadline", "to", "signatory"}, missing)

	for kind, missing := range map[letter.Kind]string{
		letter.Invitation: "meeting", letter.Attendance: "meeting", letter.Minutes: "meeting", letter.Record: "meeting_room",
		letter.DueNotice: "due", letter.Receipt: "received", letter.Recap: "list", letter.Cover: "list",
	} {
		l := sample(t, kind)
		l.Meeting, l.Due, l.Received, l.List = nil, nil, nil, nil
		f, ok := fault.Of(letter.Check(l))
		require.True(t, ok, kind)
		require.Contains(t, f.Reasons, fault.Reason{Code: "letter_needs_" + missing}, kind)
		require.Error(t, letter.PDF(&bytes.Buffer{}, l))
		require.Error(t, letter.DOCX(&bytes.Buffer{}, l))
	}
}

func TestEveryFactThatMayBeMissingHasASentence(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"id", "en"} {
		raw, err := os.ReadFile("../api/messages_" + lang + ".json")
		require.NoError(t, err)
		sentences := map[string]string{}
		require.NoError(t, json.Unmarshal(raw, &sentences))
		for _, name := range append(letter.Placeholders(), "to", "signatory", "meeting", "due", "received", "list") {
			require.NotEmpty(t, sentences["letter_needs_"+name], "%s in %s", name, lang)
		}
	}
}

func TestATextOfThePemdaReplacesTheBuiltInOne(t *testing.T) {
	t.Parallel()
	own := letter.Texts{letter.DataRequest: {
		Subject: "Permohonan **{wanted}**", Body: []string{"Kami mohon {wanted} **paling lambat {deadline}**."}, Closing: []string{"Terima kasih."},
	}}
	l := sample(t, letter.DataRequest)
	text := own.For(l.Kind)
	l.Text = &text
	l.Wanted = "data {deadline} **asli**" // what is filled in is not read again
	said := strings.Join(strings.Fields(pagesOf(t, pdf(t, l))[0]), " ")
	require.Contains(t, said, "Hal : Permohonan data {deadline} **asli**")
	require.Contains(t, said, "Kami mohon data {deadline} **asli** paling lambat Jumat, 27 November 2026 pukul 16.00 WITA.")
	require.Equal(t, "Teguran I", own.For(letter.FirstWarning).Subject)
}

func TestATextWithAMistakeIsRefused(t *testing.T) {
	t.Parallel()
	for text, code := range map[string]string{
		"Sampai {dedline}.":        "letter_text_placeholder",
		"Sampai {deadline.":        "letter_text_brace",
		"Sampai deadline}.":        "letter_text_brace",
		"Sampai {a {deadline}}.":   "letter_text_brace",
		"Sampai {}.":               "letter_text_placeholder",
		"Sampai **besok.":          "letter_text_bold",
		strings.Repeat("x", 4001):  "letter_text_too_long",
		"Sampai **{deadline}** ya": "",
	} {
		err := letter.Text{Body: []string{text}}.Check()
		if code == "" {
			require.NoError(t, err)
			continue
		}
		require.True(t, fault.Is(err, code), "%q: %v", text, err)
	}
	require.True(t, fault.Is(letter.Text{Subject: "Hal {subject}"}.Check(), "letter_text_placeholder"))
	for _, kind := range letter.Kinds() {
		require.NoError(t, letter.Texts(nil).For(kind).Check(), kind)
	}
}

func TestWhatNoOfficeWouldPrintIsRefused(t *testing.T) {
	t.Parallel()
	for code, change := range map[string]func(*letter.Letter){
		"letter_kind":         func(l *letter.Letter) { l.Kind = "love" },
		"letter_too_long":     func(l *letter.Letter) { l.To = camats(1001) },
		"letter_amount":       func(l *letter.Letter) { l.Due = &letter.Due{JKK: math.MaxInt64, JKM: 1} },
		"letter_verification": func(l *letter.Letter) { l.Verify.URL = "javascript:alert(1)" },
		"letterhead_lines":    func(l *letter.Letter) { l.Head.Names = nil },
		"letterhead_paper":    func(l *letter.Letter) { l.Head.Size = paper.Size{Width: 1, Height: 1} },
		"letterhead_margins":  func(l *letter.Letter) { l.Head.Margins = paper.Margins{Top: 20, Right: 100, Bottom: 20, Left: 20} },
		"letterhead_type":     func(l *letter.Letter) { l.Head.Points = 72 },
		"picture_unreadable":  func(l *letter.Letter) { l.Head.Logo = []byte("<svg/>") },
		"letter_list": func(l *letter.Letter) {
			l.List = villages(10, 2)
			l.List.Columns[0].Width = 400
		},
	} {
		l := sample(t, letter.DataRequest)
		change(&l)
		require.True(t, fault.Is(letter.Check(l), code), "%s: %v", code, letter.Check(l))
		require.True(t, fault.Is(letter.PDF(&bytes.Buffer{}, l), code))
		require.True(t, fault.Is(letter.DOCX(&bytes.Buffer{}, l), code))
	}
}

// Names come from files of strangers.
func TestAnyTextIsPrintedInsideThePage(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"very long":   strings.Repeat("Muhammad", 60),
		"many words":  strings.Repeat("bin Abdullah ", 60),
		"controls":    "a\x00b\u202ec\r\nd\te",
		"from right":  "محمد بن عبد الله",
		"pictures":    "🙂👩🏽‍🌾 selesai",
		"markup":      "<w:p/>{deadline}**&amp;",
		"broken UTF8": "\xff\xfe\xfd",
		"blank":       "   ",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, kind := range []letter.Kind{letter.FirstWarning, letter.Record, letter.Attendance} {
				l := sample(t, kind)
				l.Number, l.Place, l.Subject, l.Wanted, l.Agreement = text, text, text+"x", text+"x", text+"x"
				l.To = []letter.Addressee{{Title: text, Place: text}}
				l.Copies = []string{text}
				l.Signatory = letter.Signatory{OnBehalf: text, Acting: text, Title: text, Under: text, Name: text + "x", Rank: text, NIP: text, Office: text}
				l.Head.Names, l.Head.Address = []string{text, text}, []string{text}
				l.People = []letter.Person{{Name: text, Title: text, Unit: text}}
				l.List = villages(300, 7)
				for i := range l.List.Groups {
					l.List.Groups[i].Title, l.List.Groups[i].Rows[0][0] = text, text
				}
				d, err := letter.Draw(l)
				require.NoError(t, err)
				require.NoError(t, d.PDF(&bytes.Buffer{}))
				if kind == letter.FirstWarning {
					require.NoError(t, d.PNG(&bytes.Buffer{}, 1, paper.Raster{MaxBytes: 1 << 20}))
				}
				require.NotEmpty(t, docx(t, l))
			}
		})
	}
}

// FuzzText looks for templates that pass the check and still leave a brace, or
// panic.
func FuzzText(f *testing.F) {
	for _, kind := range letter.Kinds() {
		for _, text := range letter.Texts(nil).For(kind).Body {
			f.Add(text)
		}
	}
	f.Add("{**}")
	f.Add("{{}}**{deadline}")
	l := sample(f, letter.DataRequest)
	l.Head.Logo = nil
	f.Fuzz(func(t *testing.T, body string) {
		text, l := letter.Text{Subject: "Hal", Body: []string{body}}, l
		l.Text = &text
		if text.Check() != nil {
			require.Error(t, letter.Check(l))
			return
		}
		if letter.Check(l) == nil {
			require.NoError(t, letter.DOCX(&bytes.Buffer{}, l))
			require.NoError(t, letter.PDF(&bytes.Buffer{}, l), fmt.Sprintf("%q", body))
		}
	})
}
