package dev.drawbridge.console;

import dev.drawbridge.engine.PublicPosts;
import dev.drawbridge.model.NativeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A post in the words of the pages: where it is, not what it says.
record PostView(
        String network,
        String id,
        String author,
        String handle,
        Shore from,
        Optional<String> page,
        Instant at,
        List<Copy> copies) {
    public String getWhen() {
        return When.shown(at);
    }

    /// @param there false while it is on its way
    record Copy(Shore shore, String network, boolean there, Optional<String> id, Optional<String> page) {}

    static PostView of(PublicPosts.Item item) {
        return new PostView(
                item.original().network().name(),
                item.original().value(),
                item.author().value(),
                PersonView.cut(item.handle()),
                Shore.of(item.original().network()),
                item.page().flatMap(PersonView::web),
                item.at(),
                item.copies().stream()
                        .map(copy -> new Copy(
                                Shore.of(copy.network()),
                                copy.network().name(),
                                copy.id().isPresent(),
                                copy.id().map(NativeId::value),
                                copy.page().flatMap(PersonView::web)))
                        .toList());
    }

    /// As `/api/v1/feed` and `/api/v1/post` have it.
    record Json(
            String network,
            String id,
            String author,
            String handle,
            Optional<String> page,
            String at,
            List<CopyJson> copies) {
        record CopyJson(String network, boolean there, Optional<String> id, Optional<String> page) {}
    }

    Json json() {
        return new Json(
                network,
                id,
                author,
                handle,
                page,
                at.toString(),
                copies.stream()
                        .map(c -> new Json.CopyJson(c.network(), c.there(), c.id(), c.page()))
                        .toList());
    }
}
