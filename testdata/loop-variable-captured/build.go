//go:build go1.22

package mail

func newer(letters []letter) {
	for _, l := range letters {
		go func() { send(l) }()
	}
}
