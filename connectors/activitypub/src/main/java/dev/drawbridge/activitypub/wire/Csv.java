package dev.drawbridge.activitypub.wire;

import java.util.ArrayList;
import java.util.List;

/// Tables of text ([RFC 4180](https://www.rfc-editor.org/rfc/rfc4180)). Lenient: a quote that is never closed ends with
/// the document.
final class Csv {
    private final String text;
    private final List<List<String>> rows = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private List<String> row = new ArrayList<>();
    private int at;

    private Csv(String text) {
        this.text = text;
    }

    /// Lines with something in them.
    static List<List<String>> rows(String document) {
        return new Csv(document.replaceFirst("^\uFEFF", "")).read();
    }

    private List<List<String>> read() {
        while (at < text.length()) {
            char next = text.charAt(at++);
            switch (next) {
                case '"' -> quoted();
                case ',' -> endOfField();
                case '\r', '\n' -> endOfRow();
                default -> field.append(next);
            }
        }
        endOfRow();
        return rows;
    }

    private void quoted() {
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next != '"') {
                field.append(next);
            } else if (at < text.length() && text.charAt(at) == '"') {
                field.append(next);
                at++;
            } else {
                return;
            }
        }
    }

    private void endOfField() {
        row.add(field.toString());
        field.setLength(0);
    }

    private void endOfRow() {
        endOfField();
        if (row.stream().anyMatch(value -> !value.isBlank())) {
            rows.add(List.copyOf(row));
        }
        row = new ArrayList<>();
    }
}
