package dev.drawbridge.it.translate;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One thing that is wrong with a document.
///
/// @param place the names and positions that lead to what is changed
/// @param wrong what is put there
record Mutation(List<String> place, Wrong wrong) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper WRITER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /// What somebody may write who does not know better or means harm.
    enum Wrong {
        MISSING,
        NULL,
        TRUE,
        ZERO,
        NEGATIVE,
        ENDLESS_NUMBER,
        FRACTION,
        EMPTY_TEXT,
        TEXT,
        NOT_A_TIME,
        FAR_TIME,
        SCRIPT_LINK,
        DATA_LINK,
        SCRIPT,
        BROKEN_HTML,
        BACKWARDS,
        INVISIBLE,
        HALF_A_CHARACTER,
        CONTROL,
        LONG_TEXT,
        EMPTY_LIST,
        EMPTY_OBJECT,
        IN_A_LIST,
        TWICE,
        DEEP
    }

    /// Everything in a document that can be changed.
    static List<List<String>> places(JsonNode document) {
        var found = new ArrayList<List<String>>();
        collect(document, List.of(), found);
        return found;
    }

    private static void collect(JsonNode node, List<String> at, List<List<String>> found) {
        if (node.isObject()) {
            node.properties().forEach(e -> {
                List<String> inner = appended(at, e.getKey());
                found.add(inner);
                collect(e.getValue(), inner, found);
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                List<String> inner = appended(at, Integer.toString(i));
                found.add(inner);
                collect(node.get(i), inner, found);
            }
        }
    }

    private static List<String> appended(List<String> list, String last) {
        var longer = new ArrayList<>(list);
        longer.add(last);
        return List.copyOf(longer);
    }

    /// The document with this wrong in it.
    String in(JsonNode document) {
        JsonNode copy = document.deepCopy();
        JsonNode parent = copy;
        for (String step : place.subList(0, place.size() - 1)) {
            parent = parent.isArray() ? parent.get(Integer.parseInt(step)) : parent.get(step);
        }
        String last = place.getLast();
        switch (parent) {
            case ObjectNode object when wrong == Wrong.MISSING -> object.remove(last);
            case ObjectNode object -> object.set(last, value(object.get(last)));
            case ArrayNode array when wrong == Wrong.MISSING -> array.remove(Integer.parseInt(last));
            case ArrayNode array -> array.set(Integer.parseInt(last), value(array.get(Integer.parseInt(last))));
            default -> throw new IllegalStateException("nothing at " + place);
        }
        // Half a character comes as an escape: bytes that are no text are replaced before anybody reads them.
        return WRITER.writeValueAsString(copy);
    }

    private JsonNode value(JsonNode before) {
        return switch (wrong) {
            case MISSING, NULL -> JSON.nullNode();
            case TRUE -> JSON.booleanNode(true);
            case ZERO -> JSON.numberNode(0);
            case NEGATIVE -> JSON.numberNode(Long.MIN_VALUE);
            case ENDLESS_NUMBER -> JSON.numberNode(new java.math.BigInteger("9".repeat(40)));
            case FRACTION -> JSON.numberNode(1.5e300);
            case EMPTY_LIST -> JSON.arrayNode();
            case EMPTY_OBJECT -> JSON.objectNode();
            case IN_A_LIST -> JSON.arrayNode().add(before);
            case TWICE -> JSON.arrayNode().add(before).add(before);
            case DEEP -> deep();
            default -> JSON.stringNode(text(before));
        };
    }

    private String text(JsonNode before) {
        String said = before.isString() ? before.stringValue() : "";
        int middle = said.isEmpty() ? 0 : said.offsetByCodePoints(0, said.codePointCount(0, said.length()) / 2);
        return switch (wrong) {
            case TEXT -> "text";
            case NOT_A_TIME -> "2026-02-31T25:61:61Z";
            case FAR_TIME -> "+999999999-12-31T23:59:59Z";
            case SCRIPT_LINK -> "javascript:alert(document.cookie)//https://a.example/";
            case DATA_LINK -> "data:text/html,<script>alert(1)</script>";
            case SCRIPT ->
                said + "<script>alert(1)</script><img src=x onerror=alert(1)><a href=\"javascript:alert(1)\">x</a>";
            case BROKEN_HTML ->
                "<p><a href='https://a.example/\"onmouseover=alert(1) '>" + said
                        + "</p></a></b>&#0;&lt;script&gt;<svg onload=";
            case BACKWARDS -> said.substring(0, middle) + "\u202E\u2066" + said.substring(middle);
            case INVISIBLE -> said.substring(0, middle) + "\u200B\u2060\uFEFF\u00AD" + said.substring(middle);
            case HALF_A_CHARACTER -> said + "\uD83D";
            case CONTROL -> "\u0000\u0001\u001B[31m" + said + "\u0085\u2028";
            case LONG_TEXT -> (said.isEmpty() ? "x" : said).repeat(1 + 1_000_000 / Math.max(1, said.length()));
            default -> "";
        };
    }

    private static JsonNode deep() {
        JsonNode inner = JSON.objectNode();
        for (int i = 0; i < 200; i++) {
            inner = i % 2 == 0 ? JSON.arrayNode().add(inner) : JSON.objectNode().set("object", inner);
        }
        return inner;
    }

    @Override
    public String toString() {
        return wrong + " at " + String.join("/", place);
    }
}
