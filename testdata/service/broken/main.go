// Command parcels answers where a parcel is, and tells those who asked to be told.
package main

import (
	"bufio"
	"context"
	"flag"
	"log"
	"net/http"
	_ "net/http/pprof"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"example.com/parcels/internal/api"
	"example.com/parcels/internal/archive"
	"example.com/parcels/internal/cache"
	"example.com/parcels/internal/carrier"
	"example.com/parcels/internal/discovery"
	"example.com/parcels/internal/jobs"
	"example.com/parcels/internal/limits"
	"example.com/parcels/internal/notify"
	"example.com/parcels/internal/store"
)

const grace = 15 * time.Second

func main() {
	addr := flag.String("addr", ":8080", "where to serve")
	profiler := flag.String("profiler", ":6060", "where to serve profiles")
	dsn := flag.String("dsn", "postgres://parcels@db/parcels", "the database")
	registry := flag.String("registry", "etcd:2379", "where carriers are registered")
	flag.Parse()

	logs := bufio.NewWriter(os.Stderr)
	defer logs.Flush() // want "GLC804 .*logs.Flush"
	log.SetOutput(logs)

	runtime.GOMAXPROCS(4) // want "GLC909 .*fixed to 4"

	parcels, err := store.Open(*dsn)
	if err != nil {
		log.Fatal(err)
	}
	history, err := archive.Open(*dsn + "_archive")
	if err != nil {
		log.Fatal(err)
	}
	carriers, err := discovery.Connect(*registry)
	if err != nil {
		log.Fatal(err)
	}
	defer carriers.Close()

	ctx, cancel := context.WithCancel(context.Background())
	go carriers.Follow(ctx)

	client := carrier.New(carriers)
	recent := cache.New(parcels)
	notifier := notify.New(parcels)
	runner := jobs.New(parcels, client, notifier)
	runner.Start()

	go func() {
		debug := &http.Server{ // want "GLC906"
			Addr:              *profiler,
			ReadHeaderTimeout: 5 * time.Second,
			IdleTimeout:       time.Minute,
		}
		log.Print(debug.ListenAndServe())
	}()

	server := &http.Server{ // want "GLC604 .*no ReadHeaderTimeout"
		Addr:    *addr,
		Handler: api.New(parcels, recent, client, limits.New(), notifier, history, *dsn+"_labels"),
	}

	stop := make(chan os.Signal)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM) // want "GLC208"
	go func() {
		<-stop
		cancel()
		runner.Stop()
		ending, end := context.WithTimeout(context.Background(), grace)
		defer end()
		if err := server.Shutdown(ending); err != nil {
			log.Print(err)
		}
	}()

	if err := server.ListenAndServe(); err != http.ErrServerClosed {
		log.Fatal(err)
	}
}
