// Package echoed starts echo without timeouts.
package echoed

import "github.com/labstack/echo/v4"

func Run(address string) error {
	e := echo.New()
	return e.Start(address) // want "GLC604 .*Start of echo"
}
