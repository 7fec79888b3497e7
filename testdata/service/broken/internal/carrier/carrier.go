// Package carrier asks those who carry the parcels.
package carrier

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"example.com/parcels/internal/discovery"
	"golang.org/x/sync/errgroup"
)

var (
	errUnknown = errors.New("carrier: unknown")
	errSlow    = errors.New("carrier: no answer in time")
)

const patience = 3 * time.Second

// Report is what a carrier says of a parcel.
type Report struct {
	Status string `json:"status"`
	Place  string `json:"place"`
}

// Client speaks to the gateways of all carriers.
type Client struct {
	gateways *discovery.Carriers
	http     *http.Client
}

// New returns a client with connections of its own.
func New(gateways *discovery.Carriers) *Client {
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment} // want "GLC601 .*MaxIdleConnsPerHost"
	return &Client{gateways: gateways, http: &http.Client{Transport: transport, Timeout: time.Minute}}
}

// Ask reads the report of one gateway.
func (c *Client) Ask(ctx context.Context, gateway, parcel string) (Report, error) {
	req, err := http.NewRequest(http.MethodGet, gateway+"/parcels/"+parcel, nil) // want "GLC307"
	if err != nil {
		return Report{}, err
	}
	resp, err := c.http.Do(req) // want "GLC605 .*not closed on a path"
	if err != nil {
		return Report{}, err
	}
	if resp.StatusCode == http.StatusNotFound {
		return Report{}, errUnknown
	}
	defer resp.Body.Close()
	var report Report
	err = json.NewDecoder(resp.Body).Decode(&report)
	return report, err
}

// Patiently is Ask with a limit on how long it takes.
func (c *Client) Patiently(parcel, gateway string) (Report, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	answer := make(chan Report)
	go func() {
		report, err := c.Ask(ctx, gateway, parcel)
		if err == nil {
			answer <- report // want "GLC201 .*make.chan T, 1"
		}
	}()
	select {
	case report := <-answer:
		return report, nil
	case <-time.After(patience):
		return Report{}, errSlow
	}
}

// Fastest takes the first answer for a parcel whose carrier is not known.
func (c *Client) Fastest(ctx context.Context, parcel string) Report {
	gateways := c.gateways.All()
	if len(gateways) == 0 {
		return Report{}
	}
	answers := make(chan Report)
	for _, gateway := range gateways {
		go func() {
			report, err := c.Ask(ctx, gateway, parcel)
			if err != nil {
				report.Status = err.Error()
			}
			answers <- report // want "GLC209 .*make.chan T, len.gateways."
		}()
	}
	return <-answers
}

// Both asks the carrier that took a parcel and the one that delivers it.
func (c *Client) Both(ctx context.Context, parcel, first, last string) (from, to Report, err error) {
	group, asking := errgroup.WithContext(ctx)
	group.Go(func() error {
		report, err := c.Ask(asking, first, parcel)
		from = report
		return err
	})
	group.Go(func() error {
		report, err := c.Ask(ctx, last, parcel) // want "GLC109 .*use asking"
		to = report
		return err
	})
	err = group.Wait()
	return from, to, err
}

// Label fetches the label of a parcel to print.
func (c *Client) Label(ctx context.Context, gateway, parcel string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	printing, stop := context.WithTimeout(ctx, 30*time.Second) // want "GLC308 this timeout"
	defer stop()
	req, err := http.NewRequestWithContext(printing, http.MethodGet, gateway+"/labels/"+parcel, nil)
	if err != nil {
		return nil, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(io.LimitReader(resp.Body, 1<<20))
}

// Holidays are the days on which a carrier rests.
func Holidays(gateway string) ([]string, error) {
	client := &http.Client{} // want "GLC602 .*no Timeout"
	resp, err := client.Get(gateway + "/holidays")
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var days []string
	err = json.NewDecoder(resp.Body).Decode(&days)
	return days, err
}

// Version is the release that a gateway runs.
func Version(gateway string) (string, error) {
	resp, err := http.Get(gateway + "/version") // want "GLC603 http.Get has no timeout"
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, 100))
	if err != nil {
		return "", fmt.Errorf("version of %s: %w", gateway, err)
	}
	return string(text), nil
}
