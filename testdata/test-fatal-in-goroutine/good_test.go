package dial

import (
	"errors"
	"net"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestErrorAndReturn(t *testing.T) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		if _, err := net.Dial("tcp", "127.0.0.1:1"); err != nil {
			t.Error(err)
			return
		}
		t.Log("fine")
	}()
	<-done
}

func TestSendsError(t *testing.T) {
	errs := make(chan error, 1)
	go func() { errs <- errors.New("no") }()
	if err := <-errs; err != nil {
		t.Fatal(err)
	}
}

func TestSubtests(t *testing.T) {
	var wg sync.WaitGroup
	wg.Go(func() {
		t.Run("inner", func(t *testing.T) {
			t.Fatal("its own goroutine")
		})
		synctest.Test(t, func(t *testing.T) {
			t.Fatal("its own goroutine")
		})
	})
	wg.Wait()
}

func TestAssert(t *testing.T) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		assert.NoError(t, nil)
	}()
	<-done
}

func TestCollect(t *testing.T) {
	go assert.EventuallyWithT(t, func(c *assert.CollectT) {
		require.NoError(c, nil)
	}, time.Second, time.Millisecond)
}

type fake struct{}

func (fake) Fatal(args ...any) {}

func TestOtherFatal(t *testing.T) {
	var log fake
	go func() {
		log.Fatal("not a test")
	}()
}

func TestOwn(t *testing.T) {
	go func() {
		mine := &testing.T{}
		mine.FailNow()
	}()
}

func TestDirect(t *testing.T) {
	run := func() {
		if testing.Short() {
			t.Skip("short")
		}
	}
	run()
	func() {
		t.Fatal("on the test's goroutine")
	}()
}

func TestCleanup(t *testing.T) {
	t.Cleanup(func() { t.Fatal("on the test's goroutine") })
}

func TestStarterOnly(t *testing.T) {
	stop := make(chan struct{})
	go func() {
		go func() { <-stop }()
		<-stop
	}()
	close(stop)
	t.Fatal("here")
}
