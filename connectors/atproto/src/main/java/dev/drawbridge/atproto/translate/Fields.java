package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Datetime;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads fields of a JSON object by their lexicon type. Everything here throws [BadField] on what does not fit.
final class Fields {
    private Fields() {}

    static Optional<JsonNode> optional(ObjectNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value.isNull()) {
            throw new BadField(name, "is null; an absent field must be left out");
        }
        return Optional.of(value);
    }

    static String string(ObjectNode object, String name) {
        return optionalString(object, name).orElseThrow(() -> new BadField(name, "is missing"));
    }

    static Optional<String> optionalString(ObjectNode object, String name) {
        return optional(object, name).map(value -> {
            if (!value.isString()) {
                throw new BadField(name, "is not a string");
            }
            return value.stringValue();
        });
    }

    static ObjectNode object(ObjectNode object, String name) {
        return optionalObject(object, name).orElseThrow(() -> new BadField(name, "is missing"));
    }

    static Optional<ObjectNode> optionalObject(ObjectNode object, String name) {
        return optional(object, name).map(value -> {
            if (value instanceof ObjectNode inner) {
                return inner;
            }
            throw new BadField(name, "is not an object");
        });
    }

    static List<JsonNode> list(ObjectNode object, String name) {
        return optional(object, name)
                .map(value -> {
                    if (!value.isArray()) {
                        throw new BadField(name, "is not an array");
                    }
                    List<JsonNode> items = new ArrayList<>();
                    value.forEach(items::add);
                    return items;
                })
                .orElseGet(List::of);
    }

    static List<String> strings(ObjectNode object, String name) {
        return list(object, name).stream()
                .map(item -> {
                    if (!item.isString()) {
                        throw new BadField(name, "holds something that is not a string");
                    }
                    return item.stringValue();
                })
                .toList();
    }

    static Instant datetime(ObjectNode object, String name) {
        return instant(name, string(object, name));
    }

    static Instant instant(String name, String text) {
        return Datetime.tryParse(text).orElseThrow(() -> new BadField(name, "is not a date and time with a zone"));
    }

    static Did did(ObjectNode object, String name) {
        return Did.tryParse(string(object, name)).orElseThrow(() -> new BadField(name, "is not a DID"));
    }

    /// A reference to one version of a record, `com.atproto.repo.strongRef`.
    static ObjectRef strongRef(ObjectNode object, String name) {
        ObjectNode ref = object(object, name);
        AtUri uri = AtUri.tryParse(string(ref, "uri"))
                .filter(u -> u.did().isPresent() && u.path().isPresent())
                .orElseThrow(() -> new BadField(name + ".uri", "does not name a record by DID, collection and key"));
        String cid = string(ref, "cid");
        if (!Cid.hasSyntax(cid)) {
            throw new BadField(name + ".cid", "is not a content id");
        }
        return ObjectRef.of(new NativeId(Network.ATPROTO, uri.toString()), cid);
    }
}
