package dev.drawbridge.activitypub.object;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An Activity Streams 2.0 document, read the way servers really write it: every property may be a string, an object
/// or an array of either, ids may be null, and terms may carry the `as:` prefix.
///
/// See [Activity Streams 2.0](https://www.w3.org/TR/activitystreams-core/).
///
/// @param node a JSON object
public record As2(JsonNode node) {
    private static final List<String> PREFIXES = List.of("as:", "https://www.w3.org/ns/activitystreams#");

    /// The same document with another value of one property. What it is made of is shared.
    public As2 with(String name, JsonNode value) {
        ObjectNode changed = members();
        changed.set(name, value);
        return new As2(changed);
    }

    /// The same document without a property.
    public As2 without(String name) {
        ObjectNode changed = members();
        changed.remove(name);
        return new As2(changed);
    }

    private ObjectNode members() {
        ObjectNode copy = Documents.object();
        node.properties().forEach(e -> copy.set(e.getKey(), e.getValue()));
        return copy;
    }

    /// The document's own id, if it has one that is not null.
    public Optional<String> id() {
        return idOf(node);
    }

    /// The first type without prefix, or an empty string.
    public String type() {
        List<String> types = types();
        return types.isEmpty() ? "" : types.getFirst();
    }

    public List<String> types() {
        JsonNode value = either("type", "@type");
        if (value.isString()) {
            return List.of(withoutPrefix(value.stringValue()));
        }
        var types = new ArrayList<String>();
        for (JsonNode item : each(value)) {
            if (item.isString()) {
                types.add(withoutPrefix(item.stringValue()));
            }
        }
        return types;
    }

    public boolean isA(String... types) {
        List<String> wanted = Arrays.asList(types);
        for (String type : types()) {
            if (wanted.contains(type)) {
                return true;
            }
        }
        return false;
    }

    public boolean has(String name) {
        return first(node.path(name), n -> !n.isNull() && !n.isMissingNode()).isPresent();
    }

    /// The first text of a property; empty if it has none. A blank text is a text.
    public Optional<String> text(String name) {
        return first(node.path(name), JsonNode::isString).map(JsonNode::stringValue);
    }

    /// A property that may be written in several languages: the plain text, else the first one of `<name>Map`.
    public Optional<String> naturalText(String name) {
        return text(name).or(() -> languages(name).values().stream().findFirst());
    }

    /// The texts of `<name>Map` by language tag, in the order written.
    public Map<String, String> languages(String name) {
        var texts = new LinkedHashMap<String, String>();
        node.path(name + "Map")
                .properties()
                .forEach(e -> first(e.getValue(), JsonNode::isString)
                        .ifPresent(text -> texts.put(e.getKey(), text.stringValue())));
        return texts;
    }

    /// The ids a property refers to, whether by id, by an embedded object or by a `Link`.
    public List<String> refs(String name) {
        var refs = new ArrayList<String>();
        for (JsonNode value : each(node.path(name))) {
            refOf(value).ifPresent(refs::add);
        }
        return refs;
    }

    public Optional<String> ref(String name) {
        for (JsonNode value : each(node.path(name))) {
            Optional<String> ref = refOf(value);
            if (ref.isPresent()) {
                return ref;
            }
        }
        return Optional.empty();
    }

    /// The objects embedded in a property.
    public List<As2> objects(String name) {
        var objects = new ArrayList<As2>();
        for (JsonNode value : each(node.path(name))) {
            if (value.isObject()) {
                objects.add(new As2(value));
            }
        }
        return objects;
    }

    public Optional<As2> object(String name) {
        return first(node.path(name), JsonNode::isObject).map(As2::new);
    }

    public Optional<Boolean> flag(String name) {
        return first(node.path(name), JsonNode::isBoolean).map(JsonNode::booleanValue);
    }

    /// A point in time; empty if there is none that can be read.
    public Optional<Instant> instant(String name) {
        return text(name).flatMap(Times::tryParse);
    }

    private JsonNode either(String name, String keyword) {
        return node.has(name) ? node.path(name) : node.path(keyword);
    }

    private static Optional<String> idOf(JsonNode object) {
        JsonNode id = object.has("id") ? object.path("id") : object.path("@id");
        return first(id, n -> n.isString() && !n.stringValue().isBlank()).map(JsonNode::stringValue);
    }

    private static Optional<String> refOf(JsonNode value) {
        if (value.isString()) {
            return Optional.of(value.stringValue()).filter(v -> !v.isBlank());
        }
        return idOf(value).or(() -> new As2(value).text("href"));
    }

    private static Optional<JsonNode> first(JsonNode value, Predicate<JsonNode> wanted) {
        if (value.isArray()) {
            for (JsonNode item : value) {
                if (wanted.test(item)) {
                    return Optional.of(item);
                }
            }
            return Optional.empty();
        }
        return wanted.test(value) ? Optional.of(value) : Optional.empty();
    }

    private static List<JsonNode> each(JsonNode value) {
        if (value.isArray()) {
            var found = new ArrayList<JsonNode>();
            value.forEach(item -> {
                if (!item.isNull()) {
                    found.add(item);
                }
            });
            return found;
        }
        return value.isMissingNode() || value.isNull() ? List.of() : List.of(value);
    }

    private static String withoutPrefix(String type) {
        if (type.indexOf(':') < 0) {
            return type;
        }
        return PREFIXES.stream()
                .filter(p -> type.toLowerCase(Locale.ROOT).startsWith(p))
                .findFirst()
                .map(p -> type.substring(p.length()))
                .orElse(type);
    }
}
