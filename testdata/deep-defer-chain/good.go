package deepdefer

import (
	"io"
	"os"
)

func seven(r [7]*resource) {
	defer r[0].release()
	defer r[1].release()
	defer r[2].release()
	defer r[3].release()
	defer r[4].release()
	defer r[5].release()
	defer r[6].release()
}

// Ten in the source, but never more than six on one path.
func eitherOr(r *resource, left bool) {
	defer r.release()
	if left {
		defer r.release()
		defer r.release()
		defer r.release()
		defer r.release()
		defer r.release()
	} else {
		defer r.release()
		defer r.release()
		defer r.release()
		defer r.release()
	}
}

func smallLoop() {
	for range 3 {
		mine := &resource{}
		defer mine.release()
	}
}

func closurePerTurn(names []string) error {
	for _, name := range names {
		err := func() error {
			file, err := os.Open(name)
			if err != nil {
				return err
			}
			defer file.Close()
			_, err = io.Copy(io.Discard, file)
			return err
		}()
		if err != nil {
			return err
		}
	}
	return nil
}

// The loop ends in the turn that defers.
func first(names []string) ([]byte, error) {
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			continue
		}
		defer file.Close()
		return io.ReadAll(file)
	}
	return nil, os.ErrNotExist
}

func breaks(names []string) (total int64) {
	for _, name := range names {
		file, err := os.Open(name)
		if err == nil {
			defer file.Close()
			total, _ = io.Copy(io.Discard, file)
			break
		}
	}
	return total
}

// The readers are needed after the loop: waiting for the function's end is the point.
func concatenate(names []string, out io.Writer) error {
	var parts []io.Reader
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		parts = append(parts, file)
	}
	_, err := io.Copy(out, io.MultiReader(parts...))
	return err
}

func wrapped(names []string, out io.Writer) error {
	readers := make([]io.Reader, len(names))
	for i, name := range names {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		limited := io.LimitReader(file, 1<<20)
		readers[i] = limited
	}
	_, err := io.Copy(out, io.MultiReader(readers...))
	return err
}

// Nothing is opened here: what exists already is closed at the end.
func replace(old []*os.File) {
	for _, file := range old {
		defer file.Close()
	}
}

func helperPerTurn(names []string) error {
	for _, name := range names {
		if err := load(name); err != nil {
			return err
		}
	}
	return nil
}

func load(name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(io.Discard, file)
	return err
}

// Holds them as long as its owner lives: nothing waits for them.
func serves(names []string, work func()) {
	open := func(i int) *os.File {
		file, _ := os.Open(names[i])
		return file
	}
	a, b, c, d := open(0), open(1), open(2), open(3)
	defer a.Close()
	defer b.Close()
	defer c.Close()
	defer d.Close()
	e, f, g, h := open(4), open(5), open(6), open(7)
	defer e.Close()
	defer f.Close()
	defer g.Close()
	defer h.Close()
	i := open(8)
	defer i.Close()
	for {
		work()
	}
}

type process struct{}

func (*process) run()  {}
func (*process) stop() {}

// They all run until the function ends.
func processes(wait func()) {
	for range 10 {
		p := &process{}
		go p.run()
		defer p.stop()
	}
	wait()
}
