package main

import (
	"fmt"
	"go/types"
	"strings"
)

// typeString spells a type in one canonical way: full import paths, no aliases (byte is uint8, the
// empty interface is any), no parameter names, no struct tags.
func typeString(t types.Type) string {
	var out strings.Builder
	writeType(&out, t)
	return out.String()
}

func writeType(out *strings.Builder, t types.Type) {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		out.WriteString(basicName(t))
	case *types.Pointer:
		out.WriteString("*")
		writeType(out, t.Elem())
	case *types.Slice:
		out.WriteString("[]")
		writeType(out, t.Elem())
	case *types.Array:
		fmt.Fprintf(out, "[%d]", t.Len())
		writeType(out, t.Elem())
	case *types.Map:
		out.WriteString("map[")
		writeType(out, t.Key())
		out.WriteString("]")
		writeType(out, t.Elem())
	case *types.Chan:
		writeChan(out, t)
	case *types.Tuple:
		writeTuple(out, t, false)
	case *types.Signature:
		out.WriteString("func")
		writeSignature(out, t)
	case *types.Named:
		writeNamed(out, t)
	case *types.TypeParam:
		out.WriteString(t.Obj().Name())
	case *types.Struct:
		writeStruct(out, t)
	case *types.Interface:
		writeInterface(out, t)
	default:
		out.WriteString(t.String())
	}
}

// basicName resolves byte and rune, which go/types keeps as spelled.
func basicName(t *types.Basic) string {
	switch t.Name() {
	case "byte":
		return "uint8"
	case "rune":
		return "int32"
	}
	if t.Kind() == types.UnsafePointer {
		return "unsafe.Pointer"
	}
	return t.Name()
}

func writeChan(out *strings.Builder, t *types.Chan) {
	_, receiveInside := types.Unalias(t.Elem()).(*types.Chan)
	switch t.Dir() {
	case types.SendOnly:
		out.WriteString("chan<- ")
		receiveInside = false
	case types.RecvOnly:
		out.WriteString("<-chan ")
		receiveInside = false
	default:
		out.WriteString("chan ")
		if receiveInside {
			receiveInside = types.Unalias(t.Elem()).(*types.Chan).Dir() == types.RecvOnly
		}
	}
	if receiveInside {
		out.WriteString("(")
	}
	writeType(out, t.Elem())
	if receiveInside {
		out.WriteString(")")
	}
}

func writeTuple(out *strings.Builder, t *types.Tuple, variadic bool) {
	out.WriteString("(")
	for i := range t.Len() {
		if i > 0 {
			out.WriteString(", ")
		}
		each := t.At(i).Type()
		if slice, ok := each.(*types.Slice); ok && variadic && i == t.Len()-1 {
			out.WriteString("...")
			each = slice.Elem()
		}
		writeType(out, each)
	}
	out.WriteString(")")
}

func writeSignature(out *strings.Builder, t *types.Signature) {
	writeTuple(out, t.Params(), t.Variadic())
	switch t.Results().Len() {
	case 0:
	case 1:
		out.WriteString(" ")
		writeType(out, t.Results().At(0).Type())
	default:
		out.WriteString(" ")
		writeTuple(out, t.Results(), false)
	}
}

func writeNamed(out *strings.Builder, t *types.Named) {
	if pkg := t.Obj().Pkg(); pkg != nil {
		out.WriteString(pkg.Path())
		out.WriteString(".")
	}
	out.WriteString(t.Obj().Name())
	for i := range t.TypeArgs().Len() {
		if i == 0 {
			out.WriteString("[")
		} else {
			out.WriteString(", ")
		}
		writeType(out, t.TypeArgs().At(i))
	}
	if t.TypeArgs().Len() > 0 {
		out.WriteString("]")
	}
}

func writeStruct(out *strings.Builder, t *types.Struct) {
	out.WriteString("struct{")
	for i := range t.NumFields() {
		if i > 0 {
			out.WriteString("; ")
		}
		field := t.Field(i)
		if !field.Embedded() {
			out.WriteString(field.Name())
			out.WriteString(" ")
		}
		writeType(out, field.Type())
	}
	out.WriteString("}")
}

func writeInterface(out *strings.Builder, t *types.Interface) {
	if t.Empty() {
		out.WriteString("any")
		return
	}
	out.WriteString("interface{")
	for i := range t.NumMethods() {
		if i > 0 {
			out.WriteString("; ")
		}
		method := t.Method(i)
		out.WriteString(method.Name())
		writeSignature(out, method.Signature())
	}
	if !t.IsMethodSet() {
		out.WriteString("; ...") // a constraint: its type set is not spelled out
	}
	out.WriteString("}")
}
