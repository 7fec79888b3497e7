module example.com/tool

go 1.27

require github.com/redis/go-redis/v9 v9.0.0

replace github.com/redis/go-redis/v9 => ../../third_party/github.com/redis/go-redis/v9
