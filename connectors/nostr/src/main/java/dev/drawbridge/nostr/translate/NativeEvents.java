package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.EventBody;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Pins;
import dev.drawbridge.nostr.event.PublicKey;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/// Puts events into the envelope the engine takes, with what the consent gate must know.
public final class NativeEvents {
    /// Nobody means to address more people than that.
    private static final int MOST_NAMES = 200;

    private NativeEvents() {}

    public static NativeId id(EventId id) {
        return new NativeId(Network.NOSTR, id.hex());
    }

    public static NativeId id(PublicKey key) {
        return new NativeId(Network.NOSTR, key.hex());
    }

    /// @param address of an article
    static NativeId address(String address) {
        return new NativeId(Network.NOSTR, address);
    }

    /// @param receivedAt when we got it
    public static NativeEvent of(Event event, Instant receivedAt) {
        return of(event, names(event), receivedAt);
    }

    /// @param body the event as it was written, by whoever wrote it
    static NativeEvent of(Event event, EventBody body, Instant receivedAt) {
        return of(event, names(event), body, receivedAt);
    }

    /// @param names whom and what it is aimed at, where the connector knows better than the event
    public static NativeEvent of(Event event, Set<NativeId> names, Instant receivedAt) {
        return of(event, names, EventBody.of(event.json()), receivedAt);
    }

    private static NativeEvent of(Event event, Set<NativeId> names, EventBody body, Instant receivedAt) {
        NativeEvent.Kind kind = kind(event.kind());
        var envelope = new NativeEvent(id(event.id()), id(event.pubkey()), kind, names, body, receivedAt);
        return switch (kind) {
            case POST -> envelope.made(new NativeEvent.Made(PostIn.id(event), PostIn.published(event)));
            case REACTION, REPOST -> envelope.made(new NativeEvent.Made(envelope.id(), Inbound.at(event)));
            default -> envelope;
        };
    }

    /// Whether events of a kind are posts.
    public static boolean isPost(int kind) {
        return kind(kind) == NativeEvent.Kind.POST;
    }

    private static NativeEvent.Kind kind(int kind) {
        return switch (kind) {
            case Kind.PROFILE -> NativeEvent.Kind.PROFILE;
            case Kind.NOTE,
                    Kind.COMMENT,
                    Kind.PICTURE,
                    Kind.VIDEO,
                    Kind.SHORT_VIDEO,
                    Kind.ADDRESSED_VIDEO,
                    Kind.ADDRESSED_SHORT_VIDEO,
                    Kind.VOICE,
                    Kind.VOICE_ANSWER,
                    Kind.POLL,
                    Kind.ARTICLE -> NativeEvent.Kind.POST;
            case Kind.FOLLOWS -> NativeEvent.Kind.FOLLOW;
            case Kind.DELETION -> NativeEvent.Kind.DELETE;
            case Kind.REPOST, Kind.GENERIC_REPOST -> NativeEvent.Kind.REPOST;
            case Kind.REACTION, Kind.VOTE -> NativeEvent.Kind.REACTION;
            case Kind.REPORT -> NativeEvent.Kind.REPORT;
            case Kind.MUTES -> NativeEvent.Kind.BLOCK;
            case Kind.MESSAGE -> NativeEvent.Kind.COMMAND;
            case Kind.VANISH -> NativeEvent.Kind.DELETE_ACCOUNT;
            default -> NativeEvent.Kind.OTHER;
        };
    }

    private static Set<NativeId> names(Event event) {
        Set<NativeId> names = new LinkedHashSet<>();
        if (event.kind() == Kind.FOLLOWS || event.kind() == Kind.MUTES) {
            event.people().forEach(p -> names.add(id(p)));
            return names;
        }
        event.people().stream().limit(MOST_NAMES).forEach(p -> names.add(id(p)));
        switch (event.kind()) {
            case Kind.NOTE, Kind.COMMENT, Kind.VOICE_ANSWER, Kind.POLL, Kind.ARTICLE ->
                ThreadPlace.of(event).parent().ifPresent(names::add);
            case Kind.DELETION -> {
                event.eventIds("e").forEach(e -> names.add(id(e)));
                event.tags("a").flatMap(t -> Quotes.id(t.value()).stream()).forEach(names::add);
            }
            case Kind.PINS -> Pins.of(event).forEach(post -> names.add(id(post)));
            case Kind.VOTE, Kind.REPORT -> event.eventIds("e").forEach(e -> names.add(id(e)));
            case Kind.REPOST, Kind.GENERIC_REPOST, Kind.REACTION ->
                ReactionIn.target(event).ifPresent(names::add);
            default -> {}
        }
        return names;
    }
}
