package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Vocabulary;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The `@context` of a document: ActivityStreams, and a definition of every word in it that ActivityStreams does not
/// have. No more than that: it is sent with every activity.
public final class Contexts {
    private static final String TOOT = "http://joinmastodon.org/ns#";
    private static final String GTS = "https://gotosocial.org/ns#";
    private static final String FEP_044F = "https://w3id.org/fep/044f#";
    private static final String SCHEMA = "http://schema.org#";
    private static final String FOCAL_POINT = "focalPoint";
    private static final Map<String, String> WORDS = words();
    /// Words whose values are ids.
    private static final Map<String, String> LINKS = links();

    private Contexts() {}

    /// The context `document` needs, whatever it has now.
    public static ArrayNode of(ObjectNode document) {
        Set<String> used = new HashSet<>();
        collect(document, used);
        ArrayNode context = Documents.object().putArray("@context").add(Vocabulary.CONTEXT);
        String type = document.path("type").asString("");
        if (type.equals("Create") || type.equals("Update")) {
            context.add(Vocabulary.SECURITY);
        }
        ObjectNode words = Documents.object();
        WORDS.forEach((word, meaning) -> {
            if (used.contains(word)) {
                words.put(word, meaning);
            }
        });
        LINKS.forEach((word, meaning) -> {
            if (used.contains(word)) {
                words.putObject(word).put("@id", meaning).put("@type", "@id");
            }
        });
        if (used.contains(FOCAL_POINT)) {
            words.putObject(FOCAL_POINT).put("@container", "@list").put("@id", TOOT + FOCAL_POINT);
        }
        return words.isEmpty() ? context : context.add(words);
    }

    private static void collect(JsonNode node, Set<String> used) {
        if (node.isObject()) {
            JsonNode type = node.path("type");
            if (type.isString()) {
                use(type.stringValue(), used);
            }
            node.properties().forEach(e -> {
                if (!e.getKey().equals("@context")) {
                    use(e.getKey(), used);
                    collect(e.getValue(), used);
                }
            });
        } else if (node.isArray()) {
            node.forEach(item -> collect(item, used));
        }
    }

    private static void use(String word, Set<String> used) {
        if (WORDS.containsKey(word) || LINKS.containsKey(word) || word.equals(FOCAL_POINT)) {
            used.add(word);
        }
    }

    private static Map<String, String> words() {
        var words = new LinkedHashMap<String, String>();
        words.put("Hashtag", "as:Hashtag");
        words.put("sensitive", "as:sensitive");
        words.put("manuallyApprovesFollowers", "as:manuallyApprovesFollowers");
        words.put("PropertyValue", SCHEMA + "PropertyValue");
        words.put("value", SCHEMA + "value");
        words.put("Emoji", TOOT + "Emoji");
        words.put("blurhash", TOOT + "blurhash");
        words.put("votersCount", TOOT + "votersCount");
        words.put("EmojiReact", "http://litepub.social/ns#EmojiReact");
        words.put("conversation", "http://ostatus.org#conversation");
        words.put("bridgeable", "https://w3id.org/fep/0036#bridgeable");
        words.put("_misskey_quote", "https://misskey-hub.net/ns#_misskey_quote");
        words.put("quoteUri", "http://fedibird.com/ns#quoteUri");
        words.put("quoteUrl", "as:quoteUrl");
        words.put("QuoteRequest", FEP_044F + "QuoteRequest");
        words.put("QuoteAuthorization", FEP_044F + "QuoteAuthorization");
        for (String what : new String[] {"Like", "Reply", "Announce"}) {
            words.put(what + "Request", GTS + what + "Request");
            words.put(what + "Authorization", GTS + what + "Authorization");
        }
        return words;
    }

    private static Map<String, String> links() {
        var links = new LinkedHashMap<String, String>();
        links.put("quote", FEP_044F + "quote");
        links.put("quoteAuthorization", FEP_044F + "quoteAuthorization");
        for (String word : new String[] {
            "interactionPolicy",
            "canReply",
            "canLike",
            "canAnnounce",
            "canQuote",
            "automaticApproval",
            "manualApproval",
            "approvedBy",
            "interactingObject",
            "interactionTarget"
        }) {
            links.put(word, GTS + word);
        }
        return links;
    }
}
