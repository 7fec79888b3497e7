module example.com/field/loop-index-captured

go 1.21
