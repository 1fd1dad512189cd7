package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"

	"payung/api"
	"payung/internal/testdb"
	"payung/ledger"
)

func TestTheCommittedDocumentIsTheOneServed(t *testing.T) {
	t.Parallel()
	committed, err := os.ReadFile("openapi.json")
	require.NoError(t, err)
	require.Equal(t, string(committed), string(api.OpenAPI()), "run go generate ./api")
	doc, err := openapi3.NewLoader().LoadFromData(committed)
	require.NoError(t, err)
	require.NoError(t, doc.Validate(t.Context()))
}

func TestEveryRouteIsDescribedAndHasAPolicy(t *testing.T) {
	t.Parallel()
	doc, err := openapi3.NewLoader().LoadFromData(api.OpenAPI())
	require.NoError(t, err)
	described := map[string]any{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			described[method+" "+path] = op.Extensions["x-payung-policy"]
		}
	}
	param := regexp.MustCompile(`:([a-z_]+)`)
	for _, r := range api.New(api.Options{}).Routes() {
		name := r.Method + " " + param.ReplaceAllString(r.Path, "{$1}")
		require.Contains(t, described, name)
		require.Contains(t, []any{"public", "read", "write", "decide", "admin"}, described[name], name)
		delete(described, name)
	}
	require.Empty(t, described, "described and not served")
}

func TestWhoCannotBeIdentifiedReachesOnlyWhatIsPublic(t *testing.T) {
	t.Parallel()
	doc, err := openapi3.NewLoader().LoadFromData(api.OpenAPI())
	require.NoError(t, err)
	e := api.New(api.Options{Log: slog.New(slog.DiscardHandler), Actor: func(*http.Request) (ledger.Actor, error) { return ledger.Actor{}, errors.New("nobody") }})
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			if op.Extensions["x-payung-policy"] == "public" {
				continue
			}
			w := httptest.NewRecorder()
			e.ServeHTTP(w, httptest.NewRequest(method, path, strings.NewReader("{}")))
			require.Equal(t, http.StatusInternalServerError, w.Code, "%s %s", method, path)
		}
	}
}

func TestReadinessAsksLedgerAndEngine(t *testing.T) {
	t.Parallel()
	h := open(t, testdb.SQLite(t))
	away := true
	e := api.New(api.Options{Ledger: h.ledger, Log: slog.New(slog.DiscardHandler), EngineReady: func(context.Context) error {
		if away {
			return errors.New("connection refused")
		}
		return nil
	}})
	get := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		e.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w
	}
	require.Equal(t, http.StatusOK, get("/healthz").Code)
	refused := get("/readyz")
	require.Equal(t, http.StatusServiceUnavailable, refused.Code)
	require.Contains(t, refused.Body.String(), "not_ready")
	require.NotContains(t, refused.Body.String(), "connection refused")
	away = false
	require.Equal(t, http.StatusOK, get("/readyz").Code)
}

// usedCodes finds every code of a fault in the sources of package trees: the
// second argument of fault.New, written out or a constant.
func usedCodes(t *testing.T, roots ...string) map[string]string {
	t.Helper()
	constants, used := map[string]string{}, map[string]string{}
	type call struct {
		pkg string
		*ast.CallExpr
	}
	var calls []call
	files := token.NewFileSet()
	parse := func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				for i, name := range n.Names {
					if i < len(n.Values) {
						if lit, ok := n.Values[i].(*ast.BasicLit); ok && lit.Kind == token.STRING {
							constants[file.Name.Name+"."+name.Name], _ = strconv.Unquote(lit.Value)
						}
					}
				}
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "New" && len(n.Args) > 2 {
					if pkg, ok := f.X.(*ast.Ident); ok && pkg.Name == "fault" {
						calls = append(calls, call{file.Name.Name, n})
					}
				}
			}
			return true
		})
		return nil
	}
	for _, root := range roots {
		require.NoError(t, filepath.WalkDir(root, parse))
	}
	for _, c := range calls {
		where := files.Position(c.Pos()).String()
		switch arg := c.Args[1].(type) {
		case *ast.BasicLit:
			code, _ := strconv.Unquote(arg.Value)
			used[code] = where
		case *ast.Ident:
			used[constants[c.pkg+"."+arg.Name]] = where
		case *ast.SelectorExpr:
			used[constants[arg.X.(*ast.Ident).Name+"."+arg.Sel.Name]] = where
		}
	}
	delete(used, "") // a parameter of a function; its callers name constants of the table below
	return used
}

func TestEveryCodeHasASentence(t *testing.T) {
	t.Parallel()
	said := map[string]map[string]string{}
	for _, lang := range []string{"id", "en"} {
		raw, err := os.ReadFile("messages_" + lang + ".json")
		require.NoError(t, err)
		said[lang] = map[string]string{}
		sentences := said[lang]
		require.NoError(t, json.Unmarshal(raw, &sentences))
	}
	used := usedCodes(t, ".", "../ledger", "../domain", "../workflows", "../activities", "../upload", "../intake", "../delivery", "../channel", "../sheet", "../grid", "../paper", "../letter", "../logo")
	require.Greater(t, len(used), 60)
	for code, where := range used {
		require.NotEmpty(t, said["id"][code], "%s at %s has no sentence", code, where)
	}
	// What comes without an English sentence of its own: reasons of decisions,
	// findings about NIKs and persons, what is wrong with a field.
	for _, code := range []string{
		"signature", "line", "basis_for_group", "units", "signatory", "deadline", "open_obligation", "period", "later_date", "line_not_planned",
		"missing", "scientific", "too_short", "too_long", "separated", "letter_for_digit", "not_digits", "all_zeros", "no_such_day", "no_such_month",
		"no_such_serial", "implausible_year", "birth_unknown", "registered_before_birth", "too_young", "too_old", "group_not_in_use",
		"group_being_phased_out", ledger.ListedElsewhere, "bad_date", "bad_amount", "unknown_field", "required", "not_a_date", "bad_format", "wrong_type", "unknown_value",
		"out_of_range", "too_short_text", "too_long_text", "wrong_count", "repeated", "invalid_value",
		// What is known of a file is a code: why it is not read, or waits.
		"archive_file", "damaged_file", "empty_file", "encrypted_file", "file_has_too_many_rows", "file_too_slow", "file_unfolds_too_large", "file_with_dtd",
		"file_with_macros", "old_excel", "pdf_file", "picture_file", "slides_file", "unknown_file", "word_file", "no_rows", "bad_mapping",
		"hold_bad", "hold_empty", "hold_refuse", ledger.AlikeElsewhere, "repeated_person",
	} {
		require.NotEmpty(t, said["id"][code], code)
		require.NotEmpty(t, said["en"][code], code)
	}
	for _, code := range []string{
		"import_accepted", "import_dropped", "import_held", "import_reading", "import_ready", "import_refused",
		"reply_needs_excel", "reply_refused", "reply_thanks", "reply_whose",
		"unknown_segment", "unknown_programme", "unknown_risk", "unknown_payer", "unknown_sector", "unknown_rounding",
	} {
		require.NotEmpty(t, said["id"][code], code)
	}
}
