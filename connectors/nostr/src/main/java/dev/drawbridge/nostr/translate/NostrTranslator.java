package dev.drawbridge.nostr.translate;

import static java.util.Map.entry;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.EventBody;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.model.spi.Translator;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventReader;
import dev.drawbridge.nostr.event.EventTemplate;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Limits;
import dev.drawbridge.nostr.event.Nip05;
import dev.drawbridge.nostr.event.PollTally;
import dev.drawbridge.nostr.event.Reading;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.event.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// [Translator] of Nostr: finds the class that knows the kind of an event or activity.
public final class NostrTranslator implements Translator {
    private static final Function<String, Reading<Event>> READER = EventReader::readDraft;
    /// Unless an instance says otherwise.
    public static final Duration EDIT_WINDOW = Duration.ofHours(1);

    private final Map<Integer, Inbound> readers;
    private final Marks marks;
    private final ProfileOut profiles;
    private final Duration editWindow;

    /// Without the labels of an instance.
    ///
    /// @param protectCopies whether copies that stay on our relay ask not to be passed on
    /// ([NIP-70](https://nips.nostr.com/70))
    public NostrTranslator(InstanceInfo instance, boolean protectCopies) {
        this(instance, Marks.of(instance, false, protectCopies), EDIT_WINDOW);
    }

    /// What an instance says, with its labels.
    ///
    /// @param protectCopies whether copies that stay on our relay ask not to be passed on
    /// @param editWindow how long after it was written a note is replaced when it is edited; later a note below it
    /// says how it reads now
    public static NostrTranslator labelling(InstanceInfo instance, boolean protectCopies, Duration editWindow) {
        return new NostrTranslator(instance, Marks.of(instance, true, protectCopies), editWindow);
    }

    private NostrTranslator(InstanceInfo instance, Marks marks, Duration editWindow) {
        this.marks = marks;
        this.editWindow = editWindow;
        this.profiles = new ProfileOut(instance, marks);
        var posts = new PostIn();
        var reposts = new RepostIn();
        this.readers = Map.ofEntries(
                entry(Kind.PROFILE, new ProfileIn()),
                entry(Kind.NOTE, posts),
                entry(Kind.COMMENT, posts),
                entry(Kind.PICTURE, posts),
                entry(Kind.VIDEO, posts),
                entry(Kind.SHORT_VIDEO, posts),
                entry(Kind.ADDRESSED_VIDEO, posts),
                entry(Kind.ADDRESSED_SHORT_VIDEO, posts),
                entry(Kind.VOICE, posts),
                entry(Kind.VOICE_ANSWER, posts),
                entry(Kind.POLL, posts),
                entry(Kind.ARTICLE, posts),
                entry(Kind.VOTE, new VoteIn()),
                entry(Kind.REPORT, new ReportIn()),
                entry(Kind.MUTES, new MuteListIn()),
                entry(Kind.PINS, new PinsIn()),
                entry(Kind.FOLLOWS, new FollowListIn()),
                entry(Kind.DELETION, new DeletionIn()),
                entry(Kind.REPOST, reposts),
                entry(Kind.GENERIC_REPOST, reposts),
                entry(Kind.REACTION, new ReactionIn()),
                entry(Kind.MESSAGE, new CommandIn()),
                entry(Kind.VANISH, new VanishIn(marks.ownRelay())));
    }

    @Override
    public Translation<NativeEvent> decode(String document, Instant now) {
        Reading<Event> read = READER.apply(document);
        return switch (read) {
            case Reading.Read<Event>(Event event) ->
                Translation.of(NativeEvents.of(event, EventBody.of(document, READER, read), now));
            case Reading.Unreadable<Event>(String field, String detail) -> Translation.malformed(field, detail);
        };
    }

    @Override
    public Needs needs(NativeEvent envelope) {
        Optional<Event> found = TallyIn.is(envelope)
                ? envelope.body().read(TallyIn.READER).found().map(PollTally::poll)
                : envelope.body().read(READER).found();
        return found.flatMap(event -> reader(event).map(r -> r.needs(event, envelope)))
                .orElse(Needs.NOTHING);
    }

    @Override
    public Translation<List<Activity>> toCanonical(NativeEvent envelope, Resolved resolved, Instant now) {
        return TallyIn.is(envelope) ? counted(envelope, resolved, now) : said(envelope, resolved, now);
    }

    private Translation<List<Activity>> counted(NativeEvent envelope, Resolved resolved, Instant now) {
        return switch (envelope.body().read(TallyIn.READER)) {
            case Reading.Unreadable<PollTally>(String field, String detail) -> Translation.malformed(field, detail);
            case Reading.Read<PollTally>(PollTally tally) ->
                TallyIn.read(tally, envelope, read(tally.poll(), envelope, resolved, now));
        };
    }

    private Translation<List<Activity>> said(NativeEvent envelope, Resolved resolved, Instant now) {
        return switch (envelope.body().read(READER)) {
            case Reading.Unreadable<Event>(String field, String detail) -> Translation.malformed(field, detail);
            case Reading.Read<Event>(Event event) -> read(event, envelope, resolved, now);
        };
    }

    private Translation<List<Activity>> read(Event event, NativeEvent envelope, Resolved resolved, Instant now) {
        Optional<String> bridge = BridgeMarks.mark(event);
        if (bridge.isPresent()) {
            return Translation.skipped(bridge.get());
        }
        if (event.isProtected() && event.kind() != Kind.DELETION && event.kind() != Kind.VANISH) {
            return Translation.skipped("its author asks not to pass it on (NIP-70)");
        }
        if (event.expiredAt(now.getEpochSecond())) {
            return Translation.skipped("it has expired (NIP-40)");
        }
        return reader(event)
                .map(r -> r.read(event, envelope, resolved))
                .orElseGet(() -> Translation.skipped(why(event.kind())));
    }

    private static String why(int kind) {
        return switch (kind) {
            case Kind.PAGE_REACTION -> "it reacts to a web page, and nobody else can (kind 17)";
            case Kind.RELAY_LIST -> "where somebody writes is read, and does not cross (kind 10002)";
            default -> "events of kind " + kind + " do not cross";
        };
    }

    private Optional<Inbound> reader(Event event) {
        return Optional.ofNullable(readers.get(event.kind()));
    }

    @Override
    public Translation<NativeDraft> fromCanonical(Activity activity, Resolved resolved, Instant now) {
        Translation<NativeDraft> written = write(activity, new Outbound(resolved, now, marks, editWindow));
        return written instanceof Translation.Translated<NativeDraft>(NativeDraft draft, var _)
                ? tooLong(draft).map(Translation::<NativeDraft>skipped).orElse(written)
                : written;
    }

    /// Why relays, ours among them, would refuse it. Only what is long may be too long.
    private static Optional<String> tooLong(NativeDraft draft) {
        return draft.documents().stream()
                .filter(document -> document.length() > Limits.DEFAULT.tagItem())
                .map(EventReader::readDraft)
                .filter(read -> read.found().isEmpty())
                .findFirst()
                .map(_ -> "it is longer than an event may be");
    }

    private Translation<NativeDraft> write(Activity activity, Outbound out) {
        return switch (activity) {
            case Activity.Publish a -> PostOut.publish(a, out);
            case Activity.Edit a -> PostOut.edit(a, out);
            case Activity.Tally a -> PostOut.tally(a, out);
            case Activity.Delete a -> DeletionOut.delete(a, out);
            case Activity.DeleteAccount a -> DeletionOut.deleteAccount(a, out);
            case Activity.React a -> ReactionOut.react(a, out);
            case Activity.Repost a -> ReactionOut.repost(a, out);
            case Activity.Follow a -> FollowListOut.follow(a, out);
            case Activity.Unfollow a -> FollowListOut.unfollow(a, out);
            case Activity.ProfileUpdate a -> profiles.update(a, out);
            case Activity.FollowAnswer _ -> Translation.skipped("follows need no answer on Nostr");
            case Activity.Block _, Activity.Unblock _ -> Translation.skipped("blocks are not public on Nostr");
            case Activity.Report a -> ReportOut.report(a, out);
            case Activity.Move a -> PostOut.moved(a, out);
            case Activity.Pin a -> PinsOut.pin(a, out);
            case Activity.InteractionRequest _, Activity.InteractionAnswer _ ->
                Translation.skipped("nobody asks for permission on Nostr");
            case Activity.Vote a -> VoteOut.vote(a, out);
        };
    }

    /// The kind 0 event of a new ghost.
    ///
    /// @param name the name we vouch for
    public EventTemplate profile(Profile profile, Nip05 name, Instant now) {
        EventTemplate event =
                profiles.event(profile, Optional.of(name), Resolved.NOTHING, now.getEpochSecond(), new ArrayList<>());
        return marks.finish(event, Resolved.NOTHING);
    }

    /// The relays of a new ghost as kind 10002 ([NIP-65](https://nips.nostr.com/65)): where it is found and written to.
    public EventTemplate relayList(NativeId origin, List<RelayUrl> homes, Instant now) {
        List<Tag> tags = new ArrayList<>();
        homes.forEach(url -> tags.add(Tag.of("r", url.value())));
        tags.addAll(marks.of(origin));
        var event = new EventTemplate(now.getEpochSecond(), Kind.RELAY_LIST, tags, "");
        return marks.finish(event, Resolved.NOTHING);
    }
}
