package dev.drawbridge.config.translate;

/// What was fed in cannot be used; the message is one line for the person who did it.
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadInput(String message) {
        super(message.replaceAll("\\s+", " ").strip());
    }
}
