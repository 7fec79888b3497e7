// Package loopvar has a variable for each turn.
package loopvar

func each(names []string, greet func(string)) {
	for _, name := range names {
		go func() { greet(name) }()
	}
	for i := 0; i < len(names); i++ {
		defer func() { greet(names[i]) }()
	}
}
