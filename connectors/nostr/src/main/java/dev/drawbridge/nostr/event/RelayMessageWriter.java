package dev.drawbridge.nostr.event;

/// Puts an array together, of a relay or of a client.
final class RelayMessageWriter {
    private final StringBuilder out = new StringBuilder("[");

    RelayMessageWriter(String type) {
        CanonicalForm.string(type, out);
    }

    RelayMessageWriter text(String text) {
        out.append(',');
        CanonicalForm.string(text, out);
        return this;
    }

    RelayMessageWriter raw(String json) {
        out.append(',').append(json);
        return this;
    }

    String end() {
        return out.append(']').toString();
    }
}
