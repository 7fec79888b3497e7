package album

import "sync"

func resize(wg *sync.WaitGroup, p picture, sizes chan<- int) {
	size, err := decode(p)
	if err != nil {
		return
	}
	select {
	case sizes <- size:
	default:
	}
	wg.Done()
}
