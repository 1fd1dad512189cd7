package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/rupiah"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

func TestRule34_CoverageIsComputedFromItsPartsAndTheReportedShareIsKeptApart(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := open(t, url)
		var report models.Source
		b.write(func(tx *ledger.Tx) (err error) {
			report, err = tx.CreateSource(ledger.SourceInput{Kind: "article", Title: "Cakupan Jamsostek Bali", RegionCode: "51"})
			if err != nil {
				return err
			}
			for _, f := range []ledger.FigureInput{
				{Measure: "people_protected", Value: 935_079, Definition: "peserta aktif BPJS Ketenagakerjaan"},
				{Measure: "people_employed", Value: 1_873_899, Definition: "penduduk yang bekerja: penyebut cakupan"},
				{Measure: "coverage_reported", Value: 5_088, Definition: "cakupan menurut laporan, dalam seperseratus persen"},
			} {
				f.SubjectKind, f.SubjectID, f.SubjectName, f.SourceID = "region", "51", "Bali", report.ID
				f.On = calendar.When{On: "2025-01-01", Precision: calendar.Yearly}
				if _, err := tx.RecordFigure(f); err != nil {
					return err
				}
			}
			return nil
		})
		figures := map[string]models.Figure{}
		b.read(func(tx *ledger.Tx) error {
			for _, f := range must(tx.Figures(ledger.FigureFilter{SubjectID: "51"})) {
				require.NotEmpty(t, f.Definition)
				require.Equal(t, report.ID, f.SourceID)
				figures[f.Measure] = f
			}
			return nil
		})
		require.Len(t, figures, 3)
		covered, employed, reported := figures["people_protected"], figures["people_employed"], figures["coverage_reported"]
		require.Equal(t, "penduduk yang bekerja: penyebut cakupan", employed.Definition)
		require.Equal(t, "49,90%", rupiah.Percent(covered.Value, employed.Value, calendar.ID))
		require.Equal(t, "50,88%", rupiah.Percent(reported.Value, 10_000, calendar.ID), "what was reported is not corrected")

		// A share without what it is a share of is refused.
		err := b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
			_, err := tx.RecordFigure(ledger.FigureInput{
				SubjectKind: "region", SubjectID: "51", Measure: "coverage_reported", Value: 5_088, On: calendar.On("2025-12-31"), SourceID: report.ID,
			})
			return err
		})
		require.Equal(t, "definition", mustFault(t, err).Params["field"])
	})
}
