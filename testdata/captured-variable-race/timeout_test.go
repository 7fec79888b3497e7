package race

import (
	"testing"
	"time"
)

func TestTimeout(t *testing.T) {
	var got []int
	done := make(chan struct{})
	go func() {
		got = append(got, 1)
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(time.Second):
		t.Fatalf("only %d", len(got))
	}
	if len(got) != 1 {
		t.Fatal(got)
	}
}
