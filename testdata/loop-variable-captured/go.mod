module example.com/testdata/loopvar

go 1.21
