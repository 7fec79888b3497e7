module example.com/testdata/ticks122

go 1.22
