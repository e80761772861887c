package dev.drawbridge.atproto.record.lexicon;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.syntax.Nsid;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads lexicon documents. Descriptions, known values and defaults bind nobody and are passed over.
///
/// Spec: [Lexicon](https://atproto.com/specs/lexicon)
final class LexiconReader {
    private static final Set<String> METHODS = Set.of("query", "procedure", "subscription", "permission-set");
    private final String id;

    private LexiconReader(String id) {
        this.id = id;
    }

    /// The definitions of a document by their full names.
    ///
    /// @throws MalformedData if it is no lexicon
    static Map<String, Schema> read(String document) {
        try {
            return read(JsonMapper.shared().readTree(document));
        } catch (JacksonException e) {
            throw new MalformedData("a lexicon is not JSON: " + e.getOriginalMessage());
        }
    }

    static Map<String, Schema> read(JsonNode document) {
        if (document.path("lexicon").asInt(0) != 1 || !document.path("lexicon").isIntegralNumber()) {
            throw new MalformedData("not version 1 of the lexicon language");
        }
        if (!document.path("id").isString()
                || Nsid.tryParse(document.path("id").stringValue()).isEmpty()) {
            throw new MalformedData("a lexicon without a name");
        }
        return new LexiconReader(document.path("id").stringValue()).definitions(object(document, "defs"));
    }

    private Map<String, Schema> definitions(ObjectNode defs) {
        Map<String, Schema> found = new HashMap<>();
        for (Map.Entry<String, JsonNode> def : defs.properties()) {
            boolean main = def.getKey().equals("main");
            String type = type(def.getValue());
            if ((METHODS.contains(type) || type.equals("record")) && !main) {
                throw bad(def.getKey(), "only a main definition may be a " + type);
            }
            if (type.equals("ref") || type.equals("union") || type.equals("unknown")) {
                throw bad(def.getKey(), "a definition may not be a " + type);
            }
            found.put(main ? id : id + '#' + def.getKey(), schema(def.getKey(), def.getValue()));
        }
        return found;
    }

    private Schema schema(String place, JsonNode def) {
        String type = type(def);
        return switch (type) {
            case "boolean" ->
                new Schema.Bool(
                        def.path("const").isBoolean()
                                ? Optional.of(def.path("const").booleanValue())
                                : Optional.empty());
            case "integer" -> integer(def);
            case "string" -> string(def);
            case "bytes" -> new Schema.Bytes(range(def, "Length"));
            case "cid-link" -> new Schema.Link();
            case "blob" -> new Schema.File(texts(def.path("accept")), number(def, "maxSize"));
            case "array" -> new Schema.Array(schema(place, object(def, "items")), range(def, "Length"));
            case "object" -> fields(place, def);
            case "ref" -> new Schema.Ref(full(def.path("ref").asString("")));
            case "union" ->
                new Schema.Union(
                        texts(def.path("refs")).stream().map(this::full).toList(),
                        def.path("closed").asBoolean(false));
            case "token" -> new Schema.Token();
            case "unknown" -> new Schema.Unknown();
            case "record" -> record(place, def);
            default -> {
                if (METHODS.contains(type)) {
                    yield new Schema.Method(type);
                }
                throw bad(place, "of unknown type " + type);
            }
        };
    }

    private Schema.Rec record(String place, JsonNode def) {
        ObjectNode body = object(def, "record");
        String key = def.path("key").asString("");
        if (!type(body).equals("object") || key.isEmpty()) {
            throw bad(place, "a record needs a key and an object");
        }
        return new Schema.Rec(key, fields(place, body));
    }

    private Schema.Obj fields(String place, JsonNode def) {
        Map<String, Schema> properties = new HashMap<>();
        for (Map.Entry<String, JsonNode> property : def.path("properties").properties()) {
            properties.put(property.getKey(), schema(place + '.' + property.getKey(), property.getValue()));
        }
        return new Schema.Obj(
                properties, new HashSet<>(texts(def.path("required"))), new HashSet<>(texts(def.path("nullable"))));
    }

    private static Schema.Int integer(JsonNode def) {
        Set<Long> allowed = new HashSet<>();
        def.path("enum").forEach(value -> allowed.add(value.asLong()));
        if (def.has("const")) {
            allowed.add(def.path("const").asLong());
        }
        return new Schema.Int(number(def, "minimum"), number(def, "maximum"), allowed);
    }

    private static Schema.Str string(JsonNode def) {
        Set<String> allowed = new HashSet<>(texts(def.path("enum")));
        if (def.path("const").isString()) {
            allowed.add(def.path("const").stringValue());
        }
        return new Schema.Str(
                Format.of(def.path("format").asString("")), allowed, range(def, "Length"), range(def, "Graphemes"));
    }

    private static Schema.Range range(JsonNode def, String of) {
        return new Schema.Range(
                def.path("min" + of).asLong(0), def.path("max" + of).asLong(Long.MAX_VALUE));
    }

    private static OptionalLong number(JsonNode def, String field) {
        JsonNode value = def.path(field);
        return value.isIntegralNumber() ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(item -> item.asString("")).toList();
    }

    private static String type(JsonNode def) {
        return def.path("type").asString("");
    }

    private static ObjectNode object(JsonNode parent, String field) {
        if (parent.get(field) instanceof ObjectNode found) {
            return found;
        }
        throw new MalformedData("a lexicon without " + field);
    }

    /// `#name` is of this document, and a main definition has no name.
    private String full(String ref) {
        String name = ref.startsWith("lex:") ? ref.substring("lex:".length()) : ref;
        String whole = name.startsWith("#") ? id + name : name;
        return whole.endsWith("#main") ? whole.substring(0, whole.length() - "#main".length()) : whole;
    }

    private MalformedData bad(String place, String detail) {
        return new MalformedData("lexicon " + id + ", " + place + ": " + detail);
    }
}
