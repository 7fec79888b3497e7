"""Findings that are true but seldom acted on are notes: the level of each case, as reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from golint_concurrency import cli

CASES = {
    "a server named for what it does": (
        "GLC604",
        "note",
        """
func serveMetrics(address string) error {
	return http.ListenAndServe(address, nil)
}
""",
    ),
    "an address named for what listens there": (
        "GLC604",
        "note",
        """
func serve(config struct{ DebugAddr string }) error {
	server := &http.Server{Addr: config.DebugAddr}
	return server.ListenAndServe()
}
""",
    ),
    "a server that watches its connections": (
        "GLC604",
        "note",
        """
func serve(watch func(net.Conn, http.ConnState)) error {
	server := &http.Server{Addr: ":8080", ConnState: watch}
	return server.ListenAndServe()
}
""",
    ),
    "a server on a Unix socket that another function makes": (
        "GLC604",
        "note",
        """
func (d *Daemon) serve(mux *http.ServeMux, folder string) error {
	listener, err := socketIn(folder)
	if err != nil {
		return err
	}
	d.server = &http.Server{Handler: mux}
	return d.server.Serve(listener)
}

type Daemon struct{ server *http.Server }

func socketIn(folder string) (net.Listener, error) {
	return net.Listen("unix", folder+"/daemon.sock")
}
""",
    ),
    "a server on a port, in a package that has a Unix socket as well": (
        "GLC604",
        "error",
        """
func (d *Daemon) serve(mux *http.ServeMux, folder, address string) error {
	listener, err := listenerAt(folder, address)
	if err != nil {
		return err
	}
	d.server = &http.Server{Handler: mux}
	return d.server.Serve(listener)
}

type Daemon struct{ server *http.Server }

func listenerAt(folder, address string) (net.Listener, error) {
	if address == "" {
		return net.Listen("unix", folder+"/daemon.sock")
	}
	return net.Listen("tcp", address)
}
""",
    ),
    "a server for one answer": (
        "GLC604",
        "note",
        """
func awaitToken(tokens chan string) string {
	server := &http.Server{Addr: ":53682"}
	defer func() {
		server.Shutdown(context.Background())
	}()
	go server.ListenAndServe()
	return <-tokens
}
""",
    ),
    "a server that is shut down with the program": (
        "GLC604",
        "error",
        """
func runServer(mux *http.ServeMux, stop chan struct{}) {
	server := &http.Server{Addr: ":8080", Handler: mux}
	defer server.Close()
	go server.ListenAndServe()
	<-stop
}
""",
    ),
    "a server for a caller that is sent back to it": (
        "GLC604",
        "note",
        """
func newCallbackServer(l net.Listener) {
	go http.Serve(l, nil)
}
""",
    ),
    "a transport of a client with a timeout": (
        "GLC601",
        "note",
        """
func fetcher() *http.Client {
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment}
	return &http.Client{Transport: transport, Timeout: time.Minute}
}
""",
    ),
    "a transport of a client that has got a timeout before": (
        "GLC601",
        "note",
        """
func fetcher() *http.Client {
	client := &http.Client{Timeout: time.Minute}
	client.Transport = &http.Transport{Proxy: http.ProxyFromEnvironment}
	return client
}
""",
    ),
    "a transport that is made once, as far as can be seen": (
        "GLC601",
        "note",
        """
func fetcher() *http.Client {
	return &http.Client{Transport: &http.Transport{Proxy: http.ProxyFromEnvironment}}
}
""",
    ),
    "a transport of the package": (
        "GLC601",
        "warning",
        """
var client = &http.Client{Transport: &http.Transport{Proxy: http.ProxyFromEnvironment}}
""",
    ),
    "a transport for each of many": (
        "GLC601",
        "warning",
        """
func fetchers(count int) (found []*http.Client) {
	for i := 0; i < count; i++ {
		found = append(found, &http.Client{Transport: &http.Transport{Proxy: nil}})
	}
	return found
}
""",
    ),
    "a request while a part is set up": (
        "GLC603",
        "note",
        """
func NewVerifier(url string) (*http.Response, error) {
	return keys(url)
}

func keys(url string) (*http.Response, error) {
	return http.Get(url)
}
""",
    ),
    "a client for what is asked while a part is set up": (
        "GLC602",
        "note",
        """
func NewVerifier(url string) (*http.Response, error) {
	client := &http.Client{}
	return client.Get(url)
}
""",
    ),
    "a server of the default mux": (
        "GLC604",
        "note",
        """
func run(address string) error {
	return http.ListenAndServe(address, nil)
}
""",
    ),
    "a defer in a loop that gives something back": (
        "GLC801",
        "warning",
        """
func each(addresses []string) {
	for _, address := range addresses {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			defer conn.Close()
		}
	}
}
""",
    ),
    "a defer in a loop that only sets something": (
        "GLC801",
        "note",
        """
func each(addresses []string) {
	for _, address := range addresses {
		server := &http.Server{Addr: address}
		defer server.SetKeepAlivesEnabled(false)
	}
}
""",
    ),
    "a handler that goes on for ever": (
        "GLC610",
        "error",
        """
func handle(w http.ResponseWriter, r *http.Request) {
	for {
		time.Sleep(time.Second)
		io.WriteString(w, "still here")
	}
}
""",
    ),
    "a handler that is meant to": (
        "GLC610",
        "note",
        """
func handle(w http.ResponseWriter, r *http.Request) {
	for {
		time.Sleep(time.Second) // hang forever, until killed
		io.WriteString(w, "still here")
	}
}
""",
    ),
    "a server of its own mux": (
        "GLC604",
        "warning",
        """
func run(address string, mux *http.ServeMux) error {
	return http.ListenAndServe(address, mux)
}
""",
    ),
    "a profiler that was asked for": (
        "GLC906",
        "note",
        """
func run(profiling bool) {
	if profiling {
		go http.ListenAndServe(":6060", nil)
	}
}
""",
    ),
    "a profiler that is always there": (
        "GLC906",
        "warning",
        """
func run() {
	go http.ListenAndServe(":6060", nil)
}
""",
    ),
    "a pool": (
        "GLC701",
        "warning",
        """
func Open(address string, mux *http.ServeMux) (*sql.DB, error) {
	go http.ListenAndServe(":80", mux)
	return sql.Open("pgx", address)
}
""",
    ),
    "a pool of one of many kinds": (
        "GLC701",
        "note",
        """
func Open(kind, address string, mux *http.ServeMux) (*sql.DB, error) {
	go http.ListenAndServe(":80", mux)
	switch kind {
	case "mssql":
		return sql.Open("mssql", address)
	case "oracle":
		return sql.Open("oracle", address)
	}
	return sql.Open("snowflake", address)
}
""",
    ),
    "an end of the process that loses nothing for sure": (
        "GLC804",
        "note",
        """
func start(release func(), broken bool) {
	defer release()
	if broken {
		log.Fatal("broken")
	}
}
""",
    ),
    "an end of the process that loses a file's end": (
        "GLC804",
        "warning",
        """
func record(out *bufio.Writer, broken bool) {
	defer out.Flush()
	if broken {
		log.Fatal("broken")
	}
}
""",
    ),
    "a sleep that is over soon": (
        "GLC306",
        "note",
        """
func poll(ctx context.Context, ready func(context.Context) bool) {
	for !ready(ctx) {
		time.Sleep(500 * time.Millisecond)
	}
}
""",
    ),
    "a sleep of a random part of a second": (
        "GLC306",
        "note",
        """
func poll(ctx context.Context, ready func(context.Context) bool) {
	for !ready(ctx) {
		time.Sleep(time.Duration(rand.Int63n(int64(time.Second))))
	}
}
""",
    ),
    "a sleep of a random part of a minute": (
        "GLC306",
        "warning",
        """
func poll(ctx context.Context, ready func(context.Context) bool) {
	for !ready(ctx) {
		time.Sleep(time.Duration(rand.Float64() * float64(time.Minute)))
	}
}
""",
    ),
    "a sleep in a loop that asks for the end": (
        "GLC306",
        "note",
        """
func poll(ctx context.Context, ready func() bool) {
	for !ready() && ctx.Err() == nil {
		println("not yet")
		if ctx.Err() != nil {
			return
		}
		time.Sleep(time.Second)
	}
}
""",
    ),
    "a goroutine for ever that one part starts": (
        "GLC103",
        "note",
        """
type router struct{ flushed chan int }

func (r *router) Stop() {}

func (r *router) Run() { r.keepFlushing() }

func (r *router) keepFlushing() {
	go func() {
		for {
			time.Sleep(time.Minute)
			println("flush")
		}
	}()
}
""",
    ),
    "a command that the machine may need done": (
        "GLC303",
        "note",
        """
func upgrade(ctx context.Context) error {
	return exec.Command("upgrade", "now").Run()
}
""",
    ),
    "a command for one client": (
        "GLC303",
        "warning",
        """
func convert(w http.ResponseWriter, r *http.Request) {
	if err := exec.Command("convert", "now").Run(); err != nil {
		http.Error(w, "cannot", 500)
	}
}
""",
    ),
    "a longer sleep": (
        "GLC306",
        "warning",
        """
func poll(ctx context.Context, ready func(context.Context) bool) {
	for !ready(ctx) {
		time.Sleep(5 * time.Second)
	}
}
""",
    ),
    "profiles of the process alone": (
        "GLC604",
        "note",
        """
import _ "net/http/pprof"

func serve(address string) error {
	return http.ListenAndServe(address, nil)
}
""",
    ),
    "a goroutine for each message of a connection": (
        "GLC104",
        "warning",
        """
func serve(conn interface{ ReadMessage() ([]byte, error) }, handle func([]byte)) {
	for {
		message, err := conn.ReadMessage()
		if err != nil {
			return
		}
		go func() {
			time.Sleep(time.Second)
			handle(message)
		}()
	}
}
""",
    ),
    "a goroutine for each item of a channel": (
        "GLC104",
        "note",
        """
func serve(items chan []byte, handle func([]byte)) {
	for item := range items {
		go func() {
			time.Sleep(time.Second)
			handle(item)
		}()
	}
}
""",
    ),
    "a request to this machine": (
        "GLC603",
        "note",
        """
func ready(port int) error {
	_, err := http.Get(fmt.Sprintf("http://127.0.0.1:%d/ready", port))
	return err
}
""",
    ),
    "a request to some machine": (
        "GLC603",
        "warning",
        """
func ready(host string) error {
	_, err := http.Get(fmt.Sprintf("http://%s/ready", host))
	return err
}
""",
    ),
    "a server of metrics alone": (
        "GLC604",
        "note",
        """
func serve(listener net.Listener) error {
	mux := http.NewServeMux()
	mux.Handle("/metrics", expvar.Handler())
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) {})
	return (&http.Server{Addr: ":9090", Handler: mux}).ListenAndServe()
}
""",
    ),
    "a server of metrics by its handler": (
        "GLC604",
        "note",
        """
func serve(listener net.Listener) error {
	return http.Serve(listener, expvar.Handler())
}
""",
    ),
    "a server of metrics with a page in front": (
        "GLC604",
        "note",
        """
func serve(listener net.Listener) error {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {})
	mux.Handle("/metrics", expvar.Handler())
	return (&http.Server{Addr: ":9090", Handler: http.Handler(mux)}).ListenAndServe()
}
""",
    ),
    "a server of metrics and more": (
        "GLC604",
        "error",
        """
func serve(listener net.Listener) error {
	mux := http.NewServeMux()
	mux.Handle("/metrics", expvar.Handler())
	mux.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) {})
	return (&http.Server{Addr: ":9090", Handler: mux}).ListenAndServe()
}
""",
    ),
    "a mux that others add to": (
        "GLC604",
        "error",
        """
func serve(listener net.Listener) error {
	mux := http.NewServeMux()
	mux.Handle("/metrics", expvar.Handler())
	for _, path := range paths {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {})
	}
	return (&http.Server{Addr: ":9090", Handler: mux}).ListenAndServe()
}
""",
    ),
    "a transport that is left as it is": (
        "GLC601",
        "warning",
        "var transport = &http.Transport{ForceAttemptHTTP2: true}\n",
    ),
    "a transport that somebody thought of": (
        "GLC601",
        "note",
        "var transport = &http.Transport{ResponseHeaderTimeout: time.Minute}\n",
    ),
    "a body that is read whole": (
        "GLC609",
        "warning",
        """
func handle(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.Write(body)
}
""",
    ),
    "a body that is decoded": (
        "GLC609",
        "note",
        """
func handle(w http.ResponseWriter, r *http.Request) {
	var order struct{ Count int }
	json.NewDecoder(r.Body).Decode(&order)
}
""",
    ),
    "a look-up for a request": (
        "GLC608",
        "warning",
        """
func handle(w http.ResponseWriter, r *http.Request) {
	names, _ := net.LookupAddr(r.RemoteAddr)
	io.WriteString(w, names[0])
}
""",
    ),
    "look-ups of one goroutine that waits in between": (
        "GLC608",
        "note",
        """
func refresh(host string, quit chan struct{}) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			log.Print(net.LookupHost(host))
		case <-quit:
			return
		}
	}
}
""",
    ),
    "look-ups of a list while a part starts": (
        "GLC608",
        "note",
        """
func NewPool(hosts []string) (found []string) {
	for _, host := range hosts {
		names, _ := net.LookupHost(host)
		found = append(found, names...)
	}
	return found
}
""",
    ),
    "look-ups in a loop without a pause": (
        "GLC608",
        "warning",
        """
func resolve(hosts []string) (found []string) {
	for _, host := range hosts {
		names, _ := net.LookupHost(host)
		found = append(found, names...)
	}
	return found
}
""",
    ),
    "a server that gosec has been told of": (
        "GLC604",
        "note",
        """
func listen(h http.Handler) error {
	server := &http.Server{ // #nosec G112 -- reached from within the cluster only
		Addr:    ":8080",
		Handler: h,
	}
	return server.ListenAndServe()
}
""",
    ),
    "a server within a connection": (
        "GLC604",
        "note",
        """
func listen(conn net.Conn, h http.Handler) error {
	session, err := yamux.Client(conn, nil)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: h}
	return server.Serve(session)
}
""",
    ),
    "a request by a command of a command line": (
        "GLC603",
        "note",
        """
func onboard(ctx *cli.Context) error {
	res, err := http.Get("https://example.org/" + ctx.Args().First())
	if err != nil {
		return err
	}
	return res.Body.Close()
}
""",
    ),
    "a request where the process may end": (
        "GLC603",
        "note",
        """
func packages(version string) io.ReadCloser {
	res, err := http.Get("https://pkg.example.org/" + version)
	if err != nil {
		log.Fatal(err)
	}
	return res.Body
}
""",
    ),
    "a server of the default mux, said by name": (
        "GLC604",
        "note",
        """
func listen(address string, api http.Handler) error {
	http.DefaultServeMux.Handle("/", api)
	server := http.Server{Addr: address, Handler: http.DefaultServeMux}
	return server.ListenAndServe()
}
""",
    ),
    "a server for those who run it": (
        "GLC604",
        "note",
        """
func initAdminServer(address string, h http.Handler) error {
	server := &http.Server{Addr: address, Handler: h}
	return server.ListenAndServe()
}
""",
    ),
    "a lock kept by a command that ends": (
        "GLC501",
        "note",
        """
type command struct{ mu sync.Mutex }

func (c *command) Run(args []string) int {
	c.mu.Lock()
	if len(args) == 0 {
		return 1
	}
	c.mu.Unlock()
	return 0
}
""",
    ),
    "a lock kept on a return": (
        "GLC501",
        "error",
        """
type counter struct{ mu sync.Mutex }

func (c *counter) add(args []string) int {
	c.mu.Lock()
	if len(args) == 0 {
		return 1
	}
	c.mu.Unlock()
	return 0
}
""",
    ),
    "a lock kept by a panic that something may recover": (
        "GLC501",
        "note",
        """
var mu sync.Mutex
var inited bool

func initOnce() {
	mu.Lock()
	if inited {
		panic("initialized twice")
	}
	inited = true
	mu.Unlock()
}

func guarded(f func()) {
	defer func() { log.Print(recover()) }()
	f()
}
""",
    ),
    "a look-up for nobody in sight": (
        "GLC608",
        "note",
        """
func Address(host string) ([]string, error) {
	return net.LookupHost(host)
}
""",
    ),
}
IMPORTS = (
    "bufio",
    "context",
    "database/sql",
    "github.com/hashicorp/yamux",
    "github.com/urfave/cli",
    "sync",
    "encoding/json",
    "expvar",
    "fmt",
    "io",
    "log",
    "net",
    "net/http",
    "os/exec",
    "math/rand",
    "time",
)


@pytest.mark.parametrize("case", CASES)
def test_level(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule, level, code = CASES[case]
    imports = "".join(f'\t"{path}"\n' for path in IMPORTS if f"{path.split('/')[-1]}." in code)
    if rule == "GLC906":
        imports += '\t_ "net/http/pprof"\n'
    file = tmp_path / "shop.go"
    file.write_text(f"package shop\n\nimport (\n{imports})\n\n{code}", encoding="utf-8")
    cli.main(["check", str(file), "--isolated", "--select", rule, "--format", "json", "-q"])
    found = json.loads(capsys.readouterr().out)["diagnostics"]
    assert {item["severity"] for item in found} == {level}
