package dev.drawbridge.engine.net;

import dev.drawbridge.model.PrivateKeys;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.port.OutboundHttp.OutboundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.MessageConstraintException;

/// What went wrong, in the words of the port. What is not an `IOException` is our own mistake and stays what it is.
final class Failures {
    private Failures() {}

    static OutboundException of(URI uri, Throwable cause) {
        return switch (cause) {
            case WebSocketHandshakeException e -> refused(uri, e);
            case IOException e -> of(uri, kind(e), reason(e));
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(cause);
        };
    }

    /// @param reason for the log; the query of the address is left out, it may hold a secret
    static OutboundException of(URI uri, Failure failure, String reason) {
        return new OutboundException(failure, PrivateKeys.place(uri) + ": " + reason);
    }

    private static OutboundException refused(URI uri, WebSocketHandshakeException e) {
        int status = e.getResponse().statusCode();
        return new OutboundException(Failure.UNREACHABLE, PrivateKeys.place(uri) + ": answered " + status, status);
    }

    private static Failure kind(IOException e) {
        return switch (e) {
            case ForbiddenAddressException _ -> Failure.FORBIDDEN_ADDRESS;
            case UnknownHostException _ -> Failure.UNKNOWN_HOST;
            case SSLException _ -> Failure.TLS;
            // A connection that takes too long to stand is one of these too.
            case SocketTimeoutException _ -> Failure.TIMEOUT;
            case HttpTimeoutException _ -> Failure.TIMEOUT;
            case TooLargeException _ -> Failure.TOO_LARGE;
            case MessageConstraintException _ -> Failure.TOO_LARGE;
            default -> Failure.UNREACHABLE;
        };
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
