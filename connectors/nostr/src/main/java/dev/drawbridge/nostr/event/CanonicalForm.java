package dev.drawbridge.nostr.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// What an event's id is computed over, byte for byte ([NIP-01](https://nips.nostr.com/1)): JSON without white space
/// in which only control characters, quotation marks and backslashes are escaped.
final class CanonicalForm {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private CanonicalForm() {}

    static String of(UnsignedEvent event) {
        var out = new StringBuilder(event.content().length() + 200);
        out.append("[0,\"").append(event.pubkey().hex()).append("\",");
        out.append(event.createdAt()).append(',').append(event.kind()).append(',');
        tags(event.tags(), out);
        out.append(',');
        string(event.content(), out);
        return out.append(']').toString();
    }

    static EventId id(UnsignedEvent event) {
        return EventId.of(sha256().digest(of(event).getBytes(StandardCharsets.UTF_8)));
    }

    static void tags(List<Tag> tags, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < tags.size(); i++) {
            out.append(i == 0 ? "[" : ",[");
            List<String> items = tags.get(i).items();
            for (int j = 0; j < items.size(); j++) {
                if (j > 0) {
                    out.append(',');
                }
                string(items.get(j), out);
            }
            out.append(']');
        }
        out.append(']');
    }

    static void string(String text, StringBuilder out) {
        out.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                out.append(text, written, i);
                escape(c, out);
                written = i + 1;
            }
        }
        out.append(text, written, text.length()).append('"');
    }

    private static void escape(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            // The NIP is silent here; every implementation writes what JavaScript writes.
            default -> out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
