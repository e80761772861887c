package dev.drawbridge.engine.net;

import java.net.UnknownHostException;

/// A place we must not go to. An `UnknownHostException`, because that is all a resolver may throw.
final class ForbiddenAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    ForbiddenAddressException(String message) {
        super(message);
    }
}
