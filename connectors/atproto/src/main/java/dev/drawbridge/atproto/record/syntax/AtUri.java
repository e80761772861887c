package dev.drawbridge.atproto.record.syntax;

import java.util.Optional;

/// An `at://` URI in its restricted form: an account, perhaps a collection, perhaps a record. No query, no fragment.
///
/// Spec: [AT URI](https://atproto.com/specs/at-uri-scheme)
///
/// @param rkey present only with `collection`
public record AtUri(AtIdentifier authority, Optional<Nsid> collection, Optional<RecordKey> rkey) {
    private static final String SCHEME = "at://";
    private static final int MAX_LENGTH = 8192;

    /// @throws IllegalArgumentException if there is a record key without a collection
    public AtUri {
        if (rkey.isPresent() && collection.isEmpty()) {
            throw new IllegalArgumentException("record key without collection");
        }
    }

    public static AtUri of(AtIdentifier authority, Nsid collection, RecordKey rkey) {
        return new AtUri(authority, Optional.of(collection), Optional.of(rkey));
    }

    public static AtUri of(AtIdentifier authority, RepoPath path) {
        return of(authority, path.collection(), path.rkey());
    }

    /// @throws IllegalArgumentException if `text` is not such a URI
    public static AtUri parse(String text) {
        return tryParse(text).orElseThrow(() -> new IllegalArgumentException("not an AT URI: " + Ascii.shown(text)));
    }

    public static Optional<AtUri> tryParse(String text) {
        if (text.length() > MAX_LENGTH || !text.startsWith(SCHEME)) {
            return Optional.empty();
        }
        String[] parts = text.substring(SCHEME.length()).split("/", -1);
        Optional<AtIdentifier> authority = AtIdentifier.tryParse(parts[0]);
        return switch (parts.length) {
            case 1 -> authority.map(a -> new AtUri(a, Optional.empty(), Optional.empty()));
            case 2 ->
                authority.flatMap(
                        a -> Nsid.tryParse(parts[1]).map(c -> new AtUri(a, Optional.of(c), Optional.empty())));
            case 3 ->
                authority.flatMap(
                        a -> RepoPath.tryParse(parts[1] + '/' + parts[2]).map(path -> of(a, path)));
            default -> Optional.empty();
        };
    }

    /// The account's DID, if that is how the URI names it.
    public Optional<Did> did() {
        return switch (authority) {
            case Did did -> Optional.of(did);
            case Handle _ -> Optional.empty();
        };
    }

    /// Where the record lives, if the URI names a record.
    public Optional<RepoPath> path() {
        return collection.flatMap(c -> rkey.map(r -> new RepoPath(c, r)));
    }

    @Override
    public String toString() {
        return SCHEME
                + authority.value()
                + collection.map(c -> "/" + c.value()).orElse("")
                + rkey.map(r -> "/" + r.value()).orElse("");
    }
}
