package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.activitypub.translate.ActivityPubTranslator;
import dev.drawbridge.activitypub.translate.PublicText;
import dev.drawbridge.activitypub.wire.Lookup.Found;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.UnavailableException;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Public notes of others, as if they had been delivered.
public final class RemoteNotes {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteNotes.class);
    private final RemoteDocuments documents;
    private final QuoteConfirmation quotes;
    private final MentionPages mentions;
    private final ActivityPubTranslator translator;
    private final InstantSource clock;

    public RemoteNotes(
            RemoteDocuments documents,
            QuoteConfirmation quotes,
            MentionPages mentions,
            ActivityPubTranslator translator,
            InstantSource clock) {
        this.documents = documents;
        this.quotes = quotes;
        this.mentions = mentions;
        this.translator = translator;
        this.clock = clock;
    }

    /// The note at its source; empty if it is gone, not public or not a note.
    ///
    /// @throws UnavailableException if its server cannot be asked now
    public Optional<NativeEvent> note(NativeId id) {
        return switch (documents.object(id.value())) {
            case Found<As2>(As2 note) -> event(id, mentions.named(quotes.checkedNote(note)));
            case Lookup.Unavailable<As2>(String reason) -> throw new UnavailableException(reason, Optional.empty());
            case Lookup<As2> failed -> {
                LOG.info("note {} not fetched: {}", id, failed.reason());
                yield Optional.empty();
            }
        };
    }

    /// What a post that everybody may read says; empty if there is none there, or it is somebody else's.
    ///
    /// @param address its id, or the page that shows it
    /// @throws UnavailableException if its server cannot be asked now
    public Optional<String> words(NativeId author, String address) {
        if (!Uris.sameOrigin(address, author.value())) {
            return Optional.empty();
        }
        return switch (documents.object(address)) {
            case Found<As2>(As2 note) -> PublicText.of(note, author.value());
            case Lookup.Unavailable<As2>(String reason) -> throw new UnavailableException(reason, Optional.empty());
            case Lookup.Missing<As2> _, Lookup.Unusable<As2> _ -> Optional.empty();
        };
    }

    private Optional<NativeEvent> event(NativeId id, As2 note) {
        boolean own = note.ref("attributedTo")
                .or(() -> note.ref("actor"))
                .filter(a -> Uris.sameOrigin(a, id.value()))
                .isPresent();
        if (!own) {
            LOG.info("note {} not fetched: its author lives elsewhere", id);
            return Optional.empty();
        }
        return switch (translator.decode(note, Documents.write(note.node()), clock.instant())) {
            case Translation.Translated<NativeEvent>(NativeEvent event, var _) ->
                event.kind() == NativeEvent.Kind.POST ? Optional.of(event) : Optional.empty();
            case Translation.Skipped<NativeEvent>(String reason) -> {
                LOG.info("note {} not fetched: {}", id, reason);
                yield Optional.empty();
            }
            case Translation.Malformed<NativeEvent>(String field, String detail) -> {
                LOG.info("note {} not fetched: {}: {}", id, field, detail);
                yield Optional.empty();
            }
        };
    }
}
