package dev.drawbridge.nostr.event;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a kind 0 event says about its author ([NIP-01](https://nips.nostr.com/1),
/// [NIP-24](https://nips.nostr.com/24)). Absent texts are empty.
///
/// @param name the short name
/// @param displayName the long name
/// @param banner the wide picture behind the profile
/// @param nip05 a name that nobody has checked yet
/// @param bot whether the author says that a program writes here
public record ProfileContent(
        String name,
        String displayName,
        String about,
        Optional<URI> picture,
        Optional<URI> banner,
        Optional<URI> website,
        Optional<Nip05> nip05,
        boolean bot) {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxDocumentLength(Limits.DEFAULT.content())
                            .build())
                    .build())
            .build();

    /// Reads the content of a kind 0 event; empty if it is not a JSON object. Fields of a wrong type are absent.
    public static Optional<ProfileContent> read(String content) {
        try {
            return JSON.readTree(content) instanceof ObjectNode object ? Optional.of(of(object)) : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    private static ProfileContent of(ObjectNode object) {
        String displayName = text(object, "display_name");
        return new ProfileContent(
                text(object, "name"),
                displayName.isEmpty() ? text(object, "displayName") : displayName,
                text(object, "about"),
                uri(text(object, "picture")),
                uri(text(object, "banner")),
                uri(text(object, "website")),
                Optional.of(text(object, "nip05")).filter(t -> !t.isEmpty()).flatMap(Nip05::tryParse),
                object.path("bot").asBoolean(false));
    }

    /// The name people see: the long one if there is one.
    public String shownName() {
        return displayName.isBlank() ? name : displayName;
    }

    /// The content of a kind 0 event.
    public String json() {
        ObjectNode object = JSON.createObjectNode();
        put(object, "name", name);
        put(object, "display_name", displayName);
        put(object, "about", about);
        put(object, "picture", picture.map(URI::toString).orElse(""));
        put(object, "banner", banner.map(URI::toString).orElse(""));
        put(object, "website", website.map(URI::toString).orElse(""));
        put(object, "nip05", nip05.map(Nip05::toString).orElse(""));
        if (bot) {
            object.put("bot", true);
        }
        return JSON.writeValueAsString(object);
    }

    private static void put(ObjectNode object, String field, String value) {
        if (!value.isEmpty()) {
            object.put(field, value);
        }
    }

    private static String text(ObjectNode object, String field) {
        JsonNode node = object.path(field);
        return node.isString() ? BridgedText.clean(node.asString()) : "";
    }

    private static Optional<URI> uri(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(new URI(text.strip()));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
