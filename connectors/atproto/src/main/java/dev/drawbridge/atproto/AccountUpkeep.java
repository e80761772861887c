package dev.drawbridge.atproto;

import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.NotPublishing;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.store.RepoState;
import dev.drawbridge.atproto.store.blob.BlobStore;
import dev.drawbridge.atproto.wire.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets accounts be what they should be: DIDs name the host and the rotation keys of the settings, changes that were
/// interrupted go on, and what people said who left long ago is removed. A little at a time, because directories count.
final class AccountUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(AccountUpkeep.class);

    /// Accounts looked at in one step.
    private static final int PAGE = 200;

    /// Accounts whose DID is changed, or that are removed, in one step.
    private static final int STEP = 3;

    private static final Duration SELDOM = Duration.ofHours(1);

    private final PdsStore store;
    private final BlobStore blobs;
    private final AccountChanges changes;
    private final Duration deleteAfter;
    private final InstantSource clock;
    private Optional<Did> last = Optional.empty();
    private Instant next = Instant.MIN;

    /// @param deleteAfter how long who left can come back to what they said
    AccountUpkeep(PdsStore store, BlobStore blobs, AccountChanges changes, Duration deleteAfter, InstantSource clock) {
        this.store = store;
        this.blobs = blobs;
        this.changes = changes;
        this.deleteAfter = deleteAfter;
        this.clock = clock;
    }

    /// Does a little, and nothing at all for an hour after the last account.
    void step() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        List<Account> gone = store.accounts().closedBefore(now.minus(deleteAfter), STEP);
        gone.forEach(account -> apart(account, this::delete));
        List<Account> page = store.accounts().page(last, PAGE);
        int changed = 0;
        for (Account account : page) {
            // Whatever becomes of this one, the next one has its turn.
            last = Optional.of(account.did());
            if (account.live() && !account.elsewhere() && changes.isDue(account)) {
                changed++;
                apart(account, this::align);
            }
            if (changed == STEP) {
                return;
            }
        }
        if (page.size() < PAGE && gone.size() < STEP) {
            last = Optional.empty();
            next = now.plus(SELDOM);
        }
    }

    /// What is wrong with one account is nothing to the others.
    private static void apart(Account account, Consumer<Account> work) {
        try {
            work.accept(account);
        } catch (NotPublishing e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("{} could not be looked after", account.did(), e);
        }
    }

    private void delete(Account account) {
        if (store.archive().state(account.did()).filter(RepoState::active).isPresent()) {
            // They came back, and it was not noted any more.
            store.accounts().notClosed(account.did());
            return;
        }
        store.writer().forget(account.did());
        store.repositories().delete(account.did());
        blobs.remove(account.did());
        store.accounts().notClosed(account.did());
        LOG.info("{} left long ago: what they said here is removed", account.did());
    }

    private void align(Account account) {
        try {
            changes.align(account.did())
                    .ifPresent(reason -> LOG.warn("{} stays as it is at the directory: {}", account.did(), reason));
        } catch (Unavailable e) {
            LOG.warn("the directory is not available: {}", e.getMessage());
        }
    }
}
