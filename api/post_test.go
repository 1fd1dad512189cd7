package api_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
)

// headPost is the post of a unit's head.
func (k *kabupaten) headPost(unit string) string {
	k.t.Helper()
	for _, p := range k.read("/parties/" + k.pemda + "/posts").list("items") {
		if post := p.(map[string]any); post["unit_id"] == unit && post["role"] == "head" {
			return post["id"].(string)
		}
	}
	k.t.Fatalf("unit %s has no head", unit)
	return ""
}

func TestWhoIsToldForAPost(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		_, duties := k.year()
		village := k.headPost(k.villages[0])
		at := "/posts/" + village
		up := k.read(at + "/addressee")
		require.Equal(t, []string{"superior", k.sekda, "Siti Contoh", "plt"}, []string{up.text("via"), up.text("via_post_id"), up.text("name"), up.text("capacity")})
		require.Equal(t, false, up.get("reachable"))

		held := k.post(at+"/holders", O{"name": "Budi", "phone": "0811", "valid_from": "2026-01-01"}).text("id")
		require.Equal(t, "holder", k.read(at+"/addressee").text("via"))
		said := k.post("/holders/"+held+"/preference", O{"channels": []string{"whatsapp", "inbox"}, "opted_in_on": "2026-11-20", "opted_in_how": "balasan YA"})
		require.Equal(t, []any{"whatsapp", "inbox"}, said.list("channels"))
		require.Equal(t, []any{"whatsapp"}, k.post("/holders/"+held+"/stop", O{"channel": "whatsapp"}).list("stopped"))
		require.Equal(t, []any{"inbox"}, k.read(at+"/addressee").list("channels"))
		require.Empty(t, k.read("/holders/"+held+"/preference").get("opted_in_on"))
		k.refused(unprocessable, "cannot_be_stopped", "/holders/"+held+"/preference", O{"stopped": []string{"inbox"}}, nil)

		owes := k.read(at + "/duties").list("items")
		require.Len(t, owes, 1)
		require.Equal(t, duties[k.villages[0]], owes[0].(map[string]any)["obligation_id"])
		note := k.read("/holders/" + held + "/handover")
		require.Equal(t, []string{"2026-11-23", "Budi"}, []string{note.text("on"), note.text("from", "name")})
		require.Len(t, note.list("duties"), 1)

		which := func(w string) int {
			return len(k.read("/parties/" + k.pemda + "/post-states?which=" + w).list("items"))
		}
		require.Equal(t, []int{5, 3, 4}, []int{which("all"), which("vacant"), which("unheard")})
		require.Equal(t, "2026-11-23", k.post("/holders/"+held+"/vacate", O{"last_day": "2026-11-23"}).text("valid_to"))
	})
}

func TestPostsAreLinedUpAtOnce(t *testing.T) {
	t.Parallel()
	k := settle(t, testdb.SQLite(t))
	regent := k.post("/parties/"+k.pemda+"/posts", O{"title": "Bupati", "role": "regent"}).text("id")
	plan := k.read("/parties/" + k.pemda + "/superiors?guess=true")
	require.Equal(t, "Bupati", plan.text("changes", 0, "to"))
	done := k.post("/parties/"+k.pemda+"/superiors", O{"regent_post_id": regent, "sekda_post_id": k.sekda})
	require.Len(t, done.list("changes"), 1)
	require.Equal(t, regent, k.read("/posts/"+k.sekda).text("superior_id"))
	bent := k.refused(unprocessable, "post_above_itself", "/posts/"+regent, O{"title": "Bupati", "superior_id": k.sekda}, nil)
	require.Equal(t, "body.superior_id", bent.text("errors", 0, "location"))
	village := k.headPost(k.villages[0])
	require.Equal(t, regent, k.post("/posts/"+village, O{"title": "Kades", "superior_id": regent}).text("superior_id"))
}

func TestAGroupIsToldThroughTheAPI(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		year, duties := k.year()
		kit := k.read("/agreements/" + k.agreement + "/telling?year_id=" + year)
		require.EqualValues(t, 1, kit.get("texts"))
		require.Equal(t, k.camat, kit.text("desks", 0, "desk"))
		words := kit.text("desks", 0, "texts", 0, "text")
		require.Contains(t, words, "1. Desa 1\n2. Desa 2\n3. Desa 3\n")
		body := O{"year_id": year, "desk": k.camat, "group_name": "Kades", "text": words, "obligation_ids": kit.list("desks", 0, "texts", 0, "obligation_ids")}
		first := k.at("/tellings", body)
		again := k.at("/tellings", body)
		require.Equal(t, first.text("id"), again.text("id"))
		require.Equal(t, true, again.get("again"))
		for _, duty := range duties {
			require.NotEmpty(t, k.read("/obligations/"+duty).text("noticed_at"))
			require.Equal(t, "Kades", k.read("/obligations/"+duty+"/tellings").text("items", 0, "group_name"))
		}
		k.refused(http.StatusNotFound, "not_found", "/agreements/"+k.agreement+"/tellings", O{"year_id": "x", "desk": k.camat, "group_name": "K", "text": "t", "obligation_ids": []string{"x"}}, nil)
		picture := k.call("GET", "/api/v1/agreements/"+k.agreement+"/telling/"+k.camat+"/picture.png?year_id="+year, nil, nil)
		require.Equal(t, http.StatusOK, picture.Status)
		require.Equal(t, "image/png", picture.Header.Get("Content-Type"))
	})
}
