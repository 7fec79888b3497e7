module example.com/open

go 1.27

require (
	github.com/gin-gonic/gin v1.0.0
	github.com/jackc/pgx/v5 v5.0.0
	github.com/jmoiron/sqlx v1.4.0
	gorm.io/gorm v1.25.0
)

replace (
	github.com/gin-gonic/gin => ../../third_party/github.com/gin-gonic/gin
	github.com/jackc/pgx/v5 => ../../third_party/github.com/jackc/pgx/v5
	github.com/jmoiron/sqlx => ../../third_party/github.com/jmoiron/sqlx
	gorm.io/gorm => ../../third_party/gorm.io/gorm
)
