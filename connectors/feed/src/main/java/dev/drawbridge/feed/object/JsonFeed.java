package dev.drawbridge.feed.object;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// [JSON Feed 1.1](https://www.jsonfeed.org/version/1.1/), read; and written with one entry, which is how the bridge
/// keeps an entry of whatever format.
public final class JsonFeed {
    private static final String VERSION = "https://jsonfeed.org/version/1";
    private static final int DEEPEST = 100;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

    private JsonFeed() {}

    /// @throws BadFeed if it is none
    static Feed read(String document, URI address) {
        JsonNode root = parse(document);
        if (!root.isObject() || !root.path("version").asString("").startsWith(VERSION)) {
            throw new BadFeed("is JSON, but no JSON Feed of version 1");
        }
        String language = text(root, "language");
        List<JsonNode> items =
                root.path("items").isArray() ? List.copyOf(root.path("items").values()) : List.of();
        return new Feed(
                Html.line(Html.escaped(text(root, "title"))),
                Html.line(Html.escaped(text(root, "description"))),
                Addresses.http(address, text(root, "home_page_url")),
                Addresses.http(address, text(root, "icon")).or(() -> Addresses.http(address, text(root, "favicon"))),
                language,
                Optional.empty(),
                hub(root, address),
                Addresses.http(address, text(root, "feed_url")),
                XmlReading.entries(items, item -> draft(item, language, address)));
    }

    /// The address a document gives itself.
    public static Optional<URI> address(String document) {
        return Addresses.http(text(parse(document), "feed_url"));
    }

    private static JsonNode parse(String document) {
        try {
            return JSON.readTree(document);
        } catch (JacksonException e) {
            throw new BadFeed("is broken JSON");
        }
    }

    private static Optional<URI> hub(JsonNode root, URI address) {
        for (JsonNode hub : root.path("hubs")) {
            if (text(hub, "type").equalsIgnoreCase("WebSub")) {
                return Addresses.http(address, text(hub, "url"));
            }
        }
        return Optional.empty();
    }

    private static Draft draft(JsonNode item, String language, URI address) {
        var draft = new Draft(address);
        JsonNode id = item.path("id");
        draft.id = id.isValueNode() ? Optional.of(id.asString("")) : Optional.empty();
        draft.link(text(item, "url"));
        draft.link(text(item, "external_url"));
        draft.title(Html.escaped(text(item, "title")));
        draft.summary(Html.escaped(text(item, "summary")));
        String html = text(item, "content_html");
        draft.html(
                html.isEmpty() ? Html.escaped(text(item, "content_text")).replace("\n", "<br>") : html,
                draft.link.orElse(address));
        draft.language = text(item, "language").isEmpty() ? language : text(item, "language");
        draft.time = text(item, "date_published");
        draft.published = FeedTimes.read(draft.time);
        draft.updated = FeedTimes.read(text(item, "date_modified"));
        item.path("tags").forEach(tag -> draft.tag(tag.asString("")));
        draft.address(text(item, "image"))
                .ifPresent(url -> draft.file(new Enclosure(url, Optional.of("image"), "", 0, 0, Optional.empty())));
        item.path("attachments")
                .forEach(file -> draft.address(text(file, "url")).ifPresent(url -> draft.file(enclosure(file, url))));
        return draft;
    }

    private static Enclosure enclosure(JsonNode file, URI url) {
        Optional<String> type = Optional.of(text(file, "mime_type")).filter(t -> !t.isEmpty());
        int width = file.path("_width").asInt(0);
        int height = file.path("_height").asInt(0);
        return new Enclosure(
                url,
                type,
                Html.line(Html.escaped(text(file, "title"))),
                Math.max(0, width),
                Math.max(0, height),
                FeedTimes.length(
                        Integer.toString(file.path("duration_in_seconds").asInt(0))));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("").strip();
    }

    /// A feed of one entry. Reading it gives the entry again.
    ///
    /// @param address the feed
    public static String write(Entry entry, URI address) {
        ObjectNode root = JSON.createObjectNode().put("version", VERSION + ".1").put("feed_url", address.toString());
        ObjectNode item = root.putArray("items").addObject().put("id", entry.id());
        entry.link().ifPresent(link -> item.put("url", link.toString()));
        putUnlessEmpty(item, "title", entry.title());
        putUnlessEmpty(item, "summary", entry.summary());
        putUnlessEmpty(item, "content_html", entry.html());
        putUnlessEmpty(item, "language", entry.language());
        entry.published().ifPresent(at -> item.put("date_published", at.toString()));
        entry.updated().ifPresent(at -> item.put("date_modified", at.toString()));
        if (!entry.tags().isEmpty()) {
            ArrayNode tags = item.putArray("tags");
            entry.tags().forEach(tags::add);
        }
        if (!entry.files().isEmpty()) {
            ArrayNode files = item.putArray("attachments");
            entry.files().forEach(file -> write(file, files.addObject()));
        }
        return JSON.writeValueAsString(root);
    }

    /// What a feed shows of itself, without entries.
    public static String writeProfile(Feed feed, URI address) {
        ObjectNode root = JSON.createObjectNode()
                .put("version", VERSION + ".1")
                .put("title", feed.title())
                .put("feed_url", address.toString());
        putUnlessEmpty(root, "description", feed.description());
        feed.site().ifPresent(site -> root.put("home_page_url", site.toString()));
        feed.icon().ifPresent(icon -> root.put("icon", icon.toString()));
        root.putArray("items");
        return JSON.writeValueAsString(root);
    }

    private static void write(Enclosure file, ObjectNode written) {
        written.put("url", file.url().toString());
        file.type().ifPresent(type -> written.put("mime_type", type));
        putUnlessEmpty(written, "title", file.title());
        if (file.width() > 0) {
            written.put("_width", file.width()).put("_height", file.height());
        }
        file.duration().ifPresent(length -> written.put("duration_in_seconds", length.toSeconds()));
    }

    private static void putUnlessEmpty(ObjectNode node, String name, String value) {
        if (!value.isEmpty()) {
            node.put(name, value);
        }
    }
}
