package sendwithoutreceiver

import "testing"

func deliver(lines []string, out chan string) {
	for _, line := range lines {
		if line != "" {
			out <- line
		}
	}
}

// There is nothing to deliver.
func TestDeliverNothing(t *testing.T) {
	out := make(chan string)
	deliver([]string{""}, out)
}
