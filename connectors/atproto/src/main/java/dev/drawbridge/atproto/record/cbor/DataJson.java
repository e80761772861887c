package dev.drawbridge.atproto.record.cbor;

import dev.drawbridge.atproto.record.MalformedData;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The JSON form of the data model: `{"$link": "b…"}`, `{"$bytes": "base64"}` and blobs beside plain JSON.
///
/// Spec: [JSON representation](https://atproto.com/specs/data-model#json-representation). Reading also checks the rules
/// of [DataRules].
public final class DataJson {
    private static final String LINK = "$link";
    private static final String BYTES = "$bytes";
    private static final int MAX_DEPTH = 64;
    private static final double MAX_EXACT = 9_007_199_254_740_991.0;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(CborLimits.FRAME.maxBytes())
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private DataJson() {}

    /// Reads an object from JSON text.
    ///
    /// @throws MalformedData if the text is not JSON, not an object, or not of the data model
    public static DataMap parse(String json) {
        try {
            return map(MAPPER.readTree(json));
        } catch (JacksonException e) {
            throw new MalformedData("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /// Reads an object from JSON text in UTF-8.
    ///
    /// @throws MalformedData if the text is not JSON, not an object, or not of the data model
    public static DataMap parse(byte[] json) {
        try {
            return map(MAPPER.readTree(json));
        } catch (JacksonException e) {
            throw new MalformedData("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /// Reads an object.
    ///
    /// @throws MalformedData if the node is not an object or not of the data model
    public static DataMap map(JsonNode node) {
        if (fromNode(node, 0) instanceof DataMap map) {
            return map;
        }
        throw new MalformedData("JSON is not an object");
    }

    /// @throws MalformedData if the node is not of the data model, e.g. holds a fraction
    public static Data fromNode(JsonNode node) {
        return fromNode(node, 0);
    }

    public static String write(Data data) {
        return MAPPER.writeValueAsString(toNode(data));
    }

    public static ObjectNode toNode(DataMap map) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        map.fields().forEach((key, value) -> node.set(key, toNode(value)));
        return node;
    }

    public static JsonNode toNode(Data data) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (data) {
            case DataMap map -> toNode(map);
            case DataList list -> {
                ArrayNode array = nodes.arrayNode(list.size());
                list.forEach(item -> array.add(toNode(item)));
                yield array;
            }
            case Data.Text(String value) -> nodes.stringNode(value);
            case Data.Int(long value) -> nodes.numberNode(value);
            case Data.Bool(boolean value) -> nodes.booleanNode(value);
            case Data.Bytes bytes ->
                nodes.objectNode()
                        .put(BYTES, Base64.getEncoder().withoutPadding().encodeToString(bytes.value()));
            case Data.Link(Cid cid) -> nodes.objectNode().put(LINK, cid.toString());
            case Data.Null _ -> nodes.nullNode();
        };
    }

    private static Data fromNode(JsonNode node, int depth) {
        if (depth > MAX_DEPTH) {
            throw new MalformedData("JSON is nested deeper than " + MAX_DEPTH);
        }
        return switch (node.getNodeType()) {
            case OBJECT -> object(node, depth);
            case ARRAY -> {
                List<Data> items = new ArrayList<>(node.size());
                node.forEach(item -> items.add(fromNode(item, depth + 1)));
                yield new DataList(items);
            }
            case STRING -> text(node.stringValue());
            case NUMBER -> number(node);
            case BOOLEAN -> Data.of(node.booleanValue());
            case NULL -> new Data.Null();
            case BINARY, MISSING, POJO -> throw new MalformedData("not a JSON value");
        };
    }

    private static Data object(JsonNode node, int depth) {
        if (node.has(LINK)) {
            return Data.of(Cid.parse(onlyText(node, LINK)));
        }
        if (node.has(BYTES)) {
            return Data.of(base64(onlyText(node, BYTES)));
        }
        Map<String, Data> fields = LinkedHashMap.newLinkedHashMap(node.size());
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            fields.put(text(field.getKey()).value(), fromNode(field.getValue(), depth + 1));
        }
        DataMap map = new DataMap(fields);
        DataRules.checkShape(map);
        return map;
    }

    private static String onlyText(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (node.size() != 1 || !value.isString()) {
            throw new MalformedData(field + " must be the only field and a string");
        }
        return value.stringValue();
    }

    private static Data.Text text(String value) {
        try {
            return Data.of(value);
        } catch (IllegalArgumentException e) {
            throw new MalformedData("text is not Unicode", e);
        }
    }

    private static Data number(JsonNode node) {
        if (node.isIntegralNumber()) {
            if (!node.canConvertToLong()) {
                throw new MalformedData("integer beyond 64 bits");
            }
            return Data.of(node.longValue());
        }
        double value = node.doubleValue();
        if (value != Math.rint(value) || Math.abs(value) > MAX_EXACT) {
            throw new MalformedData("the data model has no fractions");
        }
        return Data.of((long) value);
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedData("$bytes is not base64", e);
        }
    }
}
