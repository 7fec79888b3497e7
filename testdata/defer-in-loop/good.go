package loopdefer

import (
	"io"
	"net"
	"os"
)

func closure(names []string) {
	for _, name := range names {
		func() {
			file, err := os.Open(name)
			if err == nil {
				defer file.Close()
			}
		}()
	}
}

func helper(names []string) {
	for _, name := range names {
		load(name)
	}
}

func load(name string) {
	file, err := os.Open(name)
	if err == nil {
		defer file.Close()
	}
}

func leavesAtOnce(names []string) ([]byte, error) {
	for _, name := range names {
		if file, err := os.Open(name); err == nil {
			defer file.Close()
			return io.ReadAll(file)
		}
	}
	return nil, os.ErrNotExist
}

func breaks(names []string) {
	for _, name := range names {
		if file, err := os.Open(name); err == nil {
			defer file.Close()
			break
		}
	}
}

func fewTurns() {
	for range 2 {
		file, err := os.CreateTemp("", "x")
		if err == nil {
			defer file.Close()
		}
	}
}

func kept(names []string) (io.Reader, error) {
	var all []io.Reader
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		all = append(all, file)
	}
	data, err := io.ReadAll(io.MultiReader(all...))
	_ = data
	return nil, err
}

func existing(open []*os.File) {
	for _, file := range open {
		defer file.Close()
	}
}

func perGoroutine(names []string) {
	for _, name := range names {
		go func() {
			file, err := os.Open(name)
			if err == nil {
				defer file.Close()
			}
		}()
	}
}

// Nothing ever runs these: that is another rule's matter.
func accepts(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			continue
		}
		defer conn.Close()
	}
}
