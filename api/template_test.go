package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/internal/testdb"
)

func TestATemplateIsFilledAndComesBack(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		_, duties := k.year()
		duty := duties[k.villages[0]]
		first := k.sent(http.StatusCreated, "/obligations/"+duty+"/uploads", "a.csv", villageList("A", 1, 2))
		k.post("/imports/"+first.text("id")+"/accept", O{})

		sheet := k.call("GET", "/api/v1/obligations/"+duty+"/template.xlsx", nil, nil)
		require.Equal(t, http.StatusOK, sheet.Status, sheet.Raw)
		require.Equal(t, `attachment; filename="Daftar Desa 1 2027.xlsx"`, sheet.Header.Get("Content-Disposition"))
		book, err := excelize.OpenReader(strings.NewReader(sheet.Raw))
		require.NoError(t, err)
		rows, err := book.GetRows("Daftar")
		require.NoError(t, err)
		require.Equal(t, []string{"************0001", "Pekerja AA"}, rows[4][2:4])

		sent := k.sent(http.StatusCreated, "/parties/"+k.pemda+"/uploads", "dari templat.xlsx", []byte(sheet.Raw))
		require.Equal(t, []any{duty, true, []any{"identity"}}, []any{sent.get("proposals", 0, "obligation_id"), sent.get("proposals", 0, "sure"), sent.get("proposals", 0, "reasons")})
		i := k.post("/uploads/"+sent.text("id")+"/imports", O{"obligation_id": duty})
		require.Equal(t, []any{true, "ready", 2.0}, []any{i.get("template"), i.get("state"), i.get("comparison", "same")}, i.Raw)
		other := k.post("/uploads/"+sent.text("id")+"/imports", O{"obligation_id": duties[k.villages[1]]})
		require.Equal(t, []any{"refused", "other_unit"}, []any{other.get("state"), other.get("problem")})
		require.Equal(t, "Berkas ini milik OPD atau desa lain.", other.text("detail"))
		require.NotEmpty(t, other.text("cure"))
		k.call("GET", "/api/v1/obligations/none/template.xlsx", nil, nil).isProblem(http.StatusNotFound, "not_found")
		k.call("GET", "/api/v1/obligations/"+duty+"/template.xlsx", nil, headers{"X-Test-Actor": "unit 74.05 " + k.villages[1]}).isProblem(http.StatusNotFound, "not_found")
	})
}
