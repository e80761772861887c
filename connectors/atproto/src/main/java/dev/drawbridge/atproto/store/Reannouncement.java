package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.syntax.Did;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Announces every account anew after this store was put back to an earlier state: what consumers have of our
/// repositories and what we have may differ. Goes on where it stopped, and slowly, because relays take a few events a
/// second of a host.
public final class Reannouncement {
    private static final Logger LOG = LoggerFactory.getLogger(Reannouncement.class);

    /// Accounts at once.
    static final int STEP = 10;

    private final SequenceCounter counter;
    private final RepoStates states;
    private final Accounts accounts;
    private final Repositories repositories;

    Reannouncement(SequenceCounter counter, RepoStates states, Accounts accounts, Repositories repositories) {
        this.counter = counter;
        this.states = states;
        this.accounts = accounts;
        this.repositories = repositories;
    }

    /// Announces some accounts, if there are any left.
    ///
    /// @return whether there may be more
    public boolean step() {
        Optional<String> announcing = counter.announcing();
        if (announcing.isEmpty()) {
            return false;
        }
        List<RepoState> page = states.page(announcing.flatMap(Did::tryParse), STEP);
        for (RepoState state : page) {
            accounts.byDid(state.did())
                    .ifPresent(account -> repositories.announce(account.did(), account.handle(), account.keyRef()));
            counter.announceFrom(state.did().value());
        }
        if (page.size() < STEP) {
            counter.announced();
            LOG.info("every account is announced anew");
        }
        return page.size() == STEP;
    }
}
