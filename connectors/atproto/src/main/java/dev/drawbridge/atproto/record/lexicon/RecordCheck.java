package dev.drawbridge.atproto.record.lexicon;

import dev.drawbridge.atproto.record.cbor.Blob;
import dev.drawbridge.atproto.record.cbor.Data;
import dev.drawbridge.atproto.record.cbor.DataList;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.lexicon.Finding.Rule;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RecordKey;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// One look at one record.
final class RecordCheck {
    /// Beyond it many readers lose precision.
    private static final long MAX_INTEGER = (1L << 53) - 1;

    /// Whoever writes a reference chain longer than this means to hang a reader.
    private static final int MAX_DEPTH = 32;

    private final Map<String, Schema> schemas;
    private final List<Finding> findings = new ArrayList<>();

    RecordCheck(Map<String, Schema> schemas) {
        this.schemas = schemas;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    void key(String allowed, RecordKey key) {
        boolean fits = switch (allowed) {
            case "tid" -> Tid.tryParse(key.value()).isPresent();
            case "nsid" -> Nsid.tryParse(key.value()).isPresent();
            case "any" -> true;
            default -> allowed.equals("literal:" + key.value());
        };
        if (!fits) {
            found(List.of("rkey"), Rule.FORMAT, "is not a key of the kind " + allowed);
        }
    }

    void type(String collection, DataMap record) {
        if (record.type().filter(collection::equals).isEmpty()) {
            found(List.of("$type"), Rule.VALUE, "is not that of its collection");
        }
    }

    void value(List<String> path, Schema schema, Data value) {
        if (path.size() > MAX_DEPTH) {
            found(path, Rule.TOO_LONG, "lies too deep");
            return;
        }
        switch (schema) {
            case Schema.Bool(Optional<Boolean> constant) -> bool(path, constant, value);
            case Schema.Int limits -> integer(path, limits, value);
            case Schema.Str limits -> string(path, limits, value);
            case Schema.Bytes(Schema.Range length) -> bytes(path, length, value);
            case Schema.Link _ -> expect(path, value instanceof Data.Link, "a link");
            case Schema.File limits -> file(path, limits, value);
            case Schema.Array(Schema items, Schema.Range length) -> array(path, items, length, value);
            case Schema.Obj fields -> object(path, fields, value);
            case Schema.Rec(var _, Schema.Obj body) -> object(path, body, value);
            case Schema.Ref(String target) -> ref(path, target, value);
            case Schema.Union union -> union(path, union, value);
            case Schema.Token _ -> expect(path, value instanceof Data.Text, "a string");
            case Schema.Unknown _ ->
                expect(path, value instanceof DataMap map && Blob.tryFrom(map).isEmpty(), "an object");
            case Schema.Method _ -> found(path, Rule.UNKNOWN, "is described by something that describes no data");
        }
    }

    private void bool(List<String> path, Optional<Boolean> constant, Data value) {
        if (!(value instanceof Data.Bool(boolean is))) {
            found(path, Rule.TYPE, "is not true or false");
        } else if (constant.filter(only -> only != is).isPresent()) {
            found(path, Rule.VALUE, "is not " + constant.get());
        }
    }

    private void integer(List<String> path, Schema.Int limits, Data value) {
        if (!(value instanceof Data.Int(long number))) {
            found(path, Rule.TYPE, "is not an integer");
            return;
        }
        if (Math.abs(number) > MAX_INTEGER
                || number < limits.minimum().orElse(Long.MIN_VALUE)
                || number > limits.maximum().orElse(Long.MAX_VALUE)) {
            found(path, Rule.VALUE, "is out of its range: " + number);
        } else if (!limits.allowed().isEmpty() && !limits.allowed().contains(number)) {
            found(path, Rule.VALUE, "is none of " + new TreeSet<>(limits.allowed()));
        }
    }

    private void string(List<String> path, Schema.Str limits, Data value) {
        if (!(value instanceof Data.Text(String text))) {
            found(path, Rule.TYPE, "is not a string");
            return;
        }
        // Most texts are short enough in UTF-16 already; only the others are measured.
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        length(path, bytes, limits.bytes(), "bytes");
        Schema.Range graphemes = limits.graphemes();
        if (graphemes.least() > 0 || bytes > graphemes.most()) {
            length(path, Graphemes.count(text), graphemes, "characters");
        }
        if (limits.format().filter(format -> !format.accepts(text)).isPresent()) {
            found(
                    path,
                    Rule.FORMAT,
                    "is not in the form of a " + limits.format().get());
        }
        if (!limits.allowed().isEmpty() && !limits.allowed().contains(text)) {
            found(path, Rule.VALUE, "is none of " + new TreeSet<>(limits.allowed()));
        }
    }

    private void bytes(List<String> path, Schema.Range length, Data value) {
        if (value instanceof Data.Bytes bytes) {
            length(path, bytes.value().length, length, "bytes");
        } else {
            found(path, Rule.TYPE, "is not bytes");
        }
    }

    private void file(List<String> path, Schema.File limits, Data value) {
        Optional<Blob> blob = value instanceof DataMap map ? Blob.tryFrom(map) : Optional.empty();
        if (blob.isEmpty()) {
            found(path, Rule.TYPE, "is not a blob");
            return;
        }
        long size = blob.get().size();
        if (size > limits.maxSize().orElse(Long.MAX_VALUE)) {
            found(
                    path,
                    Rule.TOO_LONG,
                    "has " + size + " bytes, more than " + limits.maxSize().getAsLong());
        }
        String type = blob.get().mimeType();
        if (!limits.accept().isEmpty() && limits.accept().stream().noneMatch(accepted -> covers(accepted, type))) {
            found(path, Rule.VALUE, "is of type " + type + ", which is none of " + limits.accept());
        }
    }

    /// `image/*` covers every image.
    private static boolean covers(String accepted, String type) {
        return accepted.equals("*/*")
                || (accepted.endsWith("/*")
                        ? type.startsWith(accepted.substring(0, accepted.length() - 1))
                        : accepted.equals(type));
    }

    private void array(List<String> path, Schema items, Schema.Range length, Data value) {
        if (!(value instanceof DataList list)) {
            found(path, Rule.TYPE, "is not an array");
            return;
        }
        length(path, list.size(), length, "items");
        int at = 0;
        for (Data item : list) {
            value(inside(path, Integer.toString(at++)), items, item);
        }
    }

    private void object(List<String> path, Schema.Obj schema, Data value) {
        if (!(value instanceof DataMap map)) {
            found(path, Rule.TYPE, "is not an object");
            return;
        }
        for (String name : new TreeSet<>(schema.required())) {
            if (!map.has(name)) {
                found(inside(path, name), Rule.MISSING, "is missing");
            }
        }
        new TreeMap<>(schema.properties())
                .forEach((name, property) -> map.get(name).ifPresent(field -> {
                    List<String> place = inside(path, name);
                    if (!(field instanceof Data.Null)) {
                        value(place, property, field);
                    } else if (!schema.nullable().contains(name)) {
                        found(place, Rule.NULL, "is null; a field without a value is left out");
                    }
                }));
    }

    private void ref(List<String> path, String target, Data value) {
        Schema schema = schemas.get(target);
        if (schema == null) {
            found(path, Rule.UNKNOWN, "is described by " + target + ", which is not here");
        } else {
            value(path, schema, value);
        }
    }

    /// What an open union does not name is allowed: others may have lexicons that are not here.
    private void union(List<String> path, Schema.Union union, Data value) {
        Optional<String> type = value instanceof DataMap map ? map.type() : Optional.empty();
        if (type.isEmpty()) {
            found(path, Rule.TYPE, "is not an object with a $type");
        } else if (union.refs().contains(named(type.get()))) {
            ref(path, named(type.get()), value);
        } else if (union.closed()) {
            found(path, Rule.VALUE, "is none of " + union.refs());
        }
    }

    private static String named(String type) {
        return type.endsWith("#main") ? type.substring(0, type.length() - "#main".length()) : type;
    }

    private void length(List<String> path, long is, Schema.Range allowed, String unit) {
        if (is > allowed.most()) {
            found(path, Rule.TOO_LONG, "has " + is + " " + unit + ", more than " + allowed.most());
        } else if (is < allowed.least()) {
            found(path, Rule.TOO_SHORT, "has " + is + " " + unit + ", fewer than " + allowed.least());
        }
    }

    private void expect(List<String> path, boolean fits, String what) {
        if (!fits) {
            found(path, Rule.TYPE, "is not " + what);
        }
    }

    private void found(List<String> path, Rule rule, String detail) {
        findings.add(new Finding(path, rule, detail));
    }

    private static List<String> inside(List<String> path, String step) {
        List<String> deeper = new ArrayList<>(path);
        deeper.add(step);
        return deeper;
    }
}
