module example.com/field/loop-variable-captured

go 1.21
