package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.syntax.Did;
import java.util.Optional;

/// What it takes to hear complaints of people from elsewhere: the rest of the connector does it.
public interface Reporting {
    /// The key that somebody signs with.
    ///
    /// @param anew whether what is known of them may be old
    /// @throws dev.drawbridge.atproto.wire.Unavailable if nobody can tell now
    Optional<DidKey> key(Did did, boolean anew);

    /// What became of a complaint.
    enum Outcome {
        HEARD,
        /// It is about nobody and nothing here.
        NOT_HERE,
        /// It could not be kept; it may be made again.
        LATER
    }

    /// Hands a complaint on, as the translator reads it.
    Outcome hear(DataMap complaint);
}
