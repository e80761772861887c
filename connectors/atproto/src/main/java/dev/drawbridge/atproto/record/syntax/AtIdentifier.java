package dev.drawbridge.atproto.record.syntax;

import java.util.Optional;

/// What may stand where an account is named: a DID or a handle.
///
/// Spec: [Lexicon string formats](https://atproto.com/specs/lexicon#at-identifier)
public sealed interface AtIdentifier permits Did, Handle {
    /// The identifier as text.
    String value();

    /// Reads a DID if the text starts like one, a handle otherwise.
    static Optional<AtIdentifier> tryParse(String text) {
        return text.startsWith("did:")
                ? Did.tryParse(text).map(did -> did)
                : Handle.tryParse(text).map(handle -> handle);
    }
}
