module example.com/testdata/timeafter122

go 1.22
