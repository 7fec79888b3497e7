module example.com/unbounded

go 1.27

require (
	github.com/jmoiron/sqlx v1.4.0
	gorm.io/gorm v1.25.0
)

replace (
	github.com/jmoiron/sqlx => ../../third_party/github.com/jmoiron/sqlx
	gorm.io/gorm => ../../third_party/gorm.io/gorm
)
