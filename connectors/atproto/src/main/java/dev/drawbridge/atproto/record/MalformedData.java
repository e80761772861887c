package dev.drawbridge.atproto.record;

/// Bytes or text from elsewhere that break the specification. The only exception that readers in these packages throw
/// on bad input; catch it at the edge and refuse the input.
public final class MalformedData extends RuntimeException {
    public MalformedData(String message) {
        super(message);
    }

    public MalformedData(String message, Throwable cause) {
        super(message, cause);
    }
}
