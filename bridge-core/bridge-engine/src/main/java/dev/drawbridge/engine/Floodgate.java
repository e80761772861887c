package dev.drawbridge.engine;

import dev.drawbridge.engine.notice.Notice;
import dev.drawbridge.engine.notice.NoticeKey;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.consent.Reason;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Holds up whoever says too much: what is too fast waits, what is said again and again does not go. Authors hear of it
/// once a day. Mirrors are let through: the operator knows whom they mirror.
final class Floodgate {
    private final Pace pace;
    private final Repeats repeats;
    private final Mirrors mirrors;
    private final Letters letters;

    Floodgate(Terms terms, Letters letters, InstantSource clock) {
        this.pace = terms.pace();
        this.repeats = new Repeats(terms.gates().limits().repeats(), clock);
        this.mirrors = terms.mirrors();
        this.letters = letters;
    }

    /// Why an activity does not go at all; empty if it goes now or later. Asked again, it says the same.
    ///
    /// @param post the post, where it is about one
    Optional<Reason> refusal(Activity activity, Optional<Post> post) {
        NativeId author = activity.author();
        if (mirrors.of(author).isPresent()) {
            return Optional.empty();
        }
        boolean repeated = activity instanceof Activity.Publish
                && post.filter(repeats::tooMany).isPresent();
        if (repeated) {
            return Optional.of(Reason.REPEATED);
        }
        return pace.hopeless(activity, author) ? Optional.of(Reason.TOO_FAST) : Optional.empty();
    }

    /// What the author hears of what is held up.
    List<Delivery> told(Activity activity, Network target, Optional<Reason> refusal, Instant receivedAt) {
        NativeId author = activity.author();
        boolean late =
                mirrors.of(author).isEmpty() && pace.pause(activity, author).isPresent();
        Optional<Notice> notice = refusal.map(
                        reason -> Notice.of(NoticeKey.NOT_LET_THROUGH, Notice.why(reason, target)))
                .or(() -> late ? Optional.of(slowed()) : Optional.empty());
        String day = receivedAt.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        return notice.map(words -> letters.once(
                        new Letters.Occasion(author, target, activity.id(), activity.at(), receivedAt),
                        words,
                        refusal.map(Reason::name).orElse("later") + " " + day))
                .orElseGet(List::of);
    }

    /// How somebody stands who has to wait.
    Optional<Notice> standing(NativeId person) {
        return pace.behind(person) && mirrors.of(person).isEmpty() ? Optional.of(slowed()) : Optional.empty();
    }

    private Notice slowed() {
        return Notice.of(NoticeKey.SLOWED, Notice.plain(Integer.toString(pace.perHour())));
    }
}
