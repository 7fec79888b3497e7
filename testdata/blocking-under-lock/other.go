package blocking

import "time"

// A reader that waits keeps writers out, and behind them all other readers.
type board struct {
	r *rates
}

func (b *board) show() float64 {
	b.r.mu.RLock()
	defer b.r.mu.RUnlock()
	time.Sleep(time.Second) // want "GLC502 b.r.mu is held .*such as rates.set"
	return b.r.values["EUR"]
}
