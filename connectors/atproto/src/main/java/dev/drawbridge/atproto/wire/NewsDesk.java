package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.CommitVerifier;
import dev.drawbridge.atproto.record.sync.IdentityEvent;
import dev.drawbridge.atproto.record.sync.RepoSyncEvent;
import dev.drawbridge.atproto.record.sync.SyncEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides what of a relay's stream goes to the engine, and sees to it that only what its authors signed arrives there.
public final class NewsDesk {
    private static final Logger LOG = LoggerFactory.getLogger(NewsDesk.class);

    private final Acquaintances known;
    private final CommitNews news;
    private final Verification verification;
    private final People people;
    private final Asking asking;
    private final AccountNews accounts;
    private final Handover handover;
    private final InstantSource clock;

    public NewsDesk(Newsroom room) {
        this.known = room.known();
        this.news = new CommitNews(room.translator(), room.known());
        this.verification = new Verification(new CommitVerifier(room.signatures()), room.people(), room.clock());
        this.people = room.people();
        this.asking = room.asking();
        this.accounts = room.accounts();
        this.handover = room.handover();
        this.clock = room.clock();
    }

    /// Whether an event can concern the bridge. Looks at memory only; who says yes may find out otherwise.
    boolean concerns(SyncEvent event) {
        return switch (event) {
            case CommitEvent commit -> news.mayConcern(commit);
            case AccountEvent account ->
                known.person(account.did()) || account.status().equals(Optional.of(AccountEvent.DELETED));
            case IdentityEvent _ -> true;
            case RepoSyncEvent _ -> false;
        };
    }

    boolean isStranger(Did did) {
        return !known.person(did);
    }

    /// Hands over what concerns the bridge. Returns once the engine has taken care of all of it.
    ///
    /// @return whether the engine stored anything
    /// @throws InterruptedException if it is over before that
    boolean handle(SyncEvent event, EventSink sink, Pauses pauses) throws InterruptedException {
        return switch (event) {
            case CommitEvent commit -> commit(commit, sink, pauses);
            case AccountEvent account ->
                accounts.handle(account.did(), account.time(), account.active(), account.status(), sink, pauses);
            case IdentityEvent identity -> {
                people.forget(identity.did());
                yield false;
            }
            case RepoSyncEvent _ -> false;
        };
    }

    private boolean commit(CommitEvent commit, EventSink sink, Pauses pauses) throws InterruptedException {
        List<NativeEvent> events = news.of(commit, clock.instant());
        boolean stranger = isStranger(commit.did());
        if (events.isEmpty()) {
            return false;
        }
        boolean stored = false;
        if (stranger && events.stream().allMatch(Handover::isOnlyCounted)) {
            for (NativeEvent event : events) {
                stored |= handover.push(Handover.toCount(event), sink, pauses);
            }
            return stored;
        }
        Optional<String> problem = problem(commit, stranger, pauses);
        if (problem.isPresent()) {
            LOG.warn("refused commit {} of {}: {}", commit.seq(), commit.did(), problem.get());
            return false;
        }
        for (NativeEvent event : events) {
            stored |= handover.push(handover.placed(event, commit.did()), sink, pauses);
        }
        return stored;
    }

    private Optional<String> problem(CommitEvent commit, boolean stranger, Pauses pauses) throws InterruptedException {
        try {
            asking.document(commit.did(), stranger, pauses);
            return asking.host(stranger, pauses, () -> verification.problem(commit));
        } catch (Unavailable e) {
            return Optional.of("its key cannot be found: " + e.getMessage());
        }
    }
}
