package ledger

import (
	"encoding/json"

	"payung/models"
	"payung/notice"
	"payung/weekly"
)

// NewsWeekly is the kind of news that says that a week's page is there.
const NewsWeekly = "weekly"

// newsOfWeek is the key of the news of a week, which is told once.
func newsOfWeek(agreementID, week string) string { return NewsWeekly + "/" + agreementID + "/" + week }

// tellWeekly tells the Sekda that the page of a week is there. The first time it
// opens the link to it, where pages are reached from outside; one that was
// revoked is not opened again.
func (tx *Tx) tellWeekly(a models.Agreement, v WeeklyView) error {
	rule, err := tx.weeklyRule(a)
	if err != nil || rule.Silent {
		return err
	}
	sekda, err := tx.tellingSender(a.PemdaPartyID, "")
	if err != nil || sekda.ID == "" {
		return err
	}
	if tx.l.public != "" {
		var links int64
		if err := tx.db.Model(&models.WeeklyLink{}).Where("agreement_id = ?", a.ID).Count(&links).Error; err != nil {
			return wrap("weekly links", err)
		}
		if links == 0 {
			if _, err := tx.makeLink(a); err != nil {
				return err
			}
		}
	}
	values := map[string]string{"agreement": a.Title, "week": v.WeekOn, "decisions": itoa(int64(min(len(v.Facts.Matters), weekly.MostMatters)))}
	if n, known := v.Facts.Unprotected(); known {
		values["n"] = itoa(n)
	}
	raw, err := json.Marshal(values)
	if err != nil {
		return wrap("news of a week", err)
	}
	return tx.tell(models.News{
		PostID: sekda.ID, AgreementID: a.ID, Kind: NewsWeekly, SubjectKind: "agreement", SubjectID: a.ID, Values: string(raw),
		Key: newsOfWeek(a.ID, v.WeekOn),
	})
}

// withWeekly gives news of a week the address at which anybody reads the page.
// Alone in a message it is the message's link; among other things it stands in
// its own sentence.
func (tx *Tx) withWeekly(l notice.Letter, agreements []string) error {
	for n := range l.Items {
		i := &l.Items[n]
		if i.News != NewsWeekly {
			continue
		}
		k, err := tx.openLink(agreements[n])
		if err != nil {
			return err
		}
		if k.ID == "" || tx.l.public == "" {
			continue
		}
		i.Path = weeklyPath + tx.secretOf(k.ID)
		if len(l.Items) > 1 && i.Values != nil {
			i.News, i.Values["link"] = NewsWeekly+"_link", tx.l.public+i.Path
		}
	}
	return nil
}
