package dev.drawbridge.engine.net;

import java.io.IOException;

/// More bytes than were asked for.
final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(long limit) {
        super("more than " + limit + " bytes");
    }
}
