package dev.drawbridge.activitypub.object.linkeddata;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Vocabulary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Writes a document from statements: a tree from one node on, nearest things first. What has an id is written out
/// once, where it is nearest; elsewhere it is named.
final class DocumentWriter {
    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final String XSD = "http://www.w3.org/2001/XMLSchema#";
    private static final String TYPE = RDF + "type";
    private static final Set<String> WHOLE = Set.of(XSD + "integer", XSD + "nonNegativeInteger", XSD + "int");
    private static final Set<String> BROKEN = Set.of(XSD + "double", XSD + "float", XSD + "decimal");

    private final Map<String, List<Statement>> statements = new LinkedHashMap<>();
    private final Set<String> written = new HashSet<>();
    private final ArrayDeque<Unfinished> queue = new ArrayDeque<>();
    private boolean tangled;

    /// A node that has a place in the tree and no members yet.
    private record Unfinished(String name, ObjectNode node) {}

    DocumentWriter(List<Statement> all) {
        all.stream()
                .filter(s -> s.graph().isEmpty())
                .forEach(s -> statements
                        .computeIfAbsent(s.subject(), _ -> new ArrayList<>())
                        .add(s));
    }

    Optional<As2> write(String id) {
        if (Statement.isBlank(id) || !statements.containsKey(id)) {
            return Optional.empty();
        }
        var root = (ObjectNode) begin(id);
        for (var next = queue.poll(); next != null && !tangled; next = queue.poll()) {
            fill(next);
        }
        root.put("@context", Vocabulary.CONTEXT);
        return tangled ? Optional.empty() : Optional.of(new As2(root));
    }

    private JsonNode begin(String name) {
        boolean blank = Statement.isBlank(name);
        if ((!blank && !statements.containsKey(name)) || !written.add(name)) {
            // A tree cannot say that two things without a name are the same one.
            tangled |= blank;
            return StringNode.valueOf(name);
        }
        ObjectNode node = Documents.object();
        if (!blank) {
            node.put("id", name);
        }
        queue.add(new Unfinished(name, node));
        return node;
    }

    private void fill(Unfinished unfinished) {
        var members = new LinkedHashMap<String, List<Statement>>();
        // What an activity is about is written out there, and not in some other place.
        members.put("object", new ArrayList<>());
        for (Statement s : statements.getOrDefault(unfinished.name(), List.of())) {
            members.computeIfAbsent(member(s), _ -> new ArrayList<>()).add(s);
        }
        members.forEach((name, values) -> {
            if (!values.isEmpty()) {
                unfinished.node().set(name, values(name, values));
            }
        });
    }

    private String member(Statement s) {
        if (s.predicate().equals(TYPE)) {
            return "type";
        }
        String name = Terms.of(s.predicate());
        if (name.equals("items") && isList(s)) {
            return "orderedItems";
        }
        return s.language().isPresent() ? name + "Map" : name;
    }

    private JsonNode values(String name, List<Statement> values) {
        if (values.stream().anyMatch(s -> s.language().isPresent())) {
            // What has the name of a map without a language has no place in it, and is not believed.
            ObjectNode languages = Documents.object();
            values.forEach(s -> s.language().ifPresent(language -> languages.put(language, s.object())));
            return languages;
        }
        ArrayNode all = Documents.object().putArray(name);
        values.forEach(s -> all.add(name.equals("type") ? StringNode.valueOf(Terms.of(s.object())) : value(s)));
        return all.size() == 1 ? all.get(0) : all;
    }

    private JsonNode value(Statement s) {
        if (s.isLiteral()) {
            return literal(s.object(), s.datatype().orElse(""));
        }
        return isList(s) ? list(s.object()) : begin(s.object());
    }

    private boolean isList(Statement s) {
        return !s.isLiteral()
                && (s.object().equals(RDF + "nil")
                        || statements.getOrDefault(s.object(), List.of()).stream()
                                .anyMatch(x -> x.predicate().equals(RDF + "first")));
    }

    private ArrayNode list(String head) {
        ArrayNode items = Documents.object().putArray("list");
        String cell = head;
        while (!cell.equals(RDF + "nil")) {
            var first = only(cell, "first");
            var rest = only(cell, "rest");
            if (first.isEmpty() || rest.isEmpty() || rest.get().isLiteral() || !written.add(cell)) {
                tangled = true;
                return items;
            }
            items.add(value(first.get()));
            cell = rest.get().object();
        }
        return items;
    }

    private Optional<Statement> only(String cell, String part) {
        var found = statements.getOrDefault(cell, List.of()).stream()
                .filter(s -> s.predicate().equals(RDF + part))
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static JsonNode literal(String text, String datatype) {
        var json = Documents.object().arrayNode();
        try {
            if (datatype.equals(XSD + "boolean") && (text.equals("true") || text.equals("false"))) {
                json.add(Boolean.parseBoolean(text));
            } else if (WHOLE.contains(datatype)) {
                json.add(Long.parseLong(text));
            } else if (BROKEN.contains(datatype) && Double.isFinite(Double.parseDouble(text))) {
                json.add(Double.parseDouble(text));
            } else {
                json.add(text);
            }
        } catch (NumberFormatException _) {
            json.add(text);
        }
        return json.get(0);
    }
}
