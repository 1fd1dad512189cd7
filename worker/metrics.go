package worker

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"payung/ledger"
)

// Metrics registers what operators watch: the process, and the state of the
// work as the ledger sees it when asked.
func Metrics(r prometheus.Registerer, l *ledger.Ledger) {
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), &backlog{l})
}

var (
	waiting = prometheus.NewDesc("payung_backlog", "rows that a loop has not dealt with yet", []string{"loop"}, nil)
	overdue = prometheus.NewDesc("payung_alarms_overdue", "agreements and batches whose alarm should have rung two minutes ago", nil, nil)
	letters = prometheus.NewDesc("payung_messages", "messages by channel and what has become of them", []string{"channel", "state"}, nil)
	oldest  = prometheus.NewDesc("payung_messages_oldest_waiting_seconds", "how long the oldest message that is due has waited to be sent, by channel", []string{"channel"}, nil)
	unsent  = prometheus.NewDesc("payung_notices_waiting", "reminders and news that are in no message yet", nil, nil)
	aside   = prometheus.NewDesc("payung_obligations_set_aside", "obligations set aside because their step failed", nil, nil)
)

// backlog asks the ledger at each scrape.
type backlog struct{ ledger *ledger.Ledger }

// Describe lists the metrics.
func (b *backlog) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{waiting, overdue, aside, letters, oldest, unsent} {
		ch <- d
	}
}

// Collect reads them; a ledger that does not answer gives none.
func (b *backlog) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	n, err := b.ledger.Backlog(ctx)
	if err != nil {
		return
	}
	gauge := func(d *prometheus.Desc, v int64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(v), labels...)
	}
	gauge(waiting, n.Outbox, "relay")
	gauge(waiting, n.Deltas, "fold")
	gauge(waiting, n.Unsealed, "seal")
	gauge(waiting, n.Pending, "decisions")
	gauge(overdue, n.Overdue)
	gauge(aside, n.SetAside)
	posted, err := b.ledger.MessageCounts(ctx)
	if err != nil {
		return
	}
	gauge(unsent, posted.Unbundled)
	for _, c := range posted.States {
		gauge(letters, c.N, c.Channel, c.State)
	}
	for _, c := range posted.Oldest {
		gauge(oldest, c.Seconds, c.Channel)
	}
}
