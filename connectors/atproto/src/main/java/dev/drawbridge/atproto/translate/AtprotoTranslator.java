package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Choices;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.model.spi.Translator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Translates between records of the AT Protocol and the canonical model.
///
/// An event is one write or delete of a record, or news of an account:
/// `{"did","collection","rkey","operation","cid","rev","time","record"}`,
/// `{"did","time","account":{"active","status"}}`, `{"did","time","identity":{}}`,
/// `{"did","time","report":{"subject","type","reason"}}`. Jetstream's form and the answer of
/// `getRecord` are read as well. A write may say what the connector found out: the author's `handle`, their `pds`, and
/// the `threadgate` and `postgate` beside a post, the `intents` beside a profile.
///
/// A draft is a list of writes to one repository: `{"collection","rkey","record"}` puts a record,
/// `{"collection","rkey","change":{…}}` sets fields of the one that is there and takes away those that are null,
/// `{"collection","rkey", "delete":true}` removes one, `{"account":"deactivated"}` closes the account.
public final class AtprotoTranslator implements Translator {
    /// How long after it was written a post can be replaced.
    public static final Duration EDIT_WINDOW = Duration.ofHours(1);

    private final Choices usual;
    private final Duration editWindow;

    /// One that shows the start of long posts and edits in place.
    public AtprotoTranslator() {
        this(Choices.NONE, EDIT_WINDOW);
    }

    /// @param usual what holds for authors who chose nothing
    /// @param editWindow how long after it was written a post is replaced, where that was chosen
    public AtprotoTranslator(Choices usual, Duration editWindow) {
        this.usual = usual;
        this.editWindow = editWindow;
    }

    @Override
    public Translation<NativeEvent> decode(String document, Instant now) {
        try {
            return Translation.of(Inbound.event(document, now));
        } catch (BadField e) {
            return Translation.malformed(e.field(), e.detail());
        }
    }

    @Override
    public Needs needs(NativeEvent event) {
        try {
            return Inbound.needs(document(event));
        } catch (BadField e) {
            return Needs.NOTHING;
        }
    }

    @Override
    public Translation<List<Activity>> toCanonical(NativeEvent event, Resolved resolved, Instant now) {
        try {
            return Inbound.activities(document(event), resolved, event.receivedAt());
        } catch (BadField e) {
            return Translation.malformed(e.field(), e.detail());
        } catch (Uncrossable e) {
            return Translation.skipped(e.reason());
        }
    }

    @Override
    public Translation<NativeDraft> fromCanonical(Activity activity, Resolved resolved, Instant now) {
        try {
            return Outbound.draft(activity, resolved.choosing(resolved.choices().or(usual)), editWindow);
        } catch (Uncrossable e) {
            return Translation.skipped(e.reason());
        }
    }

    /// Where a ghost's follow lies in its repository.
    ///
    /// @param follower who follows, on their own network
    /// @param followed who is followed, on this one
    public static RepoPath follow(NativeId follower, NativeId followed) {
        return new RepoPath(new Nsid(Lexicons.FOLLOW), RecordKeys.relation(follower, followed));
    }

    private static RepoDocument document(NativeEvent event) {
        return RepoDocuments.read(event.body().read(RepoDocuments.PARSER), event.receivedAt());
    }
}
