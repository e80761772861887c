package dev.drawbridge.atproto.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.repo.RepoOp;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Keeps tree nodes and commits that were written or read lately in memory: the next commit of a repository needs most
/// of those of the last one. What a block holds never changes, so nothing can be out of date.
final class CachedBlocks implements Blocks {
    private static final long MOST_BYTES = 32L << 20;

    /// What a block costs beside its bytes.
    private static final int OVERHEAD = 200;

    private final Blocks blocks;
    private final Cache<Key, byte[]> cache = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((Key _, byte[] bytes) -> bytes.length + OVERHEAD)
            .build();

    private record Key(Did repo, Cid cid) {}

    CachedBlocks(Blocks blocks) {
        this.blocks = blocks;
    }

    @Override
    public Optional<byte[]> get(Did repo, Cid cid) {
        Key key = new Key(repo, cid);
        byte[] known = cache.getIfPresent(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<byte[]> found = blocks.get(repo, cid);
        found.ifPresent(bytes -> cache.put(key, bytes));
        return found;
    }

    @Override
    public Map<Cid, Dated> getAll(Did repo, Collection<Cid> cids) {
        return blocks.getAll(repo, cids);
    }

    @Override
    public void put(Did repo, Tid rev, BlockMap added, List<RepoOp> ops) {
        blocks.put(repo, rev, added, ops);
        Set<Cid> records = new HashSet<>();
        ops.forEach(op -> op.cid().ifPresent(records::add));
        added.forEach((cid, bytes) -> {
            if (!records.contains(cid)) {
                cache.put(new Key(repo, cid), bytes);
            }
        });
    }

    @Override
    public void drop(Did repo, Tid rev, Collection<Cid> nodes, List<RepoOp> ops) {
        nodes.forEach(cid -> cache.invalidate(new Key(repo, cid)));
        ops.forEach(op -> op.prev().ifPresent(cid -> cache.invalidate(new Key(repo, cid))));
        blocks.drop(repo, rev, nodes, ops);
    }

    @Override
    public int sweep(Did repo, Tid before, Set<Cid> needed) {
        return blocks.sweep(repo, before, needed);
    }

    @Override
    public long count(Did repo) {
        return blocks.count(repo);
    }

    @Override
    public void clear(Did repo) {
        cache.asMap().keySet().removeIf(key -> key.repo.equals(repo));
        blocks.clear(repo);
    }
}
