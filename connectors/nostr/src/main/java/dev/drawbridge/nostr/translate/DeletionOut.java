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
    private DeletionOut() {}

    static Translation<NativeDraft> delete(Activity.Delete delete, Outbound out) {
        Optional<ObjectRef> here = out.resolved().objectHere(delete.target());
        Speaker speaker = out.speaker(delete);
        if (here.isEmpty()) {
            return Translation.skipped("there is no copy to delete");
        }
        NativeId source = Outbound.source(delete, delete.target());
        Optional<Address> article = Address.tryParse(here.get().id().value());
        if (article.isPresent()) {
            EventTemplate goodbye = of(article.get(), out.seconds(delete), out, source);
            return Translation.of(speaker.draft(Optional.empty(), goodbye));
        }
        Optional<EventId> copy = EventId.tryParse(here.get().id().value());
        if (copy.isEmpty()) {
            return Translation.skipped("the copy is no event");
        }
        CopyHistory history = CopyHistory.of(here.get());
        Stream<EventId> parts =
                out.resolved().object(delete.target()).map(Resolved.Post::parts).orElse(Set.of()).stream()
                        .sorted()
                        .flatMap(part -> EventId.tryParse(part.value()).stream());
        List<EventId> all = Stream.of(Stream.of(copy.get()), history.former().stream(), parts)
                .flatMap(ids -> ids)
                .distinct()
                .toList();
        return Translation.of(speaker.draft(Optional.empty(), of(history, all, out.seconds(delete), out, source)));
    }

    private static EventTemplate of(Address gone, long seconds, Outbound out, NativeId source) {
        List<Tag> tags =
                new ArrayList<>(List.of(Tag.of("a", gone.toString()), Tag.of("k", Integer.toString(gone.kind()))));
        tags.addAll(out.marks().of(source));
        return new EventTemplate(seconds, Kind.DELETION, tags, "");
    }

    static EventTemplate of(CopyHistory history, List<EventId> gone, long seconds, Outbound out, NativeId source) {
        List<Tag> tags = new ArrayList<>();
        gone.forEach(id -> tags.add(Tag.of("e", id.hex())));
        tags.add(Tag.of("k", Integer.toString(history.kind())));
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
