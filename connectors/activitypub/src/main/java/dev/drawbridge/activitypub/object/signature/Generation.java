package dev.drawbridge.activitypub.object.signature;

import java.util.Arrays;
import java.util.Optional;

/// The two generations of HTTP signatures that are in use.
public enum Generation {
    /// [draft-cavage-http-signatures-12](https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12).
    CAVAGE("cavage"),
    /// [RFC 9421](https://www.rfc-editor.org/rfc/rfc9421).
    RFC9421("rfc9421");

    private final String word;

    Generation(String word) {
        this.word = word;
    }

    /// How it is written in stores and logs.
    public String word() {
        return word;
    }

    public static Optional<Generation> of(String word) {
        return Arrays.stream(values()).filter(g -> g.word.equals(word)).findFirst();
    }

    public Generation other() {
        return this == CAVAGE ? RFC9421 : CAVAGE;
    }
}
