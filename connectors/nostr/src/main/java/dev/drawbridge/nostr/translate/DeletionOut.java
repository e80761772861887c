package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.Address;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.EventTemplate;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Takes copies back ([NIP-09](https://nips.nostr.com/9)), and a whole account ([NIP-62](https://nips.nostr.com/62)).
final class DeletionOut {
    /// Events in one request: with its other tags it has at most 500.
    private static final int MOST_AT_ONCE = 480;

    private DeletionOut() {}

    static Translation<NativeDraft> delete(Activity.Delete delete, Outbound out) {
        Optional<ObjectRef> here = out.resolved().objectHere(delete.target());
        Speaker speaker = out.speaker(delete);
        if (here.isEmpty()) {
            return Translation.skipped("there is no copy to delete");
        }
        NativeId copy = here.get().id();
        CopyHistory history = CopyHistory.of(here.get());
        Stream<EventId> parts =
                out.resolved().object(delete.target()).map(Resolved.Post::parts).orElse(Set.of()).stream()
                        .sorted()
                        .flatMap(part -> EventId.tryParse(part.value()).stream());
        List<EventId> all = Stream.of(EventId.tryParse(copy.value()).stream(), history.former().stream(), parts)
                .flatMap(ids -> ids)
                .distinct()
                .toList();
        List<Address> articles = Stream.concat(Address.tryParse(copy.value()).stream(), history.articles().stream())
                .distinct()
                .toList();
        if (all.isEmpty() && articles.isEmpty()) {
            return Translation.skipped("the copy is no event");
        }
        NativeId source = Outbound.source(delete, delete.target());
        var gone = new CopyHistory(history.formerKind(), all, List.of(), articles);
        return Translation.of(speaker.draft(Optional.empty(), goodbyes(gone, out.seconds(delete), out, source)));
    }

    /// What takes back all that `gone` holds: events by their ids, then articles by where they stand, because relays
    /// are asked by the one or the other. Few enough in each for every relay.
    static EventTemplate[] goodbyes(CopyHistory gone, long seconds, Outbound out, NativeId source) {
        List<EventTemplate> goodbyes = new ArrayList<>();
        List<EventId> ids = gone.former();
        for (int from = 0; from < ids.size(); from += MOST_AT_ONCE) {
            Stream<Tag> some = ids.subList(from, Math.min(from + MOST_AT_ONCE, ids.size())).stream()
                    .map(id -> Tag.of("e", id.hex()));
            goodbyes.add(goodbye(some, gone.formerKind(), seconds, out, source));
        }
        for (Address article : gone.articles()) {
            goodbyes.add(goodbye(Stream.of(Tag.of("a", article.toString())), article.kind(), seconds, out, source));
        }
        return goodbyes.toArray(EventTemplate[]::new);
    }

    private static EventTemplate goodbye(Stream<Tag> gone, int kind, long seconds, Outbound out, NativeId source) {
        List<Tag> tags = new ArrayList<>(gone.toList());
        tags.add(Tag.of("k", Integer.toString(kind)));
        tags.addAll(out.marks().of(source));
        return new EventTemplate(seconds, Kind.DELETION, tags, "");
    }

    /// Profile, follow list and relay list go by address, for relays that do not know how to forget a person; then the
    /// person goes everywhere.
    static Translation<NativeDraft> deleteAccount(Activity.DeleteAccount leave, Outbound out) {
        Speaker speaker = out.speaker(leave);
        List<Tag> tags = new ArrayList<>();
        for (int kind : new int[] {Kind.PROFILE, Kind.FOLLOWS, Kind.RELAY_LIST}) {
            speaker.key().map(PublicKey::hex).ifPresent(key -> tags.add(Tag.of("a", kind + ":" + key + ":")));
            tags.add(Tag.of("k", Integer.toString(kind)));
        }
        List<Tag> marks = out.marks().of(leave.author());
        tags.addAll(marks);
        var lists = new EventTemplate(out.seconds(), Kind.DELETION, tags, "");
        List<Tag> everywhere = new ArrayList<>(List.of(Tag.of("relay", "ALL_RELAYS")));
        everywhere.addAll(marks);
        var vanish = new EventTemplate(out.seconds(), Kind.VANISH, everywhere, "This person left the bridge.");
        return Translation.of(speaker.draft(Optional.empty(), lists, vanish));
    }
}
