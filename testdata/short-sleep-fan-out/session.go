package fanout

import "time"

func (s *session) poll() {
	for {
		if s.closed.Load() {
			return
		}
		s.flush()
		time.Sleep(10 * time.Millisecond)
	}
}
