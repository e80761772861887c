package dev.drawbridge.it.peers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A text with facets in UTF-8 bytes, as apps of the network write it.
public record AtprotoText(String text, List<Map<String, Object>> facets) {
    public AtprotoText {
        facets = List.copyOf(facets);
    }

    public static AtprotoText of(String text) {
        return new AtprotoText(text, List.of());
    }

    /// Adds text that addresses somebody.
    public AtprotoText mention(String shown, String did) {
        return with(shown, Map.of("$type", "app.bsky.richtext.facet#mention", "did", did));
    }

    public AtprotoText link(String shown, String uri) {
        return with(shown, Map.of("$type", "app.bsky.richtext.facet#link", "uri", uri));
    }

    public AtprotoText hashtag(String tag) {
        return with('#' + tag, Map.of("$type", "app.bsky.richtext.facet#tag", "tag", tag));
    }

    public AtprotoText then(String more) {
        return new AtprotoText(text + more, facets);
    }

    private AtprotoText with(String shown, Map<String, Object> feature) {
        int start = text.getBytes(StandardCharsets.UTF_8).length;
        int end = start + shown.getBytes(StandardCharsets.UTF_8).length;
        var more = new ArrayList<>(facets);
        more.add(Map.of("index", Map.of("byteStart", start, "byteEnd", end), "features", List.of(feature)));
        return new AtprotoText(text + shown, more);
    }
}
