package dev.drawbridge.activitypub.support;

import dev.drawbridge.activitypub.wire.Deliverer;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What somebody of another network says, brought to their ghost's outbox the way the engine does.
///
/// @param origin who says it, on their own network
/// @param ghost their actor here
public record Speech(Bridge bridge, NativeId origin, NativeId ghost) {
    public static final Instant AT = Instant.parse("2026-02-28T10:00:00Z");

    public static Speech of(Bridge bridge, NativeId origin, String handle) {
        return new Speech(bridge, origin, bridge.ghost(origin, handle));
    }

    /// The source of the post with this number.
    public NativeId source(int number) {
        return new NativeId(origin.network(), "%064x".formatted(number));
    }

    /// Publishes a post, in the order of the numbers.
    ///
    /// @return the address of the note
    public String say(int number, String text, Optional<URI> page) {
        return publish(number, text, page, Optional.empty());
    }

    /// Publishes an answer to a note here.
    public String answer(int number, String text, NativeId parent, String note) {
        return publish(number, text, Optional.empty(), Optional.of(Map.entry(parent, note)));
    }

    private String publish(int number, String text, Optional<URI> page, Optional<Map.Entry<NativeId, String>> parent) {
        var post = Post.builder(source(number), origin, AT.plusSeconds(number))
                .text(RichText.plain(text))
                .inReplyTo(parent.map(p -> ObjectRef.of(p.getKey())))
                .url(page)
                .build();
        return tell(new Activity.Publish(post.id(), post.published(), post), parent);
    }

    public String like(int number, NativeId target, String note) {
        return tell(
                new Activity.React(source(number), origin, AT, ObjectRef.of(target), Optional.empty()),
                Optional.of(Map.entry(target, note)));
    }

    public String share(int number, NativeId target, String note) {
        return tell(
                new Activity.Repost(source(number), origin, AT, ObjectRef.of(target)),
                Optional.of(Map.entry(target, note)));
    }

    /// Puts a post in front of the rest, or no longer does.
    ///
    /// @param after when, in seconds after [#AT]
    public void pin(int number, String note, boolean pinned, int after) {
        var pin = new Activity.Pin(source(2_000_000 + after), origin, AT.plusSeconds(after), source(number), pinned);
        tell(pin, Optional.of(Map.entry(source(number), note)));
    }

    public void delete(int number) {
        tell(new Activity.Delete(source(number + 1_000_000), origin, AT, source(number)), Optional.empty());
    }

    public void leave() {
        tell(new Activity.DeleteAccount(source(9_999_999), origin, AT), Optional.empty());
    }

    /// Says something that is about nothing here.
    public void tell(Activity activity) {
        tell(activity, Optional.empty());
    }

    private String tell(Activity activity, Optional<Map.Entry<NativeId, String>> about) {
        var objects = new HashMap<NativeId, Resolved.Post>();
        about.ifPresent(a -> objects.put(
                a.getKey(),
                new Resolved.Post(
                        a.getKey(),
                        Optional.empty(),
                        Optional.of(ObjectRef.of(new NativeId(Network.ACTIVITYPUB, a.getValue()))),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())));
        var me = new Resolved.Actor(origin, Optional.of(ghost), Optional.empty(), Optional.empty());
        var resolved = new Resolved(Map.of(origin, me), objects, Map.of(), Set.of());
        var translated = bridge.connector.translator().fromCanonical(activity, resolved, AT);
        var draft = ((Translation.Translated<NativeDraft>) translated).value();
        bridge.connector.deliver(draft, Deliverer.outbox(origin));
        return draft.copy().map(c -> c.id().value()).orElse("");
    }
}
