module example.com/testdata/tickers122

go 1.22
