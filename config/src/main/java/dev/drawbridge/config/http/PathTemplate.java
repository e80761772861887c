package dev.drawbridge.config.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A path with variables, `/fixed/{variable}` or `/fixed/{*rest}`, matched against a raw request path.
///
/// A variable is one segment and never empty; a rest is whatever follows, slashes included, and may be empty.
final class PathTemplate {
    private final String text;
    private final List<String> segments;
    private final Optional<String> rest;

    /// @throws IllegalArgumentException if `text` is not a template: a mistake of ours
    PathTemplate(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("a path starts with a slash: " + text);
        }
        var parts = new ArrayList<>(split(text));
        String last = parts.getLast();
        boolean open = last.startsWith("{*") && last.endsWith("}");
        if (open) {
            parts.removeLast();
        }
        if (parts.stream().anyMatch(part -> part.startsWith("{*"))) {
            throw new IllegalArgumentException("only the last segment takes the rest: " + text);
        }
        this.text = text;
        this.rest = open ? Optional.of(last.substring(2, last.length() - 1)) : Optional.empty();
        this.segments = List.copyOf(parts);
    }

    /// The variables, percent-decoded, if the path is one of this template.
    Optional<Map<String, String>> match(String rawPath) {
        List<String> path = split(rawPath);
        if (path.size() < segments.size() || (rest.isEmpty() && path.size() > segments.size())) {
            return Optional.empty();
        }
        var variables = new LinkedHashMap<String, String>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            String value = decode(path.get(i));
            if (!segment.startsWith("{")) {
                if (!segment.equals(value)) {
                    return Optional.empty();
                }
            } else if (value.isEmpty()) {
                return Optional.empty();
            } else {
                variables.put(segment.substring(1, segment.length() - 1), value);
            }
        }
        rest.ifPresent(name ->
                variables.put(name, decode(String.join("/", path.subList(segments.size(), path.size())))));
        return Optional.of(variables);
    }

    private static List<String> split(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    private static String decode(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
