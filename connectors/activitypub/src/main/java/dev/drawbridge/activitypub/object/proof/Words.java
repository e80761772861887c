package dev.drawbridge.activitypub.object.proof;

import dev.drawbridge.activitypub.object.As2;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// The names of properties and types that a document says something with.
final class Words {
    private static final Set<String> ASIDE = Set.of("@context", "signature", "proof");

    private Words() {}

    /// The words of a document, without those about its signatures and contexts.
    static Set<String> of(JsonNode document) {
        var words = new TreeSet<String>();
        document.properties().forEach(e -> {
            if (!ASIDE.contains(e.getKey())) {
                add(e.getKey(), e.getValue(), words);
            }
        });
        new As2(document).types().forEach(type -> words.add("type " + type));
        return words;
    }

    private static void add(String name, JsonNode value, Set<String> words) {
        if (saysNothing(value)) {
            return;
        }
        words.add(name.equals("@id") ? "id" : name.equals("@type") ? "type" : name);
        if (value.isObject() && name.endsWith("Map")) {
            // By language.
            return;
        }
        within(value, words);
    }

    private static void within(JsonNode value, Set<String> words) {
        if (value.isArray()) {
            value.forEach(item -> within(item, words));
        } else if (value.isObject()) {
            new As2(value).types().forEach(type -> words.add("type " + type));
            value.properties().forEach(e -> add(e.getKey(), e.getValue(), words));
        }
    }

    private static boolean saysNothing(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().allMatch(Words::saysNothing);
        }
        return value.isNull() || value.isMissingNode();
    }
}
