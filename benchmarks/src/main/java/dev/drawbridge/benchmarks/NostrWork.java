package dev.drawbridge.benchmarks;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventReader;
import dev.drawbridge.nostr.event.EventVerifier;
import dev.drawbridge.nostr.translate.NativeEvents;
import dev.drawbridge.nostr.translate.NostrTranslator;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import rust.nostr.sdk.NostrSdkException;

/// What one thread does of verifying, translating and signing, with nothing around it.
///
/// @param time how long each thing is measured, after half as long to warm up
record NostrWork(Duration time) {
    private static final int DIFFERENT = 1_000;

    /// Events read and verified, id and signature, for each second of processor time.
    double verified() {
        List<String> events = texts();
        var verifier = new EventVerifier(NostrAuthor.cryptography());
        return CpuTime.perSecond(time, i -> {
            Event event = EventReader.read(events.get(i % DIFFERENT)).found().orElseThrow();
            if (verifier.problem(event).isPresent()) {
                throw new IllegalStateException("a right event is refused");
            }
        });
    }

    /// The same with rust-nostr.
    double verifiedByRust() {
        List<String> events = texts();
        return CpuTime.perSecond(time, i -> {
            try (var event = rust.nostr.sdk.Event.Companion.fromJson(events.get(i % DIFFERENT))) {
                if (!event.verify()) {
                    throw new IllegalStateException("a right event is refused");
                }
            } catch (NostrSdkException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /// Posts of the Fediverse that became signed events.
    double translated() {
        var instance = new InstanceInfo(
                URI.create("https://relay.bridge.example"), "bridge.example", "Drawbridge", "bench", "", false);
        var translator = NostrTranslator.labelling(instance, true, NostrTranslator.EDIT_WINDOW);
        var ghost = new NostrAuthor();
        var alice = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/alice");
        var here = Optional.of(NativeEvents.id(ghost.key()));
        var author = new Resolved.Actor(alice, here, Optional.of("alice_at_social.example"), Optional.empty());
        var resolved = new Resolved(Map.of(alice, author), Map.of(), Map.of(), Set.of());
        Instant now = Instant.now();
        RichText text = RichText.plain("lorem ipsum dolor sit amet ".repeat(12));
        return CpuTime.perSecond(time, i -> {
            var id = new NativeId(Network.ACTIVITYPUB, "https://social.example/notes/" + i);
            Post post = Post.builder(id, alice, now).text(text).build();
            var publish = new Activity.Publish(id, now, post);
            if (!(translator.fromCanonical(publish, resolved, now)
                    instanceof Translation.Translated<NativeDraft>(NativeDraft draft, var _))) {
                throw new IllegalStateException("a post is not translated");
            }
            Event said =
                    EventReader.readDraft(draft.documents().getFirst()).found().orElseThrow();
            ghost.sign(said.unsigned());
        });
    }

    private static List<String> texts() {
        return NostrAuthor.events(List.of(new NostrAuthor()), NostrAuthor.HIGHLIGHT, DIFFERENT).stream()
                .map(Event::json)
                .toList();
    }
}
