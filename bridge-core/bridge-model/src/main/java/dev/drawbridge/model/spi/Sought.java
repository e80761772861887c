package dev.drawbridge.model.spi;

import dev.drawbridge.model.NativeId;

/// What a network makes of what somebody typed to say whom they mean.
public sealed interface Sought {
    /// Nobody is named like this on this network.
    record Foreign() implements Sought {}

    /// It is a name of this network, and nobody has it.
    record Nobody() implements Sought {}

    /// It is a name of this network, and who could tell does not answer now.
    record Silent() implements Sought {}

    /// A private key. It is neither kept nor looked at, and whoever typed it has to be told.
    record Secret() implements Sought {}

    /// @param actor a person, or a stand-in of ours
    record Found(NativeId actor) implements Sought {}
}
