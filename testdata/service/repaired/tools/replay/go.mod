module example.com/parcels/tools/replay

go 1.21
