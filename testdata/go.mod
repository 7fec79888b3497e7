module example.com/testdata

go 1.27

require (
	github.com/gin-gonic/gin v1.0.0
	github.com/gofiber/fiber/v2 v2.0.0
	github.com/jackc/pgx/v5 v5.0.0
	github.com/jmoiron/sqlx v1.4.0
	github.com/labstack/echo/v4 v4.0.0
	github.com/redis/go-redis/v9 v9.0.0
	github.com/sourcegraph/conc v0.0.0
	github.com/stretchr/testify v1.0.0
	go.etcd.io/etcd/client/v3 v3.5.0
	go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp v0.0.0
	golang.org/x/sync v0.0.0
	google.golang.org/grpc v1.0.0
	gorm.io/gorm v1.25.0
)

replace (
	github.com/gin-gonic/gin => ./third_party/github.com/gin-gonic/gin
	github.com/gofiber/fiber/v2 => ./third_party/github.com/gofiber/fiber/v2
	github.com/jackc/pgx/v5 => ./third_party/github.com/jackc/pgx/v5
	github.com/jmoiron/sqlx => ./third_party/github.com/jmoiron/sqlx
	github.com/labstack/echo/v4 => ./third_party/github.com/labstack/echo/v4
	github.com/redis/go-redis/v9 => ./third_party/github.com/redis/go-redis/v9
	github.com/sourcegraph/conc => ./third_party/github.com/sourcegraph/conc
	github.com/stretchr/testify => ./third_party/github.com/stretchr/testify
	go.etcd.io/etcd/client/v3 => ./third_party/go.etcd.io/etcd/client/v3
	go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp => ./third_party/go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp
	golang.org/x/sync => ./third_party/golang.org/x/sync
	google.golang.org/grpc => ./third_party/google.golang.org/grpc
	gorm.io/gorm => ./third_party/gorm.io/gorm
)
