package nils

func nextReload() string {
	return <-reloads // want "GLC207 reloads is nil"
}

type relay struct{ out chan string }
