package unchecked

import (
	"context"
	"time"
)

func (s *store) passesOn(ctx context.Context, ids []int) error {
	for _, id := range ids {
		if _, err := s.db.ExecContext(ctx, "delete from t where id = $1", id); err != nil {
			return err
		}
	}
	return nil
}

func checks(ctx context.Context, urls []string) {
	for _, url := range urls {
		if ctx.Err() != nil {
			return
		}
		fetch(url)
	}
}

func condition(ctx context.Context) {
	for ctx.Err() == nil {
		time.Sleep(time.Second)
	}
}

func computes(ctx context.Context, values []int) (sum int) {
	for _, value := range values {
		sum += value
	}
	return sum
}

func fewTurns(ctx context.Context) {
	for range 3 {
		time.Sleep(time.Second)
	}
}

func noContext(urls []string) {
	for _, url := range urls {
		fetch(url)
	}
}

func starts(ctx context.Context, urls []string) {
	for _, url := range urls {
		go fetch(url)
	}
}

func selects(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-in:
		}
	}
}

func derived(ctx context.Context, urls []string, do func(context.Context, string)) {
	turn, cancel := context.WithCancel(ctx)
	defer cancel()
	for _, url := range urls {
		do(turn, url)
		fetch(url)
	}
}
