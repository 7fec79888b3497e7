package nils

// Only the tests of the package make one, with a channel of their own.
type testHandler struct {
	seen chan string
}

func (h *testHandler) handle(name string) {
	defer func() { h.seen <- name }()
}

type ticked struct {
	ticks chan int
}

func newTicked() *ticked { return &ticked{} }

// Called by tests, which set the channel.
func (t *ticked) testTick(n int) { t.ticks <- n }
