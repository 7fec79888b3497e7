"""Programs that serve: what tells a service from a tool that runs once."""

from __future__ import annotations

from golint_concurrency.semantics import mentions
from golint_concurrency.semantics.package import Package
from golint_concurrency.semantics.program import Program

_SERVING = (
    "net/http",
    "google.golang.org/grpc",
    "github.com/gin-gonic/gin",
    "github.com/labstack/echo",
    "github.com/gofiber/fiber",
    "github.com/go-chi/chi",
    "github.com/gorilla/mux",
    "github.com/valyala/fasthttp",
    "net/rpc",
)


def serves(package: Package) -> bool:
    """True if a file of `package` imports a package that serves requests; tests left out."""
    return any(
        spec.path == path or spec.path.startswith(path + "/")
        for file in package.files
        if not file.path.endswith("_test.go")
        for spec in file.imports
        for path in _SERVING
    )


_STARTS = (
    b"ListenAndServe", b"http.Server{", b"http.Serve(", b"grpc.NewServer(", b"gin.New(",
    b"gin.Default(", b"echo.New(", b"fiber.New(", b"fasthttp.Server{", b"fcgi.Serve(",
)  # fmt: skip


def module_serves(program: Program, package: Package) -> bool:
    """True if something in the module of `package` starts a server, as far as words tell."""
    return bool(mentions.in_module(program, package, _STARTS))


def listens(package: Package) -> bool:
    """True for a package that serves and also opens the server itself, as a program does."""
    return serves(package) and (
        mentions.in_package(package, b"ListenAndServe") or mentions.in_package(package, b".Serve(")
    )
