package dev.drawbridge.atproto.record.repo;

/// No commit can hold this, however often it is tried: it breaks a rule of the data model, or is too large.
public final class UnstorableRecord extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnstorableRecord(String message) {
        super(message);
    }

    UnstorableRecord(String message, Throwable cause) {
        super(message, cause);
    }
}
