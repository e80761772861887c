package dev.drawbridge.model.consent;

/// The answer of a [ConsentPolicy].
public sealed interface Decision {
    record Allow() implements Decision {}

    /// No, with a sentence the person concerned can read.
    record Deny(String reason) implements Decision {}

    /// Not yet: the person has to say so explicitly.
    record Ask(String reason) implements Decision {}

    static Decision allow() {
        return new Allow();
    }

    static Decision deny(String reason) {
        return new Deny(reason);
    }
}
