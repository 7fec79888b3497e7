//glc:package github.com/prometheus/client_golang/prometheus/promhttp
package promhttp

import (
	"net/http"
)

func Handler() http.Handler
