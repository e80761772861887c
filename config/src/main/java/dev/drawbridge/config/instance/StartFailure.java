package dev.drawbridge.config.instance;

/// The instance cannot start because of something outside of it. The message is a sentence for the operator.
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /// The message of another failure, which is a sentence already.
    static StartFailure saidBy(RuntimeException failure) {
        return new StartFailure(String.valueOf(failure.getMessage()), failure);
    }

    public StartFailure(String message) {
        super(message);
    }
}
