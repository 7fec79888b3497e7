package dial

import (
	"net"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
)

func TestClosure(t *testing.T) {
	listener, _ := net.Listen("tcp", "127.0.0.1:0")
	conns := make(chan net.Conn)
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			t.Fatal(err) // want "GLC108 .*t.Fatal ends only this goroutine.*t.Error and return"
		}
		conns <- conn
	}()
	<-conns
}

func TestArgument(t *testing.T) {
	go func(tt *testing.T) {
		tt.Fatalf("%d", 1) // want "GLC108 .*tt.Errorf"
	}(t)
}

func TestSkip(t *testing.T) {
	done := make(chan bool)
	go func() {
		defer close(done)
		t.Skip("not here") // want "GLC108 .*t.Skip"
	}()
	<-done
}

func TestNamed(t *testing.T) {
	go serve(t) // want "GLC108 .*t.FailNow"
}

func serve(t *testing.T) {
	if t.Name() == "" {
		t.FailNow()
	}
}

func TestHelper(t *testing.T) {
	go func() {
		check(t, nil) // want "GLC108 .*t.Fatal"
	}()
}

func check(t testing.TB, err error) {
	t.Helper()
	checkTwice(t, err)
}

func checkTwice(t testing.TB, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

func TestRequire(t *testing.T) {
	go func() {
		_, err := net.Dial("tcp", "127.0.0.1:1")
		require.NoError(t, err) // want "GLC108 .*require.NoError.*assert and return"
	}()
}

func TestRequireValue(t *testing.T) {
	must := require.New(t)
	go func() {
		must.Equal(1, 2) // want "GLC108 .*require.Equal"
	}()
}

func TestGroups(t *testing.T) {
	var wg sync.WaitGroup
	var g errgroup.Group
	wg.Go(func() {
		t.Fatal("one") // want "GLC108"
	})
	g.Go(func() error {
		t.Fatal("two") // want "GLC108"
		return nil
	})
	time.AfterFunc(time.Second, func() {
		t.Fatal("three") // want "GLC108"
	})
	wg.Wait()
	_ = g.Wait()
}

func BenchmarkDial(b *testing.B) {
	for range b.N {
		go func() {
			b.Fatal("no") // want "GLC108 .*b.Fatal"
		}()
	}
}

func TestTable(t *testing.T) {
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) {
			send := func(port string) {
				if _, err := net.Dial("tcp", port); err != nil {
					t.Fatal(err)
				}
			}
			go send("1") // want "GLC108"
			go send("2")
		})
	}
}
