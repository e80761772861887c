package dev.drawbridge.atproto.record.lexicon;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a value has to be. References are full: `nsid#name`, or `nsid` for the main definition.
///
/// Spec: [Lexicon](https://atproto.com/specs/lexicon)
public sealed interface Schema {
    record Bool(Optional<Boolean> constant) implements Schema {}

    /// @param allowed the only values; empty for any
    record Int(OptionalLong minimum, OptionalLong maximum, Set<Long> allowed) implements Schema {
        public Int {
            allowed = Set.copyOf(allowed);
        }
    }

    /// @param format its syntax, where it has one
    /// @param allowed the only values; empty for any. Known values that are not the only ones bind nobody.
    /// @param bytes its length in UTF-8
    /// @param graphemes its length as readers see it
    record Str(Optional<Format> format, Set<String> allowed, Range bytes, Range graphemes) implements Schema {
        public Str {
            allowed = Set.copyOf(allowed);
        }
    }

    record Bytes(Range length) implements Schema {}

    record Link() implements Schema {}

    /// @param accept media types, `image/*` and `*/*` included; empty for any
    /// @param maxSize in bytes
    record File(List<String> accept, OptionalLong maxSize) implements Schema {
        public File {
            accept = List.copyOf(accept);
        }
    }

    record Array(Schema items, Range length) implements Schema {}

    /// Fields that are not named are allowed. Fields are looked at in the order of their names.
    record Obj(Map<String, Schema> properties, Set<String> required, Set<String> nullable) implements Schema {
        public Obj {
            properties = Collections.unmodifiableMap(new TreeMap<>(properties));
            required = Collections.unmodifiableSet(new TreeSet<>(required));
            nullable = Set.copyOf(nullable);
        }
    }

    record Ref(String target) implements Schema {}

    /// @param closed whether nothing but the named ones is allowed
    record Union(List<String> refs, boolean closed) implements Schema {
        public Union {
            refs = List.copyOf(refs);
        }
    }

    /// A name that stands for itself.
    record Token() implements Schema {}

    /// Any object.
    record Unknown() implements Schema {}

    /// The schema of a record.
    ///
    /// @param key what its key may be: `tid`, `nsid`, `any`, `literal:…`
    record Rec(String key, Obj body) implements Schema {}

    /// A definition that describes no data: a query, a procedure, a subscription, a set of permissions.
    record Method(String type) implements Schema {}

    /// A length, both ends included.
    record Range(long least, long most) {
        static final Range ANY = new Range(0, Long.MAX_VALUE);
    }
}
