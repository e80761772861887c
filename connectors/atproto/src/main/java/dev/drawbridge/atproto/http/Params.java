package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.syntax.AtIdentifier;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RecordKey;
import dev.drawbridge.model.spi.HttpCall;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Query parameters by their lexicon type. Throws [XrpcError] on what does not fit.
record Params(HttpCall call) {
    Did did() {
        return required("did", Did::tryParse, "did");
    }

    AtIdentifier repo() {
        return required("repo", AtIdentifier::tryParse, "at-identifier");
    }

    Nsid collection() {
        return required("collection", Nsid::tryParse, "nsid");
    }

    RecordKey rkey() {
        return required("rkey", RecordKey::tryParse, "record-key");
    }

    <T> T required(String name, Function<String, Optional<T>> parse, String type) {
        String text = call.query(name).orElseThrow(() -> missing(name));
        return parsed(name, text, parse, type);
    }

    <T> Optional<T> optional(String name, Function<String, Optional<T>> parse, String type) {
        return call.query(name).map(text -> parsed(name, text, parse, type));
    }

    /// A parameter that may be there several times.
    <T> List<T> list(String name, int most, Function<String, Optional<T>> parse, String type) {
        List<String> texts = call.queryAll(name);
        if (texts.isEmpty()) {
            throw missing(name);
        }
        if (texts.size() > most) {
            throw XrpcError.invalidRequest("Error: " + name + " must not have more than " + most + " elements");
        }
        return texts.stream().map(text -> parsed(name, text, parse, type)).toList();
    }

    private static XrpcError missing(String name) {
        return XrpcError.invalidRequest("Error: Params must have the property \"" + name + "\"");
    }

    int limit(int otherwise, int most) {
        return optional("limit", Params::integer, "integer")
                .map(limit -> {
                    if (limit < 1 || limit > most) {
                        throw XrpcError.invalidRequest("Error: limit must be between 1 and " + most);
                    }
                    return limit;
                })
                .orElse(otherwise);
    }

    boolean flag(String name) {
        return optional(name, Params::bool, "boolean").orElse(false);
    }

    private static <T> T parsed(String name, String text, Function<String, Optional<T>> parse, String type) {
        return parse.apply(text)
                .orElseThrow(() -> XrpcError.invalidRequest("Error: " + name + " must be a valid " + type));
    }

    private static Optional<Integer> integer(String text) {
        return text.matches("-?\\d{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private static Optional<Boolean> bool(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
