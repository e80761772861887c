package dev.drawbridge.atproto.translate;

/// The activity is fine and has no form on this network. Never leaves this package.
final class Uncrossable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String reason;

    Uncrossable(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
