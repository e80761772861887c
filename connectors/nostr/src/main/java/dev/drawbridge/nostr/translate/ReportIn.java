package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Cut;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.BridgedText;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Kind 1984 ([NIP-56](https://nips.nostr.com/56)).
final class ReportIn implements Inbound {
    private static final int LONGEST = 3_000;
    private static final Loss LONG = new Loss("reason", "cut to " + LONGEST + " characters");

    @Override
    public Needs needs(Event event, NativeEvent envelope) {
        return Needs.NOTHING;
    }

    @Override
    public Translation<List<Activity>> read(Event event, NativeEvent envelope, Resolved resolved) {
        Optional<Tag> person = event.tags("p")
                .filter(t -> PublicKey.tryParse(t.value()).isPresent())
                .findFirst();
        if (person.isEmpty()) {
            return Translation.malformed("p", "a complaint about nobody");
        }
        Optional<Tag> object = event.tags("e")
                .filter(t -> EventId.tryParse(t.value()).isPresent())
                .findFirst();
        Optional<NativeId> about = object.map(t -> NativeEvents.id(new EventId(t.value())));
        String type = object.or(() -> person).map(t -> t.get(2)).orElse("");
        String reason = Stream.of(type, event.content())
                .map(text -> BridgedText.clean(text).strip())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(": "));
        List<Loss> losses = new ArrayList<>();
        String words = Cut.text(reason, LONGEST, LONG, losses);
        return Translation.of(
                List.of(new Activity.Report(
                        NativeEvents.id(event.id()),
                        Inbound.author(event),
                        Inbound.at(event),
                        NativeEvents.id(new PublicKey(person.get().value())),
                        about,
                        words)),
                losses);
    }
}
