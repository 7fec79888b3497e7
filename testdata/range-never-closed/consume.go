package ranges

func consume(jobs <-chan item) {
	for j := range jobs {
		handle(j)
	}
}
