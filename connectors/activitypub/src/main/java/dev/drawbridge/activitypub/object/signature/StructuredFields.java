package dev.drawbridge.activitypub.object.signature;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// As much of [RFC 9651](https://www.rfc-editor.org/rfc/rfc9651) as signatures need: dictionaries whose members are
/// inner lists of strings or byte sequences.
final class StructuredFields {
    private static final Pattern KEY = Pattern.compile("[a-z*][a-z0-9_.*-]*");
    private static final Pattern COMPONENT = Pattern.compile("\\s*\"([^\"\\\\]*)\"([^\\s)]*)");
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([a-z*][a-z0-9_.*-]*)(?:=(?:\"((?:[^\"\\\\]|\\\\[\"\\\\])*)\"|([^;\\s\"]+)))?");

    private StructuredFields() {}

    /// Members by key, values as written. What cannot be read is left out.
    static Map<String, String> dictionary(String header) {
        var members = new LinkedHashMap<String, String>();
        for (String part : split(header)) {
            int equals = part.indexOf('=');
            String key = (equals < 0 ? part : part.substring(0, equals)).strip();
            if (equals > 0 && KEY.matcher(key).matches()) {
                members.put(key, part.substring(equals + 1).strip());
            }
        }
        return members;
    }

    /// An inner list of strings with its parameters.
    ///
    /// @param items the strings; an item with parameters of its own keeps them behind the closing quote
    /// @param parameters of the list, strings without their quotes
    record InnerList(List<String> items, Map<String, String> parameters) {}

    static Optional<InnerList> innerList(String value) {
        int end = value.indexOf(')');
        if (!value.startsWith("(") || end < 0) {
            return Optional.empty();
        }
        String inside = value.substring(1, end);
        var items = new ArrayList<String>();
        Matcher component = COMPONENT.matcher(inside);
        int at = 0;
        while (component.find() && component.start() == at) {
            items.add(component.group(1) + component.group(2));
            at = component.end();
        }
        if (!inside.substring(at).isBlank()) {
            return Optional.empty();
        }
        return parameters(value.substring(end + 1)).map(p -> new InnerList(List.copyOf(items), p));
    }

    private static Optional<Map<String, String>> parameters(String text) {
        var found = new LinkedHashMap<String, String>();
        Matcher parameter = PARAMETER.matcher(text);
        int at = 0;
        while (parameter.find() && parameter.start() == at) {
            String quoted = parameter.group(2);
            String bare = parameter.group(3);
            found.put(parameter.group(1), quoted != null ? unescape(quoted) : bare != null ? bare : "?1");
            at = parameter.end();
        }
        return text.substring(at).isBlank() ? Optional.of(found) : Optional.empty();
    }

    private static String unescape(String text) {
        return text.replace("\\\"", "\"").replace("\\\\", "\\");
    }

    /// Splits at commas outside of quotes and parentheses.
    private static List<String> split(String header) {
        var parts = new ArrayList<String>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < header.length(); i++) {
            char c = header.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                parts.add(header.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(header.substring(from));
        return parts;
    }
}
