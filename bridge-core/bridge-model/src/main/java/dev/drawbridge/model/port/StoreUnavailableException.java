package dev.drawbridge.model.port;

/// The store does not answer, or cannot keep what it was given: not a bug, and worth trying again later. Any port may
/// throw it. What was being written may or may not be stored.
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message what is wrong, in a sentence the operator can read
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
