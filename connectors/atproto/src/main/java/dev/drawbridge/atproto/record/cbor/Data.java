package dev.drawbridge.atproto.record.cbor;

import java.util.Arrays;

/// A value of the atproto data model. Two values are equal if their DAG-CBOR bytes are.
///
/// Spec: [Data model](https://atproto.com/specs/data-model). There are no floats. Bytes go through [DagCbor], the JSON
/// form through [DataJson].
public sealed interface Data
        permits DataMap, DataList, Data.Text, Data.Int, Data.Bool, Data.Bytes, Data.Link, Data.Null {

    static Text of(String value) {
        return new Text(value);
    }

    static Int of(long value) {
        return new Int(value);
    }

    static Bool of(boolean value) {
        return new Bool(value);
    }

    static Link of(Cid cid) {
        return new Link(cid);
    }

    static Bytes of(byte[] bytes) {
        return new Bytes(bytes);
    }

    /// A Unicode string.
    record Text(String value) implements Data {
        /// @throws IllegalArgumentException if half of a surrogate pair is missing
        public Text {
            Utf8.requireWellFormed(value);
        }
    }

    /// A signed 64-bit integer. Beyond ±(2^53-1) many readers lose precision.
    record Int(long value) implements Data {}

    record Bool(boolean value) implements Data {}

    /// A reference to another block or blob.
    record Link(Cid cid) implements Data {}

    /// Present, and nothing. Not the same as absent.
    record Null() implements Data {}

    /// Opaque bytes.
    final class Bytes implements Data {
        private final byte[] value;

        public Bytes(byte[] value) {
            this.value = value.clone();
        }

        public byte[] value() {
            return value.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "Bytes[" + value.length + "]";
        }
    }
}
