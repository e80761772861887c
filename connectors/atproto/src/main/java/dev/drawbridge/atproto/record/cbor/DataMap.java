package dev.drawbridge.atproto.record.cbor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// An object of the data model; immutable. It keeps the order in which fields were put for its JSON form and for
/// nothing else: equality and DAG-CBOR ignore it.
///
/// The typed look-ups answer empty both for an absent field and for one of another type.
public record DataMap(Map<String, Data> fields) implements Data {
    /// @throws IllegalArgumentException if half of a surrogate pair is missing in a key
    public DataMap {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        fields.forEach((key, value) -> {
            Utf8.requireWellFormed(key);
            Objects.requireNonNull(value, key);
        });
    }

    public static DataMap empty() {
        return new DataMap(Map.of());
    }

    public static Builder builder() {
        return new Builder();
    }

    /// A builder that starts with the fields of this map.
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.fields.putAll(fields);
        return builder;
    }

    public boolean has(String key) {
        return fields.containsKey(key);
    }

    public Optional<Data> get(String key) {
        return Optional.ofNullable(fields.get(key));
    }

    public Optional<String> text(String key) {
        return fields.get(key) instanceof Text(String value) ? Optional.of(value) : Optional.empty();
    }

    public OptionalLong integer(String key) {
        return fields.get(key) instanceof Int(long value) ? OptionalLong.of(value) : OptionalLong.empty();
    }

    public Optional<Boolean> bool(String key) {
        return fields.get(key) instanceof Bool(boolean value) ? Optional.of(value) : Optional.empty();
    }

    public Optional<Cid> link(String key) {
        return fields.get(key) instanceof Link(Cid cid) ? Optional.of(cid) : Optional.empty();
    }

    public Optional<byte[]> bytes(String key) {
        return fields.get(key) instanceof Bytes bytes ? Optional.of(bytes.value()) : Optional.empty();
    }

    public Optional<DataMap> map(String key) {
        return fields.get(key) instanceof DataMap map ? Optional.of(map) : Optional.empty();
    }

    /// The items of an array; none if there is no such array.
    public List<Data> list(String key) {
        return fields.get(key) instanceof DataList list ? list.items() : List.of();
    }

    /// Those items of an array that are objects.
    public List<DataMap> maps(String key) {
        return list(key).stream()
                .filter(DataMap.class::isInstance)
                .map(DataMap.class::cast)
                .toList();
    }

    /// Those items of an array that are texts.
    public List<String> texts(String key) {
        return list(key).stream()
                .filter(Text.class::isInstance)
                .map(item -> ((Text) item).value())
                .toList();
    }

    /// The record's or union member's `$type`.
    public Optional<String> type() {
        return text("$type");
    }

    /// Puts fields together. Putting a key again replaces its value.
    public static final class Builder {
        private final Map<String, Data> fields = new LinkedHashMap<>();

        private Builder() {}

        public Builder put(String key, Data value) {
            fields.put(key, value);
            return this;
        }

        public Builder put(String key, String value) {
            return put(key, Data.of(value));
        }

        public Builder put(String key, long value) {
            return put(key, Data.of(value));
        }

        public Builder put(String key, boolean value) {
            return put(key, Data.of(value));
        }

        public Builder put(String key, Cid value) {
            return put(key, Data.of(value));
        }

        public Builder put(String key, byte[] value) {
            return put(key, Data.of(value));
        }

        public Builder put(String key, List<? extends Data> items) {
            return put(key, new DataList(List.copyOf(items)));
        }

        /// Puts the field only if there is a value: absent is not null.
        public Builder putIfPresent(String key, Optional<? extends Data> value) {
            value.ifPresent(present -> put(key, present));
            return this;
        }

        public DataMap build() {
            return new DataMap(fields);
        }
    }
}
