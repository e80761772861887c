package dev.drawbridge.atproto.media;

/// A file that cannot be shown here. Never leaves this package.
final class UnusableFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableFile(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
