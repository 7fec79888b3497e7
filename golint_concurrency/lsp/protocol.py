"""The library's protocol, made to answer what it would only log."""

from __future__ import annotations

from typing import Any

from pygls.exceptions import JsonRpcException, JsonRpcInvalidRequest
from pygls.protocol import LanguageServerProtocol


class Protocol(LanguageServerProtocol):
    """Answers every request, those too that the library only logs: LSP 3.17, "Base Protocol"."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message from its JSON; one with wrong parameters is answered, then passed over."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self._send_response(data["id"], None, error.to_response_error())
            raise

    def handle_message(self, message: Any) -> None:
        """Handle a message; requests after `shutdown` are refused."""
        if self._shutdown and hasattr(message, "id") and hasattr(message, "method"):
            error = JsonRpcInvalidRequest("the server was shut down")
            self._send_response(message.id, None, error.to_response_error())
            return
        super().handle_message(message)
