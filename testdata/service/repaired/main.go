// Command parcels answers where a parcel is, and tells those who asked to be told.
package main

import (
	"bufio"
	"context"
	"database/sql"
	"flag"
	"log"
	"net/http"
	_ "net/http/pprof"
	"os"
	"os/signal"
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
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	addr := flag.String("addr", ":8080", "where to serve")
	profiler := flag.String("profiler", "localhost:6060", "where to serve profiles")
	dsn := flag.String("dsn", "postgres://parcels@db/parcels", "the database")
	registry := flag.String("registry", "etcd:2379", "where carriers are registered")
	flag.Parse()

	logs := bufio.NewWriter(os.Stderr)
	defer logs.Flush()
	log.SetOutput(logs)

	parcels, err := store.Open(*dsn)
	if err != nil {
		return err
	}
	history, err := archive.Open(*dsn + "_archive")
	if err != nil {
		return err
	}
	carriers, err := discovery.Connect(*registry)
	if err != nil {
		return err
	}
	defer carriers.Close()

	labels, err := sql.Open("postgres", *dsn+"_labels")
	if err != nil {
		return err
	}
	defer labels.Close()
	labels.SetMaxOpenConns(8)
	labels.SetMaxIdleConns(8)
	labels.SetConnMaxLifetime(5 * time.Minute)

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go carriers.Follow(ctx)

	client := carrier.New(carriers)
	recent := cache.New(parcels)
	notifier := notify.New(parcels)
	runner := jobs.New(parcels, client, notifier)
	runner.Start()

	go func() {
		debug := &http.Server{
			Addr:              *profiler,
			ReadHeaderTimeout: 5 * time.Second,
			IdleTimeout:       time.Minute,
		}
		log.Print(debug.ListenAndServe())
	}()

	server := &http.Server{
		Addr:              *addr,
		Handler:           api.New(parcels, recent, client, limits.New(), notifier, history, labels),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
	}

	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
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
		return err
	}
	<-ended // the requests that were under way
	return nil
}
