// Package jobs does what nobody waits for: asking carriers, tidying up, reporting.
package jobs

import (
	"log"
	"os"
	"sync"
	"time"

	"example.com/parcels/internal/carrier"
	"example.com/parcels/internal/notify"
	"example.com/parcels/internal/store"
)

// Job is one thing to do.
type Job struct {
	Parcel  string
	Gateway string
}

// Runner does jobs one by one.
type Runner struct {
	store    *store.Store
	carriers *carrier.Client
	notifier *notify.Notifier

	jobs chan Job
	quit chan struct{}
	wg   sync.WaitGroup

	mu      sync.Mutex
	changed *sync.Cond
	waiting int
}

// New returns a runner that has to be started.
func New(parcels *store.Store, carriers *carrier.Client, notifier *notify.Notifier) *Runner {
	r := &Runner{
		store:    parcels,
		carriers: carriers,
		notifier: notifier,
		jobs:     make(chan Job, 64),
		quit:     make(chan struct{}),
	}
	r.changed = sync.NewCond(&r.mu)
	return r
}

// Start sets the workers to work.
func (r *Runner) Start() {
	for range 4 {
		go func() {
			r.wg.Add(1) // want "GLC106 .*before the go statement"
			defer r.wg.Done()
			r.work()
		}()
	}
	go r.collect()
	go func() { // want "GLC103 .*runs until"
		for {
			r.tidy()
			time.Sleep(time.Hour)
		}
	}()
}

// Stop ends the workers and waits for them.
func (r *Runner) Stop() {
	close(r.quit)
	r.wg.Wait()
}

// work takes jobs until the runner is stopped.
func (r *Runner) work() {
	for {
		select {
		case job := <-r.jobs:
			r.do(job)
		case <-r.quit:
			return
		case <-time.After(time.Minute): // want "GLC401 time.After in a loop"
			log.Print("jobs: nothing to do")
		}
	}
}

// do asks for a parcel.
func (r *Runner) do(job Job) {
	defer r.done()
	report, err := r.carriers.Patiently(job.Parcel, job.Gateway)
	if err != nil {
		log.Print(err)
		return
	}
	log.Print(job.Parcel, report.Status)
}

// done counts a job off.
func (r *Runner) done() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.waiting--
	r.changed.Broadcast()
}

// Add queues a job.
func (r *Runner) Add(job Job) {
	r.mu.Lock()
	r.waiting++
	r.mu.Unlock()
	r.jobs <- job
}

// Settle waits until all jobs are done.
func (r *Runner) Settle() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.waiting > 0 {
		r.changed.Wait() // want "GLC511 .*for r.waiting > 0"
	}
}

// collect counts jobs for the log.
func (r *Runner) collect() {
	ticker := time.NewTicker(time.Minute) // want "GLC402 this ticker"
	for {
		select {
		case <-r.quit:
			return
		case <-ticker.C:
			log.Print("jobs: ", len(r.jobs))
		}
	}
}

// Drain does what is left in the queue.
func (r *Runner) Drain() {
	for {
		select {
		case job := <-r.jobs:
			r.do(job)
		case <-r.quit:
			return
		default: // want "GLC204 .*keeps a core busy"
		}
	}
}

// Await blocks until no job is left.
func (r *Runner) Await() {
	for !r.idle() {
		time.Sleep(100 * time.Millisecond) // want "GLC404"
	}
}

// idle says whether nothing waits.
func (r *Runner) idle() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.waiting == 0
}

// tidy removes what old reports left behind.
func (r *Runner) tidy() {
	defer time.Sleep(time.Second) // want "GLC803 .*time.Sleep"
	Concat(os.Stdout, []string{"imported", "exported"})
}

// Concat writes reports into one file; one that cannot be read is left out.
func Concat(out *os.File, reports []string) {
	for _, name := range reports {
		report, err := os.ReadFile(name)
		if err != nil {
			log.Print(err)
			continue
		}
		if _, err := out.Write(report); err != nil {
			log.Print(err)
		}
	}
}

// Import does the jobs of a file; a job that panics ends the import.
func (r *Runner) Import(jobs []Job) {
	defer recover() // want "GLC805"
	for _, job := range jobs {
		if job.Parcel == "" {
			panic("jobs: no parcel")
		}
		r.do(job)
	}
}

// Export writes a report beside the caller's work.
func (r *Runner) Export(name string, done chan<- struct{}) {
	defer func() {
		if reason := recover(); reason != nil {
			log.Print(reason)
		}
	}()
	go func() { // want "GLC806"
		defer close(done)
		if name == "" {
			panic("jobs: a report without a name")
		}
		if err := os.WriteFile(name, []byte("ok\n"), 0o600); err != nil {
			log.Print(err)
		}
	}()
}

// Cancel ends a job that others may have ended.
func Cancel(done chan struct{}, failed bool) {
	if failed {
		log.Print("jobs: cancelled after a failure")
		close(done)
	}
	close(done) // want "GLC206 this second close"
}

// Gate opens when the first job has come.
func Gate(jobs <-chan Job) {
	var opened chan struct{}
	go func() {
		<-jobs
		close(opened) // want "GLC207"
	}()
	<-opened // want "GLC207 opened is nil here"
}
