package answers

import (
	"log"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"
)

func audit(user, path string) { log.Print(user, path) }

func withGin(c *gin.Context) {
	go func() { // want "GLC102 .*c.Copy"
		time.Sleep(time.Second)
		audit(c.GetString("user"), c.Request.URL.Path)
	}()
}

func passesGin(c *gin.Context) {
	go report(c) // want "GLC102 .*gin"
}

func report(c *gin.Context) { log.Print(c.Param("id")) }

// copiesLate copies when the context may already be another request's.
func copiesLate(c *gin.Context) {
	go func() { // want "GLC102"
		own := c.Copy()
		report(own)
	}()
}

func middlewareGin() gin.HandlerFunc {
	return func(c *gin.Context) {
		c.Next()
		go func() { // want "GLC102"
			log.Print(c.Writer.Status())
		}()
	}
}

func withEcho(c echo.Context) error {
	go func() { // want "GLC102 .*echo"
		log.Print(c.Param("id"))
	}()
	return c.NoContent(204)
}

func withFiber(c *fiber.Ctx) error {
	go func() { // want "GLC102 .*fiber"
		log.Print(c.Params("id"))
	}()
	return c.SendStatus(204)
}
