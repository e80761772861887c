package dev.drawbridge.config.demo;

/// Not everything crossed in time. The message is a sentence that says what is missing.
public final class Incomplete extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Incomplete(String message) {
        super(message);
    }
}
