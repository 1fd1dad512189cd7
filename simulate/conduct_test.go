package simulate

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
)

func TestHowUnitsBehaveIsReadFromShares(t *testing.T) {
	t.Parallel()
	got, err := ParseShares("ontime=45, late=25:30,silent=10")
	require.NoError(t, err)
	require.Equal(t, Shares{{Conduct{OnTime, 0}, 45}, {Conduct{Late, 30}, 25}, {Conduct{Silent, 0}, 10}}, got)
	for _, wrong := range []string{"ontime", "early=10", "ontime=x", "late=10:x", "late=10:-1", "ontime=60,late=50", "ontime=-1"} {
		_, err := ParseShares(wrong)
		require.Error(t, err, wrong)
	}
}

func TestHowSingleUnitsBehaveIsReadFromAFile(t *testing.T) {
	t.Parallel()
	got, err := ParseConducts(strings.NewReader("# village, conduct, days\nDesa 001,late,12\nDesa 002, silent\n"))
	require.NoError(t, err)
	require.Equal(t, map[string]Conduct{"Desa 001": {Late, 12}, "Desa 002": {Silent, 0}}, got)
	for _, wrong := range []string{"Desa 001", "Desa 001,early", "Desa 001,late,soon", "Desa 001,late,400"} {
		_, err := ParseConducts(strings.NewReader(wrong))
		require.Error(t, err, wrong)
	}
}

func TestAReportHasItsWordsInBothLanguages(t *testing.T) {
	t.Parallel()
	all, err := words()
	require.NoError(t, err)
	require.NotEmpty(t, all)
	for key, said := range all {
		for _, l := range []calendar.Lang{calendar.ID, calendar.EN} {
			require.NotEmpty(t, said[l], key)
		}
		require.Equal(t, strings.Count(said[calendar.ID], "%"), strings.Count(said[calendar.EN], "%"), key)
	}
	for _, k := range Kinds() {
		require.Contains(t, all, "conduct."+string(k))
	}
}

func TestWhatCannotBePlayedIsRefused(t *testing.T) {
	t.Parallel()
	day := func(d calendar.Day) (o Options) {
		return Options{Units: 1, Start: d}
	}
	for name, o := range map[string]Options{
		"no day":        day("2026-02-30"),
		"no unit":       {Start: "2026-01-05"},
		"no channel":    {Units: 1, Start: "2026-01-05", Channel: "fax"},
		"too long":      {Units: 1, Start: "2026-01-05", Months: 25},
		"unknown share": {Units: 1, Start: "2026-01-05", Shares: Shares{{Conduct{Kind: "early"}, 1}}},
	} {
		require.Error(t, o.fill(), name)
	}
}
