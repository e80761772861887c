package dev.drawbridge.feed.translate;

import dev.drawbridge.feed.object.BadFeed;
import dev.drawbridge.feed.object.Entry;
import dev.drawbridge.feed.object.Feed;
import dev.drawbridge.feed.object.FeedReader;
import dev.drawbridge.feed.object.JsonFeed;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.KnownBridges;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.model.spi.Translator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// From entries of feeds to posts, and never back.
public final class FeedTranslator implements Translator {
    private final String ownHost;

    public FeedTranslator(InstanceInfo instance) {
        this.ownHost = instance.domain().replaceFirst(":\\d+$", "");
    }

    /// Reads a JSON Feed with one entry, or with none: what it shows of itself.
    @Override
    public Translation<NativeEvent> decode(String document, Instant now) {
        try {
            Optional<URI> address = JsonFeed.address(document);
            if (address.isEmpty()) {
                return Translation.malformed("feed_url", "is not the address of a feed");
            }
            Feed feed = read(document, address.get());
            if (feed.entries().isEmpty()) {
                return Translation.of(EntryEvents.profile(address.get(), feed, now));
            }
            return one(feed)
                    .map(entry -> Translation.of(EntryEvents.published(address.get(), dated(entry, now), now)))
                    .orElseGet(() -> Translation.malformed("items", "is not one entry"));
        } catch (BadFeed e) {
            return Translation.malformed("document", String.valueOf(e.getMessage()));
        }
    }

    private static Feed read(String document, URI address) {
        return FeedReader.read(document.getBytes(StandardCharsets.UTF_8), Optional.empty(), address);
    }

    private static Optional<Entry> one(Feed feed) {
        return feed.entries().size() == 1 ? Optional.of(feed.entries().getFirst()) : Optional.empty();
    }

    private static Entry dated(Entry entry, Instant now) {
        return entry.at(entry.published().orElse(now), entry.updated());
    }

    @Override
    public Needs needs(NativeEvent event) {
        return Needs.NOTHING;
    }

    @Override
    public Translation<List<Activity>> toCanonical(NativeEvent event, Resolved resolved, Instant now) {
        try {
            String document = event.body().text();
            Optional<URI> address = JsonFeed.address(document);
            if (address.isEmpty()) {
                return Translation.malformed("feed_url", "is not the address of a feed");
            }
            Feed feed = read(document, address.get());
            if (event.kind() == NativeEvent.Kind.PROFILE) {
                return Translation.of(
                        List.of(new Activity.ProfileUpdate(
                                event.id(), event.receivedAt(), FeedProfiles.of(address.get(), feed))),
                        FeedProfiles.lost(feed));
            }
            Optional<Entry> found = one(feed);
            if (found.isEmpty()) {
                return Translation.malformed("items", "is not one entry");
            }
            if (madeByABridge(address.get())
                    || found.get().link().filter(this::madeByABridge).isPresent()) {
                return Translation.skipped("it was made by a bridge");
            }
            Entry entry = dated(found.get(), event.receivedAt());
            List<Loss> losses = new ArrayList<>();
            Post post = EntryPost.of(address.get(), entry, losses);
            Instant at = entry.published().orElse(event.receivedAt());
            return Translation.of(
                    List.of(
                            event.kind() == NativeEvent.Kind.EDIT
                                    ? new Activity.Edit(
                                            event.id(), entry.updated().orElse(at), post)
                                    : new Activity.Publish(event.id(), at, post)),
                    losses);
        } catch (BadFeed e) {
            return Translation.malformed("document", String.valueOf(e.getMessage()));
        }
    }

    private boolean madeByABridge(URI page) {
        String host = page.getHost() == null ? "" : page.getHost();
        return KnownBridges.isHost(host) || host.equals(ownHost) || host.endsWith("." + ownHost);
    }

    @Override
    public Translation<NativeDraft> fromCanonical(Activity activity, Resolved resolved, Instant now) {
        return Translation.skipped("nothing is carried to a feed");
    }
}
