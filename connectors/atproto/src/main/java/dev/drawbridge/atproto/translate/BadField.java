package dev.drawbridge.atproto.translate;

/// A field of a document that is not what its lexicon says. Never leaves this package.
final class BadField extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String field;

    BadField(String field, String detail) {
        super(detail, null, false, false);
        this.field = field;
    }

    String field() {
        return field;
    }

    String detail() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
