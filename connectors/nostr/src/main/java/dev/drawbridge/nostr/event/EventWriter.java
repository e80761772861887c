package dev.drawbridge.nostr.event;

/// Writes events as JSON objects, with the escapes of the canonical form: what relays hash again reads the same.
final class EventWriter {
    private EventWriter() {}

    static String signed(Event event) {
        var out = new StringBuilder(event.content().length() + 512);
        out.append("{\"id\":\"").append(event.id().hex()).append("\",");
        body(event.unsigned(), out);
        return out.append(",\"sig\":\"").append(event.sig()).append("\"}").toString();
    }

    static String unsigned(UnsignedEvent event, EventId id) {
        var out = new StringBuilder(event.content().length() + 256);
        out.append("{\"id\":\"").append(id.hex()).append("\",");
        body(event, out);
        return out.append('}').toString();
    }

    static String template(EventTemplate event) {
        var out = new StringBuilder(event.content().length() + 256).append('{');
        rest(event, out);
        return out.append('}').toString();
    }

    private static void body(UnsignedEvent event, StringBuilder out) {
        out.append("\"pubkey\":\"").append(event.pubkey().hex()).append("\",");
        rest(new EventTemplate(event.createdAt(), event.kind(), event.tags(), event.content()), out);
    }

    private static void rest(EventTemplate event, StringBuilder out) {
        out.append("\"created_at\":")
                .append(event.createdAt())
                .append(",\"kind\":")
                .append(event.kind())
                .append(",\"tags\":");
        CanonicalForm.tags(event.tags(), out);
        out.append(",\"content\":");
        CanonicalForm.string(event.content(), out);
    }
}
