package handlers

import (
	"context"
	"database/sql"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"
	"google.golang.org/grpc"
)

func withGin(db *sql.DB) gin.HandlerFunc {
	return func(c *gin.Context) {
		id := c.Param("id")
		go func() { // want "GLC101"
			_, _ = db.Exec("DELETE FROM items WHERE id = ?", id)
		}()
	}
}

func withEcho(c echo.Context) error {
	go func() { // want "GLC101"
		time.Sleep(time.Minute)
	}()
	return c.NoContent(204)
}

func withFiber(c *fiber.Ctx) error {
	go func() { // want "GLC101"
		time.Sleep(time.Minute)
	}()
	return c.SendStatus(204)
}

type UnimplementedGreeterServer struct{}

type greeter struct {
	UnimplementedGreeterServer
	db *sql.DB
}

type helloRequest struct{ name string }

type helloReply struct{ text string }

func (g *greeter) SayHello(ctx context.Context, in *helloRequest) (*helloReply, error) {
	go func() { // want "GLC101"
		_, _ = g.db.Exec("INSERT INTO greeted VALUES (?)", in.name)
	}()
	return &helloReply{"hello"}, nil
}

func register(s grpc.ServiceRegistrar, db *sql.DB) {
	s.RegisterService(&grpc.ServiceDesc{}, &greeter{db: db})
}
