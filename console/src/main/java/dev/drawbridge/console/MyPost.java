package dev.drawbridge.console;

import dev.drawbridge.engine.MyPosts;
import java.util.List;
import java.util.Optional;

/// A post of somebody who is signed in, in the words of the pages: where it is, and what became of it on the way.
///
/// @param page a web address, or none
record MyPost(String id, Optional<String> page, String when, boolean takenBack, List<Copy> copies, List<Place> places) {
    /// @param page a web address, or none
    record Copy(Shore shore, String id, Optional<String> page) {}

    /// @param name the server or relay; may be empty
    record Place(Shore shore, String name, CrossingView last) {}

    static MyPost of(MyPosts.Item item) {
        return new MyPost(
                item.original().value(),
                item.page().flatMap(PersonView::web),
                When.shown(item.at()),
                item.takenBack(),
                item.copies().stream()
                        .map(copy -> new Copy(
                                Shore.of(copy.id().network()),
                                copy.id().value(),
                                copy.page().flatMap(PersonView::web)))
                        .toList(),
                item.places().stream()
                        .map(place -> new Place(
                                Shore.of(place.network()),
                                place.name(),
                                CrossingView.of(place.last(), PostTexts.UNKNOWN)))
                        .toList());
    }
}
