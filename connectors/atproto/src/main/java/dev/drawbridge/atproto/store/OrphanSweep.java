package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.mst.MissingBlock;
import dev.drawbridge.atproto.record.repo.RepoExport;
import dev.drawbridge.atproto.record.repo.RepoHead;
import dev.drawbridge.atproto.record.syntax.Did;
import java.io.OutputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes blocks that no commit needs: left behind by a process that ended between two writes, or while somebody read
/// what was to go. Looks at some repositories at a time and begins anew after the last.
public final class OrphanSweep {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);

    /// Repositories at once.
    private static final int STEP = 20;

    private final RepoStates states;
    private final Blocks blocks;
    private final Readers readers;
    private Optional<Did> last = Optional.empty();

    OrphanSweep(RepoStates states, Blocks blocks, Readers readers) {
        this.states = states;
        this.blocks = blocks;
        this.readers = readers;
    }

    /// Looks at the next repositories.
    public void step() {
        List<RepoState> page = states.page(last, STEP);
        for (RepoState state : page) {
            readers.afterReading(state.did(), () -> sweep(state.head()));
        }
        last = page.size() < STEP
                ? Optional.empty()
                : Optional.of(page.getLast().did());
    }

    /// A commit that comes meanwhile brings everything it needs anew, and so makes it too young for this.
    private void sweep(RepoHead head) {
        Set<Cid> needed = new HashSet<>();
        try {
            RepoExport.batched(head, cids -> noted(head.did(), cids, needed), OutputStream.nullOutputStream());
        } catch (MissingBlock e) {
            LOG.info("{} changed while it was looked at", head.did());
            return;
        }
        int removed = blocks.sweep(head.did(), head.rev(), needed);
        if (removed > 0) {
            LOG.info("removed {} blocks of {} that no commit needs", removed, head.did());
        }
    }

    private Map<Cid, byte[]> noted(Did repo, Collection<Cid> cids, Set<Cid> needed) {
        needed.addAll(cids);
        Map<Cid, byte[]> found = new HashMap<>();
        blocks.getAll(repo, cids).forEach((cid, block) -> found.put(cid, block.bytes()));
        cids.stream().filter(cid -> !found.containsKey(cid)).findFirst().ifPresent(cid -> {
            throw new MissingBlock(cid);
        });
        return found;
    }
}
