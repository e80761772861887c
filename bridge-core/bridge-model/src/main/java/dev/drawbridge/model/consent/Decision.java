package dev.drawbridge.model.consent;

/// The answer of a [ConsentPolicy].
public sealed interface Decision {
    record Allow() implements Decision {}

    /// No.
    record Deny(Reason reason) implements Decision {}

    /// Not yet: the person has to say so explicitly.
    record Ask(Reason reason) implements Decision {}

    static Decision allow() {
        return new Allow();
    }

    static Decision deny(Reason reason) {
        return new Deny(reason);
    }
}
