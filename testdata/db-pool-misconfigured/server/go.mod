module example.com/server

go 1.27

require (
	github.com/jackc/pgx/v5 v5.0.0
	github.com/jmoiron/sqlx v1.4.0
	github.com/redis/go-redis/v9 v9.0.0
)

replace (
	github.com/jackc/pgx/v5 => ../../third_party/github.com/jackc/pgx/v5
	github.com/jmoiron/sqlx => ../../third_party/github.com/jmoiron/sqlx
	github.com/redis/go-redis/v9 => ../../third_party/github.com/redis/go-redis/v9
)
