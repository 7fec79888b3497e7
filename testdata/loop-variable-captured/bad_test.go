package mail

import "testing"

func TestParallel(t *testing.T) {
	for _, name := range []string{"ada", "alan"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			send(letter{name}) // want "GLC110 .*parallel tests"
		})
	}
}

func TestSerial(t *testing.T) {
	for _, name := range []string{"ada", "alan"} {
		t.Run(name, func(t *testing.T) {
			send(letter{name})
		})
		t.Run(name, func(t *testing.T) {
			send(letter{name})
			t.Parallel()
		})
	}
}
