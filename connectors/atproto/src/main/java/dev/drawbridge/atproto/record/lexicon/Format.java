package dev.drawbridge.atproto.record.lexicon;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.syntax.AtIdentifier;
import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Datetime;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.record.syntax.LanguageTag;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RecordKey;
import dev.drawbridge.atproto.record.syntax.Tid;
import dev.drawbridge.atproto.record.syntax.WebUri;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/// The syntax of a string, by the name lexicons give it.
///
/// Spec: [String formats](https://atproto.com/specs/lexicon#string-formats)
public enum Format {
    AT_IDENTIFIER("at-identifier", text -> AtIdentifier.tryParse(text).isPresent()),
    AT_URI("at-uri", text -> AtUri.tryParse(text).isPresent()),
    CID("cid", Cid::hasSyntax),
    DATETIME("datetime", Datetime::hasSyntax),
    DID("did", text -> Did.tryParse(text).isPresent()),
    HANDLE("handle", text -> Handle.tryParse(text).isPresent()),
    LANGUAGE("language", LanguageTag::hasSyntax),
    NSID("nsid", text -> Nsid.tryParse(text).isPresent()),
    RECORD_KEY("record-key", text -> RecordKey.tryParse(text).isPresent()),
    TID("tid", text -> Tid.tryParse(text).isPresent()),
    URI("uri", WebUri::hasSyntax);

    private final String word;
    private final Predicate<String> syntax;

    Format(String word, Predicate<String> syntax) {
        this.word = word;
        this.syntax = syntax;
    }

    /// Empty for a format of later lexicons, which binds nobody.
    static Optional<Format> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word.equals(word))
                .findFirst();
    }

    boolean accepts(String text) {
        return syntax.test(text);
    }

    @Override
    public String toString() {
        return word;
    }
}
