package dev.drawbridge.atproto.record.lexicon;

import dev.drawbridge.atproto.record.cbor.Blob;
import dev.drawbridge.atproto.record.cbor.Data;
import dev.drawbridge.atproto.record.cbor.DataList;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.lexicon.Finding.Rule;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RecordKey;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// One look at one record.
final class RecordCheck {
    /// Beyond it many readers lose precision.
    private static final long MAX_INTEGER = (1L << 53) - 1;

    /// Whoever writes a reference chain longer than this means to hang a reader.
    private static final int MAX_DEPTH = 32;

    private final Map<String, Schema> schemas;
    private final List<Finding> findings = new ArrayList<>();

    /// Where the look is now.
    private final List<String> path = new ArrayList<>();

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
            found("rkey", Rule.FORMAT, "is not a key of the kind " + allowed);
        }
    }

    void type(String collection, DataMap record) {
        if (record.type().filter(collection::equals).isEmpty()) {
            found("$type", Rule.VALUE, "is not that of its collection");
        }
    }

    private void at(String step, Schema schema, Data value) {
        path.add(step);
        value(schema, value);
        path.removeLast();
    }

    void value(Schema schema, Data value) {
        if (path.size() > MAX_DEPTH) {
            found(Rule.TOO_LONG, "lies too deep");
            return;
        }
        switch (schema) {
            case Schema.Bool(Optional<Boolean> constant) -> bool(constant, value);
            case Schema.Int limits -> integer(limits, value);
            case Schema.Str limits -> string(limits, value);
            case Schema.Bytes(Schema.Range length) -> bytes(length, value);
            case Schema.Link _ -> expect(value instanceof Data.Link, "a link");
            case Schema.File limits -> file(limits, value);
            case Schema.Array(Schema items, Schema.Range length) -> array(items, length, value);
            case Schema.Obj fields -> object(fields, value);
            case Schema.Rec(var _, Schema.Obj body) -> object(body, value);
            case Schema.Ref(String target) -> ref(target, value);
            case Schema.Union union -> union(union, value);
            case Schema.Token _ -> expect(value instanceof Data.Text, "a string");
            case Schema.Unknown _ ->
                expect(value instanceof DataMap map && Blob.tryFrom(map).isEmpty(), "an object");
            case Schema.Method _ -> found(Rule.UNKNOWN, "is described by something that describes no data");
        }
    }

    private void bool(Optional<Boolean> constant, Data value) {
        if (!(value instanceof Data.Bool(boolean is))) {
            found(Rule.TYPE, "is not true or false");
        } else if (constant.filter(only -> only != is).isPresent()) {
            found(Rule.VALUE, "is not " + constant.get());
        }
    }

    private void integer(Schema.Int limits, Data value) {
        if (!(value instanceof Data.Int(long number))) {
            found(Rule.TYPE, "is not an integer");
            return;
        }
        if (number > MAX_INTEGER
                || number < -MAX_INTEGER
                || number < limits.minimum().orElse(Long.MIN_VALUE)
                || number > limits.maximum().orElse(Long.MAX_VALUE)) {
            found(Rule.VALUE, "is out of its range: " + number);
        } else if (!limits.allowed().isEmpty() && !limits.allowed().contains(number)) {
            found(Rule.VALUE, "is none of " + new TreeSet<>(limits.allowed()));
        }
    }

    private void string(Schema.Str limits, Data value) {
        if (!(value instanceof Data.Text(String text))) {
            found(Rule.TYPE, "is not a string");
            return;
        }
        int bytes = Graphemes.bytes(text);
        length(bytes, limits.bytes(), "bytes");
        Schema.Range graphemes = limits.graphemes();
        // No text has more characters than bytes: most are short enough without counting.
        if (graphemes.least() > 0 || bytes > graphemes.most()) {
            length(Graphemes.count(text), graphemes, "characters");
        }
        if (limits.format().filter(format -> !format.accepts(text)).isPresent()) {
            found(Rule.FORMAT, "is not in the form of a " + limits.format().get());
        }
        if (!limits.allowed().isEmpty() && !limits.allowed().contains(text)) {
            found(Rule.VALUE, "is none of " + new TreeSet<>(limits.allowed()));
        }
    }

    private void bytes(Schema.Range length, Data value) {
        if (value instanceof Data.Bytes bytes) {
            length(bytes.value().length, length, "bytes");
        } else {
            found(Rule.TYPE, "is not bytes");
        }
    }

    private void file(Schema.File limits, Data value) {
        Optional<Blob> blob = value instanceof DataMap map ? Blob.tryFrom(map) : Optional.empty();
        if (blob.isEmpty()) {
            found(Rule.TYPE, "is not a blob");
            return;
        }
        long size = blob.get().size();
        if (size > limits.maxSize().orElse(Long.MAX_VALUE)) {
            found(
                    Rule.TOO_LONG,
                    "has " + size + " bytes, more than " + limits.maxSize().getAsLong());
        }
        String type = blob.get().mimeType();
        if (!limits.accept().isEmpty() && limits.accept().stream().noneMatch(accepted -> covers(accepted, type))) {
            found(Rule.VALUE, "is of type " + type + ", which is none of " + limits.accept());
        }
    }

    /// `image/*` covers every image.
    private static boolean covers(String accepted, String type) {
        return accepted.equals("*/*")
                || (accepted.endsWith("/*")
                        ? type.startsWith(accepted.substring(0, accepted.length() - 1))
                        : accepted.equals(type));
    }

    private void array(Schema items, Schema.Range length, Data value) {
        if (!(value instanceof DataList list)) {
            found(Rule.TYPE, "is not an array");
            return;
        }
        length(list.size(), length, "items");
        int at = 0;
        for (Data item : list) {
            at(Integer.toString(at++), items, item);
        }
    }

    private void object(Schema.Obj schema, Data value) {
        if (!(value instanceof DataMap map)) {
            found(Rule.TYPE, "is not an object");
            return;
        }
        for (String name : schema.required()) {
            if (!map.has(name)) {
                found(name, Rule.MISSING, "is missing");
            }
        }
        schema.properties()
                .forEach((name, property) -> map.get(name).ifPresent(field -> {
                    if (!(field instanceof Data.Null)) {
                        at(name, property, field);
                    } else if (!schema.nullable().contains(name)) {
                        found(name, Rule.NULL, "is null; a field without a value is left out");
                    }
                }));
    }

    private void ref(String target, Data value) {
        Schema schema = schemas.get(target);
        if (schema == null) {
            found(Rule.UNKNOWN, "is described by " + target + ", which is not here");
        } else {
            value(schema, value);
        }
    }

    /// What an open union does not name is allowed: others may have lexicons that are not here.
    private void union(Schema.Union union, Data value) {
        Optional<String> type = value instanceof DataMap map ? map.type() : Optional.empty();
        if (type.isEmpty()) {
            found(Rule.TYPE, "is not an object with a $type");
        } else if (union.refs().contains(named(type.get()))) {
            ref(named(type.get()), value);
        } else if (union.closed()) {
            found(Rule.VALUE, "is none of " + union.refs());
        }
    }

    private static String named(String type) {
        return type.endsWith("#main") ? type.substring(0, type.length() - "#main".length()) : type;
    }

    private void length(long is, Schema.Range allowed, String unit) {
        if (is > allowed.most()) {
            found(Rule.TOO_LONG, "has " + is + " " + unit + ", more than " + allowed.most());
        } else if (is < allowed.least()) {
            found(Rule.TOO_SHORT, "has " + is + " " + unit + ", fewer than " + allowed.least());
        }
    }

    private void expect(boolean fits, String what) {
        if (!fits) {
            found(Rule.TYPE, "is not " + what);
        }
    }

    private void found(Rule rule, String detail) {
        findings.add(new Finding(path, rule, detail));
    }

    private void found(String step, Rule rule, String detail) {
        path.add(step);
        found(rule, detail);
        path.removeLast();
    }
}
