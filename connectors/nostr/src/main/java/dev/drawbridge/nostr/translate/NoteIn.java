package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Kind 1, and kind 1111 read as an answer.
final class NoteIn implements Inbound {
    @Override
    public Needs needs(Event event, NativeEvent envelope) {
        Set<NativeId> objects = new HashSet<>();
        ThreadPlace thread = ThreadPlace.of(event);
        thread.parent().ifPresent(p -> objects.add(NativeEvents.id(p)));
        thread.root().ifPresent(r -> objects.add(NativeEvents.id(r)));
        return new Needs(TextIn.people(event.content()), objects, Set.of(), false);
    }

    @Override
    public Translation<List<Activity>> read(Event event, NativeEvent envelope, Resolved resolved) {
        ThreadPlace thread = ThreadPlace.of(event);
        if (event.kind() == Kind.COMMENT && thread.parent().isEmpty()) {
            return Translation.skipped("it comments on something that is not an event");
        }
        Set<String> hashtags = event.tags("t")
                .map(t -> t.value().toLowerCase(Locale.ROOT))
                .filter(t -> !t.isEmpty())
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
        TextIn.Result text = TextIn.read(event.content(), hashtags, resolved);
        var post = Post.builder(NativeEvents.id(event.id()), Inbound.author(event), Inbound.at(event))
                .text(text.text())
                .warning(event.tag("content-warning").map(Tag::value).map(ContentWarning::new))
                .inReplyTo(thread.parent().map(NativeEvents::id).map(ObjectRef::of))
                .threadRoot(thread.root().map(NativeEvents::id).map(ObjectRef::of))
                .languages(LanguageLabel.read(event))
                .url(Optional.of(Viewer.page(event)))
                .build();
        return Translation.of(List.of(new Activity.Publish(post.id(), post.published(), post)), text.losses());
    }
}
