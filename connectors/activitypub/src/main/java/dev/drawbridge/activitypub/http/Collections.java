package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.activitypub.translate.Contexts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Collections as [ActivityPub §5](https://www.w3.org/TR/activitypub/#collections) has them. A page is named by the
/// last item before it, so what is added or taken back meanwhile moves nothing.
final class Collections {
    private Collections() {}

    /// A number, and no names unless it is none.
    static ObjectNode counted(String id, long total) {
        ObjectNode collection = collection(id, total);
        if (total == 0) {
            collection.putArray("orderedItems");
        }
        return collection;
    }

    /// One that is served at once.
    static ObjectNode whole(String id, List<? extends JsonNode> items) {
        ObjectNode collection = collection(id, items.size());
        var all = collection.putArray("orderedItems");
        items.forEach(all::add);
        collection.set("@context", Contexts.of(collection));
        return collection;
    }

    /// One that is served in pages.
    static ObjectNode paged(String id, long total) {
        return total == 0 ? counted(id, 0) : collection(id, total).put("first", id + "?page=true");
    }

    /// The address of the page that starts after `order`.
    static String page(String collection, String direction, String order) {
        return collection + "?page=true&" + direction + "=" + URLEncoder.encode(order, StandardCharsets.UTF_8);
    }

    static ObjectNode page(String id, String collection, List<? extends JsonNode> items, Optional<String> next) {
        ObjectNode page = Documents.object();
        page.putArray("@context");
        page.put("id", id).put("type", "OrderedCollectionPage").put("partOf", collection);
        next.ifPresent(n -> page.put("next", n));
        var all = page.putArray("orderedItems");
        items.forEach(all::add);
        page.set("@context", Contexts.of(page));
        return page;
    }

    private static ObjectNode collection(String id, long total) {
        return Documents.object()
                .put("@context", Vocabulary.CONTEXT)
                .put("id", id)
                .put("type", "OrderedCollection")
                .put("totalItems", total);
    }
}
