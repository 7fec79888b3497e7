// Command oracle type-checks packages of the Go standard library with go/types and prints what the
// compiler knows of every file, one JSON object per line.
//
// Usage: oracle IMPORTPATH...
//
// The field order of the inner arrays is the contract with tests/truth/oracle.py.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
)

// fileRecord is one line of output. Offsets are bytes into the file.
type fileRecord struct {
	Package  string    `json:"package"`
	Dir      string    `json:"dir"`
	File     string    `json:"file"`
	Idents   []ident   `json:"idents"`
	Calls    []call    `json:"calls"`
	Captures []closure `json:"captures"`
	Values   []value   `json:"values"`
}

// ident marshals as [offset, name, kind, declOffset, where]. For an object of the same package
// declOffset is its declaration and where the base name of the declaring file; for all others
// declOffset is -1 and where is "universe", an import path, or "importpath.[Receiver.]Name".
type ident struct {
	offset     int
	name, kind string
	declOffset int
	where      string
}

func (i ident) MarshalJSON() ([]byte, error) {
	return json.Marshal([]any{i.offset, i.name, i.kind, i.declOffset, i.where})
}

// call marshals as [start, end, receiver, result]. receiver is the type of x in x.f(...) where x is
// a value, otherwise "". result is "()" for none and "(A, B)" for several.
type call struct {
	start, end       int
	receiver, result string
}

func (c call) MarshalJSON() ([]byte, error) {
	return json.Marshal([]any{c.start, c.end, c.receiver, c.result})
}

// closure marshals as [offset, [[name, declOffset], ...]] sorted by name, then by offset.
type closure struct {
	offset int
	names  []captured
}

func (c closure) MarshalJSON() ([]byte, error) {
	names := make([][]any, 0, len(c.names))
	for _, n := range c.names {
		names = append(names, []any{n.name, n.offset})
	}
	return json.Marshal([]any{c.offset, names})
}

// value marshals as [start, end, kind, text] with kind bool, int, float, complex or string.
type value struct {
	start, end int
	kind, text string
}

func (v value) MarshalJSON() ([]byte, error) {
	return json.Marshal([]any{v.start, v.end, v.kind, v.text})
}

func main() {
	// A cgo-free linux/amd64 view is the same on every machine that runs this.
	build.Default.CgoEnabled = false
	build.Default.GOOS = "linux"
	build.Default.GOARCH = "amd64"
	fset := token.NewFileSet()
	source := importer.ForCompiler(fset, "source", nil).(types.ImporterFrom)
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	failed := false
	for _, path := range os.Args[1:] {
		if err := dump(fset, source, path, encoder); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", path, err)
			failed = true
		}
	}
	if err := out.Flush(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		failed = true
	}
	if failed {
		os.Exit(1)
	}
}

// dump checks the package at path, bodies included, and encodes one record per file.
func dump(fset *token.FileSet, source types.ImporterFrom, path string, encoder *json.Encoder) error {
	sources := filepath.Join(build.Default.GOROOT, "src")
	bp, err := build.Default.Import(path, sources, 0)
	if err != nil {
		return err
	}
	var files []*ast.File
	for _, name := range bp.GoFiles {
		file, err := parser.ParseFile(fset, filepath.Join(bp.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		files = append(files, file)
	}
	info := &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	config := types.Config{
		Importer: fromDir{source, bp.Dir},
		Sizes:    types.SizesFor("gc", "amd64"),
	}
	pkg, err := config.Check(bp.ImportPath, fset, files, info)
	if err != nil {
		return err
	}
	for i, file := range files {
		view := &view{fset: fset, info: info, pkg: pkg}
		view.file(file)
		record := fileRecord{
			Package:  bp.ImportPath,
			Dir:      bp.Dir,
			File:     bp.GoFiles[i],
			Idents:   view.idents,
			Calls:    view.calls,
			Captures: view.closures,
			Values:   view.values,
		}
		if err := encoder.Encode(record); err != nil {
			return err
		}
	}
	return nil
}

// fromDir makes a plain importer of one that needs the importing directory to find vendored code.
type fromDir struct {
	types.ImporterFrom
	dir string
}

func (f fromDir) Import(path string) (*types.Package, error) {
	return f.ImportFrom(path, f.dir, 0)
}
