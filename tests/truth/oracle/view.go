package main

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
)

// captured is a variable that a closure takes from an enclosing function.
type captured struct {
	name   string
	offset int
}

// view collects what is known of one file.
type view struct {
	fset     *token.FileSet
	info     *types.Info
	pkg      *types.Package
	idents   []ident
	calls    []call
	closures []closure
	values   []value
}

func (v *view) offset(pos token.Pos) int {
	return v.fset.PositionFor(pos, false).Offset
}

// file reads the bodies of declared functions and of closures at package level.
func (v *view) file(file *ast.File) {
	v.idents, v.calls, v.closures, v.values = []ident{}, []call{}, []closure{}, []value{}
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Body != nil {
				v.body(decl.Body)
			}
		case *ast.GenDecl:
			ast.Inspect(decl, func(n ast.Node) bool {
				lit, ok := n.(*ast.FuncLit)
				if ok {
					v.closure(lit)
					v.body(lit.Body)
				}
				return !ok
			})
		}
	}
}

func (v *view) body(body *ast.BlockStmt) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			v.ident(n)
		case *ast.CallExpr:
			v.call(n)
		case *ast.FuncLit:
			v.closure(n)
		}
		if expr, ok := n.(ast.Expr); ok {
			v.value(expr)
		}
		return true
	})
}

// value records constant expressions that somebody has to work out: no literals, no parentheses.
func (v *view) value(expr ast.Expr) {
	switch expr.(type) {
	case *ast.BasicLit, *ast.ParenExpr:
		return
	}
	val := v.info.Types[expr].Value
	if id, ok := expr.(*ast.Ident); ok && val == nil {
		if c, ok := v.info.Uses[id].(*types.Const); ok {
			val = c.Val()
		}
	}
	if val == nil || val.Kind() == constant.Unknown {
		return
	}
	out := value{start: v.offset(expr.Pos()), end: v.offset(expr.End()), text: val.ExactString()}
	switch val.Kind() {
	case constant.Bool:
		out.kind = "bool"
	case constant.String:
		out.kind, out.text = "string", constant.StringVal(val)
	case constant.Int:
		out.kind = "int"
	case constant.Float:
		out.kind = "float"
	default:
		out.kind = "complex"
	}
	v.values = append(v.values, out)
}

func (v *view) ident(id *ast.Ident) {
	if id.Name == "_" {
		return
	}
	obj := v.info.Uses[id] // first: an embedded field also defines, but it is read as a type
	if obj == nil {
		obj = v.info.Defs[id]
	}
	out := ident{offset: v.offset(id.Pos()), name: id.Name}
	if obj == nil {
		// The x of `switch x := y.(type)`: each clause has its own object, placed here.
		if _, symbolic := v.info.Defs[id]; !symbolic {
			return
		}
		out.kind, out.declOffset = "var", out.offset
		out.where = filepath.Base(v.fset.PositionFor(id.Pos(), false).Filename)
		v.idents = append(v.idents, out)
		return
	}
	obj = origin(obj)
	out.kind = kind(obj)
	out.declOffset = -1
	switch name, isName := obj.(*types.PkgName); {
	case isName:
		out.where = name.Imported().Path()
	case obj.Pkg() == nil:
		out.where = "universe"
	case obj.Pkg() == v.pkg && obj.Pos().IsValid():
		position := v.fset.PositionFor(obj.Pos(), false)
		out.declOffset = position.Offset
		out.where = filepath.Base(position.Filename)
	default:
		out.where = obj.Pkg().Path() + "." + receiverPrefix(obj) + obj.Name()
	}
	v.idents = append(v.idents, out)
}

func (v *view) call(expr *ast.CallExpr) {
	out := call{start: v.offset(expr.Pos()), end: v.offset(expr.End())}
	if selector, ok := ast.Unparen(expr.Fun).(*ast.SelectorExpr); ok {
		if v.info.Selections[selector] != nil && v.info.Types[selector.X].IsValue() {
			out.receiver = typeString(v.info.TypeOf(selector.X))
		}
	}
	result := v.info.Types[expr]
	if result.IsVoid() {
		out.result = "()"
	} else {
		out.result = typeString(result.Type)
	}
	v.calls = append(v.calls, out)
}

func (v *view) closure(lit *ast.FuncLit) {
	seen := map[types.Object]bool{}
	out := closure{offset: v.offset(lit.Pos())}
	names := map[captured]bool{}
	ast.Inspect(lit, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		obj, ok := v.info.Uses[id].(*types.Var)
		if !ok || seen[obj] || obj.IsField() || obj.Pkg() != v.pkg || obj.Parent() == v.pkg.Scope() {
			return true
		}
		seen[obj] = true
		if obj.Pos() < lit.Pos() || obj.Pos() >= lit.End() {
			names[captured{obj.Name(), v.offset(obj.Pos())}] = true
		}
		return true
	})
	for name := range names {
		out.names = append(out.names, name)
	}
	slices.SortFunc(out.names, func(a, b captured) int {
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.offset, b.offset))
	})
	v.closures = append(v.closures, out)
}

// origin undoes instantiation, so that a field or method has the place where it was written.
func origin(obj types.Object) types.Object {
	switch obj := obj.(type) {
	case *types.Var:
		return obj.Origin()
	case *types.Func:
		return obj.Origin()
	}
	return obj
}

func kind(obj types.Object) string {
	switch obj := obj.(type) {
	case *types.Var:
		if obj.IsField() {
			return "field"
		}
		return "var"
	case *types.Func:
		if obj.Signature().Recv() != nil {
			return "method"
		}
		return "func"
	case *types.Const:
		return "const"
	case *types.TypeName:
		return "type"
	case *types.PkgName:
		return "pkg"
	case *types.Label:
		return "label"
	case *types.Builtin:
		return "builtin"
	case *types.Nil:
		return "nil"
	}
	return "unknown"
}

// receiverPrefix is "Name." for a method of a named type or interface, otherwise "".
func receiverPrefix(obj types.Object) string {
	fn, ok := obj.(*types.Func)
	if !ok || fn.Signature().Recv() == nil {
		return ""
	}
	t := types.Unalias(fn.Signature().Recv().Type())
	if pointer, ok := t.(*types.Pointer); ok {
		t = types.Unalias(pointer.Elem())
	}
	if named, ok := t.(*types.Named); ok {
		return named.Obj().Name() + "."
	}
	return ""
}
