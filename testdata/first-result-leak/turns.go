package firstresultleak

import "time"

// The second goroutine only starts when the first has handed over its result.
func takeTurns(register, confirm func() error, patience time.Duration) error {
	failed := make(chan error, 1)
	registered := make(chan struct{}, 1)
	go func() {
		if err := register(); err != nil {
			failed <- err
			return
		}
		registered <- struct{}{}
	}()
	timeout := time.After(patience)
	select {
	case <-registered:
	case err := <-failed:
		return err
	case <-timeout:
		return nil
	}
	confirmed := make(chan struct{})
	go func() {
		if err := confirm(); err != nil {
			failed <- err
			return
		}
		close(confirmed)
	}()
	select {
	case <-confirmed:
	case err := <-failed:
		return err
	case <-timeout:
	}
	return nil
}
