// Package jobs does what nobody waits for: asking carriers, tidying up, reporting.
package jobs

import (
	"context"
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
		r.wg.Add(1)
		go func() {
			defer r.wg.Done()
			r.work()
		}()
	}
	go r.collect()
	go func() {
		ticker := time.NewTicker(time.Hour)
		defer ticker.Stop()
		for {
			r.tidy()
			select {
			case <-r.quit:
				return
			case <-ticker.C:
			}
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
	timer := time.NewTimer(time.Minute)
	defer timer.Stop()
	for {
		timer.Reset(time.Minute)
		select {
		case job := <-r.jobs:
			r.do(job)
		case <-r.quit:
			return
		case <-timer.C:
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
	for r.waiting > 0 {
		r.changed.Wait()
	}
}

// collect counts jobs for the log.
func (r *Runner) collect() {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
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
		}
	}
}

// Await blocks until no job is left, or ctx is done.
func (r *Runner) Await(ctx context.Context) error {
	ticker := time.NewTicker(100 * time.Millisecond)
	defer ticker.Stop()
	for !r.idle() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
	}
	return nil
}

// idle says whether nothing waits.
func (r *Runner) idle() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.waiting == 0
}

// tidy removes what old reports left behind.
func (r *Runner) tidy() {
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
	defer func() { _ = recover() }()
	for _, job := range jobs {
		if job.Parcel == "" {
			panic("jobs: no parcel")
		}
		r.do(job)
	}
}

// Export writes a report beside the caller's work.
func (r *Runner) Export(name string, done chan<- struct{}) {
	go func() {
		defer close(done)
		if name == "" {
			log.Print("jobs: a report without a name")
			return
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
	}
	close(done)
}

// Gate opens when the first job has come.
func Gate(jobs <-chan Job) {
	opened := make(chan struct{})
	go func() {
		<-jobs
		close(opened)
	}()
	<-opened
}
