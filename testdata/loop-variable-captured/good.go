package mail

import "sync"

func copied(letters []letter) {
	for _, l := range letters {
		l := l
		go func() { send(l) }()
	}
}

func passed(letters []letter) {
	for _, l := range letters {
		go func(l letter) { send(l) }(l)
	}
}

func argument(letters []letter) {
	for _, l := range letters {
		go send(l)
		defer send(l)
	}
}

func leaves(letters []letter) {
	for _, l := range letters {
		if l.to != "" {
			go func() { send(l) }()
			return
		}
	}
}

func breaks(letters []letter) {
	for _, l := range letters {
		defer func() { send(l) }()
		break
	}
}

func waits(letters []letter) {
	for _, l := range letters {
		done := make(chan struct{})
		go func() {
			send(l)
			close(done)
		}()
		<-done
	}
}

func waitsForGroup(letters []letter) {
	var wg sync.WaitGroup
	for _, l := range letters {
		wg.Add(1)
		go func() {
			defer wg.Done()
			send(l)
		}()
		wg.Wait()
	}
}

func calledAtOnce(letters []letter) {
	for _, l := range letters {
		func() { send(l) }()
	}
}

func ownLoop(letters []letter) {
	go func() {
		for _, l := range letters {
			send(l)
		}
	}()
}

func shadowed(letters []letter) {
	for l := range letters {
		_ = l
		go func() {
			l := letter{"fixed"}
			send(l)
		}()
	}
}
