package dev.drawbridge.atproto.record.block;

import dev.drawbridge.atproto.record.cbor.Cid;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// Blocks in memory, in the order they were first put. Mutable, for one thread; its arrays belong to it and must not be
/// changed.
public final class BlockMap implements BlockSource {
    private final Map<Cid, byte[]> blocks = new LinkedHashMap<>();

    /// Adds a block that the caller knows to hash to `cid`.
    public BlockMap put(Cid cid, byte[] bytes) {
        blocks.putIfAbsent(cid, bytes);
        return this;
    }

    public BlockMap putAll(BlockMap other) {
        other.forEach(this::put);
        return this;
    }

    @Override
    public Optional<byte[]> get(Cid cid) {
        return Optional.ofNullable(blocks.get(cid));
    }

    public boolean has(Cid cid) {
        return blocks.containsKey(cid);
    }

    public int size() {
        return blocks.size();
    }

    /// What the blocks take in a CAR file, but for its header and the lengths.
    public long bytes() {
        return blocks.values().stream()
                .mapToLong(block -> Cid.LENGTH + (long) block.length)
                .sum();
    }

    public Set<Cid> cids() {
        return Collections.unmodifiableSet(blocks.keySet());
    }

    public void forEach(BiConsumer<Cid, byte[]> action) {
        blocks.forEach(action);
    }
}
