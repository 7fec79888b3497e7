package jobs

import (
	"os"
	"path/filepath"
	"testing"
)

func TestExport(t *testing.T) {
	name := filepath.Join(t.TempDir(), "report")
	written := make(chan struct{})
	new(Runner).Export(name, written)
	<-written
	read := make(chan []byte, 1)
	go func() {
		defer close(read)
		text, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
			return
		}
		read <- text
	}()
	if text := <-read; len(text) == 0 {
		t.Error("nothing was written")
	}
}
