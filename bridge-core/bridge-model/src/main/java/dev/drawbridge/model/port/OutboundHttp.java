package dev.drawbridge.model.port;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The one way out over HTTP: guarded against private addresses, endless bodies, slow servers and long redirect chains.
public interface OutboundHttp {
    /// @param headers sent as given
    /// @param body empty for none
    /// @param maxBytes a longer answer is an error, not a truncated answer
    /// @param timeout for the whole exchange
    /// @param maxRedirects 0 to see a redirect as the answer
    record Request(
            String method,
            URI uri,
            Map<String, String> headers,
            byte[] body,
            long maxBytes,
            Duration timeout,
            int maxRedirects) {
        public static Request get(URI uri, Map<String, String> headers) {
            return new Request("GET", uri, headers, new byte[0], 1_000_000, Duration.ofSeconds(10), 3);
        }

        public static Request post(URI uri, Map<String, String> headers, byte[] body) {
            return new Request("POST", uri, headers, body, 1_000_000, Duration.ofSeconds(10), 0);
        }
    }

    /// @param headers names in lower case
    /// @param uri where the answer came from, after redirects
    record Answer(int status, Map<String, List<String>> headers, byte[] body, URI uri) {
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name))
                    .filter(v -> !v.isEmpty())
                    .map(List::getFirst);
        }
    }

    /// Why there is no answer.
    enum Failure {
        /// The address is private or the scheme is not allowed: never tried.
        FORBIDDEN_ADDRESS,
        UNKNOWN_HOST,
        UNREACHABLE,
        TIMEOUT,
        TOO_LARGE,
        TLS
    }

    /// No answer.
    final class OutboundException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Failure failure;
        private final int status;

        public OutboundException(Failure failure, String message) {
            this(failure, message, 0);
        }

        /// @param status with which a server answered that does not let us connect; 0 if none did
        public OutboundException(Failure failure, String message, int status) {
            super(message);
            this.failure = failure;
            this.status = status;
        }

        /// With which status a server answered that does not let us connect; empty if none did.
        public Optional<Integer> status() {
            return status == 0 ? Optional.empty() : Optional.of(status);
        }

        public Failure failure() {
            return failure;
        }
    }

    /// @throws OutboundException if there is no answer
    Answer send(Request request);
}
