package dev.drawbridge.activitypub.object.linkeddata;

import static java.util.Map.entry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What ActivityPub servers call properties and types in their documents, by what these are called as linked data.
final class Terms {
    private static final String AS = "https://www.w3.org/ns/activitystreams#";
    /// Words of JSON-LD itself, which no property may be called.
    private static final Set<String> TAKEN = Set.of("id", "type", "signature", "proof");

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9]*");
    private static final Map<String, List<String>> VOCABULARIES = Map.ofEntries(
            entry("http://www.w3.org/ns/ldp#", List.of("inbox")),
            entry(
                    "http://joinmastodon.org/ns#",
                    List.of(
                            "Emoji",
                            "attributionDomains",
                            "blurhash",
                            "discoverable",
                            "featured",
                            "featuredTags",
                            "focalPoint",
                            "indexable",
                            "memorial",
                            "suspended",
                            "votersCount")),
            entry("http://ostatus.org#", List.of("atomUri", "conversation", "inReplyToAtomUri")),
            entry("http://schema.org#", List.of("PropertyValue", "value")),
            entry("http://schema.org/", List.of("PropertyValue", "value")),
            entry(
                    "https://misskey-hub.net/ns#",
                    List.of(
                            "_misskey_content",
                            "_misskey_quote",
                            "_misskey_reaction",
                            "_misskey_requireSigninToViewContents",
                            "_misskey_summary",
                            "_misskey_votes",
                            "isCat")),
            entry("http://fedibird.com/ns#", List.of("emojiReactions", "quoteUri", "searchableBy")),
            entry("http://litepub.social/ns#", List.of("ChatMessage", "EmojiReact", "directMessage")),
            entry(
                    "https://w3id.org/fep/044f#",
                    List.of("QuoteAuthorization", "QuoteRequest", "quote", "quoteAuthorization")),
            entry("https://w3id.org/fep/0036#", List.of("bridgeable")),
            entry(
                    "https://gotosocial.org/ns#",
                    List.of(
                            "automaticApproval",
                            "canAnnounce",
                            "canLike",
                            "canQuote",
                            "canReply",
                            "hidesCcPublicFromUnauthedWeb",
                            "hidesToPublicFromUnauthedWeb",
                            "interactingObject",
                            "interactionPolicy",
                            "interactionTarget",
                            "manualApproval")),
            entry("https://w3id.org/security#", List.of("owner", "publicKey", "publicKeyPem")));

    private static final Map<String, String> NAMES = names();

    private Terms() {}

    /// The name of a property or type. Those nobody here reads keep their IRI.
    static String of(String iri) {
        if (iri.startsWith(AS)) {
            String word = iri.substring(AS.length());
            return WORD.matcher(word).matches() && !TAKEN.contains(word) ? word : iri;
        }
        return NAMES.getOrDefault(iri, iri);
    }

    private static Map<String, String> names() {
        var names = new HashMap<String, String>();
        VOCABULARIES.forEach((vocabulary, words) -> words.forEach(word -> names.put(vocabulary + word, word)));
        return Map.copyOf(names);
    }
}
