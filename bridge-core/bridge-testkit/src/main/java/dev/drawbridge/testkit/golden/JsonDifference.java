package dev.drawbridge.testkit.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// What differs between two JSON values, place by place. The order of members does not matter, that of elements
/// does.
final class JsonDifference {
    private final List<String> found = new ArrayList<>();

    private JsonDifference() {}

    /// One line per place, as a JSON pointer (RFC 6901) with both values; empty if the two say the same.
    static List<String> between(JsonNode expected, JsonNode actual) {
        JsonDifference difference = new JsonDifference();
        difference.compare("", expected, actual);
        return difference.found;
    }

    private void compare(String at, JsonNode expected, JsonNode actual) {
        if (expected.isObject() && actual.isObject()) {
            TreeSet<String> names = new TreeSet<>(expected.propertyNames());
            names.addAll(actual.propertyNames());
            names.forEach(name -> member(at + '/' + escaped(name), expected.get(name), actual.get(name)));
        } else if (expected.isArray() && actual.isArray()) {
            for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
                member(at + '/' + i, expected.get(i), actual.get(i));
            }
        } else if (!same(expected, actual)) {
            found.add(place(at) + ": expected " + expected + " but was " + actual);
        }
    }

    private void member(
            String at,
            @org.jspecify.annotations.Nullable JsonNode expected,
            @org.jspecify.annotations.Nullable JsonNode actual) {
        if (expected == null) {
            found.add(at + ": not expected, but was " + actual);
        } else if (actual == null) {
            found.add(at + ": expected " + expected + " but is missing");
        } else {
            compare(at, expected, actual);
        }
    }

    private static boolean same(JsonNode expected, JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        return expected.equals(actual);
    }

    private static String place(String at) {
        return at.isEmpty() ? "the whole" : at;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
