package dev.drawbridge.activitypub.object.linkeddata;

import java.util.Optional;

/// One RDF statement, <https://www.w3.org/TR/rdf11-concepts/>.
///
/// @param subject an IRI or a blank node
/// @param object an IRI, a blank node or the text of a literal
/// @param datatype of a literal; empty if the object is not one
/// @param language of a literal in some language
/// @param graph empty for the default graph
record Statement(
        String subject,
        String predicate,
        String object,
        Optional<String> datatype,
        Optional<String> language,
        Optional<String> graph) {
    private static final int DELETE = 0x7F;
    private static final String STRING = "http://www.w3.org/2001/XMLSchema#string";

    boolean isLiteral() {
        return datatype.isPresent() || language.isPresent();
    }

    static boolean isBlank(String node) {
        return node.startsWith("_:");
    }

    /// A line of [canonical N-Quads](https://www.w3.org/TR/rdf-canon/#canonical-quads). URDNA2015 said nothing about
    /// other characters than `\`, `"` and the ends of lines; those who sign escape the control characters too.
    String line() {
        return node(subject) + " " + node(predicate) + " " + (isLiteral() ? literal() : node(object))
                + graph.map(g -> " " + node(g)).orElse("") + " .\n";
    }

    private static String node(String name) {
        return isBlank(name) ? name : "<" + name + ">";
    }

    private String literal() {
        var text = new StringBuilder(object.length());
        object.codePoints().forEach(c -> text.append(escaped(c)));
        String kind = language.map(l -> "@" + l)
                .orElseGet(() -> datatype.filter(t -> !t.equals(STRING))
                        .map(t -> "^^<" + t + ">")
                        .orElse(""));
        return "\"" + text + "\"" + kind;
    }

    private static String escaped(int character) {
        return switch (character) {
            case '\b' -> "\\b";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\f' -> "\\f";
            case '\r' -> "\\r";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            default ->
                character < ' ' || character == DELETE ? "\\u%04X".formatted(character) : Character.toString(character);
        };
    }
}
