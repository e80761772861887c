package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.EventTemplate;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A complaint as kind 1984 ([NIP-56](https://nips.nostr.com/56)). Everybody can read it, so it says that there is one
/// and what it is about, and not what the complainer said to moderators.
final class ReportOut {
    /// The only type that claims nothing.
    private static final String TYPE = "other";

    private ReportOut() {}

    static Translation<NativeDraft> report(Activity.Report report, Outbound out) {
        Optional<PublicKey> person =
                out.resolved().actorHere(report.target()).map(NativeId::value).flatMap(PublicKey::tryParse);
        if (person.isEmpty()) {
            return Translation.skipped("who is complained about is not on Nostr");
        }
        List<Loss> losses = new ArrayList<>();
        if (!report.reason().isBlank()) {
            losses.add(new Loss("reason", "not written: complaints are public on Nostr"));
        }
        List<Tag> tags = new ArrayList<>();
        tags.add(Tag.of("p", person.get().hex(), TYPE));
        report.about()
                .flatMap(out.resolved()::objectHere)
                .map(ObjectRef::id)
                .flatMap(id -> EventId.tryParse(id.value()))
                .ifPresent(id -> tags.add(Tag.of("e", id.hex(), TYPE)));
        tags.addAll(out.marks().of(report.author()));
        var event = new EventTemplate(out.seconds(report), Kind.REPORT, tags, "");
        return Translation.of(out.speaker(report).draft(event, CopyHistory.fresh(event)), losses);
    }
}
