package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Reading;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.EventBody;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.model.spi.Translator;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Both directions between [ActivityPub](https://www.w3.org/TR/activitypub/) and the canonical model.
public final class ActivityPubTranslator implements Translator {
    private static final Function<String, Reading<As2>> PARSER = Documents::parse;
    private final CopyIds ids;
    private final EventReader events;

    public ActivityPubTranslator(CopyIds ids) {
        this.ids = ids;
        this.events = new EventReader(ids);
    }

    @Override
    public Translation<NativeEvent> decode(String document, Instant now) {
        Reading<As2> parsed = PARSER.apply(document);
        return switch (parsed) {
            case Reading.Read<As2>(As2 read) -> decode(read, EventBody.of(document, PARSER, parsed), now);
            case Reading.Unreadable<As2>(String field, String detail) -> Translation.malformed(field, detail);
        };
    }

    /// The same for a document that was parsed already.
    ///
    /// @param body the document as text
    public Translation<NativeEvent> decode(As2 document, String body, Instant now) {
        return decode(document, EventBody.of(body), now);
    }

    private Translation<NativeEvent> decode(As2 document, EventBody body, Instant now) {
        return switch (Incoming.read(document)) {
            case Translation.Translated<Incoming>(Incoming in, var _) -> events.read(in, body, now);
            case Translation.Skipped<Incoming>(String reason) -> Translation.skipped(reason);
            case Translation.Malformed<Incoming>(String field, String detail) -> Translation.malformed(field, detail);
        };
    }

    @Override
    public Needs needs(NativeEvent event) {
        if (event.kind() == NativeEvent.Kind.COMMAND) {
            return Needs.NOTHING;
        }
        return switch (incoming(event)) {
            case Translation.Translated<Incoming>(Incoming in, var _) -> needs(in);
            case Translation.Skipped<Incoming> _, Translation.Malformed<Incoming> _ -> Needs.NOTHING;
        };
    }

    private static Needs needs(Incoming in) {
        Set<NativeId> bare = in.object().isEmpty() ? ids(in.objectId().stream()) : Set.of();
        return switch (in.type()) {
            case "Create", "Update" ->
                new Needs(
                        Set.of(),
                        ids(in.objects().stream()
                                .flatMap(n -> Stream.concat(n.ref("inReplyTo").stream(), n.ref("quote").stream()))),
                        Set.of(),
                        false);
            case "Undo", "Accept", "Reject" -> new Needs(Set.of(), Set.of(), bare, false);
            default -> Needs.NOTHING;
        };
    }

    private static Set<NativeId> ids(java.util.stream.Stream<String> uris) {
        return uris.map(CopyIds::id).collect(Collectors.toSet());
    }

    @Override
    public Translation<List<Activity>> toCanonical(NativeEvent event, Resolved resolved, Instant now) {
        if (event.kind() == NativeEvent.Kind.COMMAND) {
            return Translation.skipped("a message to one of ours is not for others");
        }
        return switch (incoming(event)) {
            case Translation.Translated<Incoming>(Incoming in, var _) -> {
                var mark = BridgeMarks.of(in, ids);
                yield mark.isPresent()
                        ? Translation.skipped(mark.get())
                        : ActivityReader.read(in, event, resolved, ids);
            }
            case Translation.Skipped<Incoming>(String reason) -> Translation.skipped(reason);
            case Translation.Malformed<Incoming>(String field, String detail) -> Translation.malformed(field, detail);
        };
    }

    @Override
    public Translation<NativeDraft> fromCanonical(Activity activity, Resolved resolved, Instant now) {
        return new ActivityWriter(Speaker.of(activity.author(), resolved, ids)).write(activity);
    }

    private static Translation<Incoming> incoming(NativeEvent event) {
        return switch (event.body().read(PARSER)) {
            case Reading.Read<As2>(As2 document) -> Incoming.read(document);
            case Reading.Unreadable<As2>(String field, String detail) -> Translation.malformed(field, detail);
        };
    }
}
