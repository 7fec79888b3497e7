module example.com/field/tick-range-forever

go 1.22
