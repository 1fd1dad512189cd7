package web

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/ledger"
)

// form is what a visitor typed and what is wrong with it. A form that is shown
// again keeps what was typed.
type form struct {
	typed url.Values
	Wrong map[string]string // sentences by field
	All   string            // what is wrong with no field in particular
}

// begin is a form with values to start from, as name–value pairs.
func begin(pairs ...string) form {
	f := form{typed: url.Values{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.typed.Set(pairs[i], pairs[i+1])
	}
	return f
}

// Value is what was typed into a field.
func (f form) Value(name string) string { return f.typed.Get(name) }

// text is a field without the spaces around it.
func (f form) text(name string) string { return strings.TrimSpace(f.typed.Get(name)) }

// posted reads a form that was sent, up to a number of bytes.
func (v *visit) posted(limit int64) (form, error) {
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, limit)
	if err := v.r.ParseForm(); err != nil {
		return form{}, fault.New(fault.TooLarge, "form_unreadable", "this form cannot be read")
	}
	return form{typed: v.r.PostForm}, nil
}

// write runs one write of the ledger.
func (v *visit) write(fn func(*ledger.Tx) error) error {
	return v.ledger.Write(v.r.Context(), v.actor, fn)
}

// mendable are the kinds of faults a visitor can do something about in a form.
var mendable = []fault.Kind{fault.Invalid, fault.Conflict, fault.Refused, fault.Mismatch, fault.TooLarge, fault.Unsupported}

// refused puts a fault into the form it is about; an error that no form can mend
// comes back.
func (v *visit) refused(f *form, err error) error {
	found, ok := fault.Of(err)
	if !ok || !slices.Contains(mendable, found.Kind) {
		return err
	}
	said := v.sentence(found)
	if !f.typed.Has(found.Field) {
		f.All = said
		return nil
	}
	f.wrong(found.Field, said)
	return nil
}

func (f *form) wrong(field, said string) {
	if f.Wrong == nil {
		f.Wrong = map[string]string{}
	}
	f.Wrong[field] = said
}

// sentence says a fault in the visitor's language, with its days in words.
func (v *visit) sentence(f *fault.Fault) string {
	worded := *f
	worded.Params = maps.Clone(f.Params)
	for name, value := range worded.Params {
		if d := calendar.Day(value); d.Valid() {
			worded.Params[name] = d.Short(v.words.lang)
		}
	}
	return v.say(v.words.lang, &worded)
}

// done goes to a page after something was done, and says so there.
func (v *visit) done(path, what string) error {
	if what != "" {
		path += "?" + url.Values{"done": {what}}.Encode()
	}
	http.Redirect(v.w, v.r, path, http.StatusSeeOther)
	return nil
}

// told is what was just done, in words; "": nothing.
func (v *visit) told() string { return v.words.text["done."+v.r.URL.Query().Get("done")] }

// field is one field of a form as a template draws it.
type field struct {
	Name, Type, Value, Label, Hint, Wrong string
	Required                              bool
	Options                               []option
}

// option is one choice of a field.
type option struct {
	Code, Word string
	Chosen     bool
}

// ask describes a field. Its label is the message "field." with its name, its
// hint "hint." with its name where there is one. A type with a star is needed.
func (w words) ask(f form, name, kind string, codes ...string) (field, error) {
	return w.askAs(name, f, name, kind, codes...)
}

// askAs describes a field whose messages have another key than its name.
func (w words) askAs(key string, f form, name, kind string, codes ...string) (field, error) {
	kind, required := strings.CutSuffix(kind, "*")
	out := field{Name: name, Type: kind, Value: f.Value(name), Wrong: f.Wrong[name], Required: required, Hint: w.text["hint."+key]}
	var err error
	if out.Label, err = w.say("field." + key); err != nil {
		return out, err
	}
	for _, c := range codes {
		o := option{Code: c, Chosen: out.Value == c}
		if o.Word, err = w.say("choice." + key + "." + c); err != nil {
			return out, err
		}
		out.Options = append(out.Options, o)
	}
	return out, nil
}

// asked is a field under the label and hint of another message.
func (w words) asked(key string, f field) (field, error) {
	var err error
	f.Label, err = w.say("field." + key)
	f.Hint = w.text["hint."+key]
	return f, err
}
