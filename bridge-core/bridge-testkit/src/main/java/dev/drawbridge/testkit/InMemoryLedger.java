package dev.drawbridge.testkit;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Ledger;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// [Ledger] in memory.
public final class InMemoryLedger implements Ledger {
    private final Map<NativeId, Original> originals = new TreeMap<>();
    private final Map<NativeId, Instant> gone = new TreeMap<>();
    private final Map<NativeId, Copy> copies = new TreeMap<>();

    @Override
    public synchronized void recordOriginal(Original original) {
        if (!gone.containsKey(original.ref().id())) {
            originals.put(original.ref().id(), original);
        }
    }

    @Override
    public synchronized Optional<Original> original(NativeId id) {
        return Optional.ofNullable(originals.get(id));
    }

    @Override
    public synchronized void recordCopy(Copy copy) {
        requireUnique(copy);
        Set<Destination> everywhere = new HashSet<>(copy.destinations());
        byCopy(copy.ref().id()).map(Copy::destinations).ifPresent(everywhere::addAll);
        Instant at = byCopy(copy.ref().id()).map(Copy::at).orElse(copy.at());
        copies.put(copy.ref().id(), new Copy(copy.original(), copy.author(), copy.ref(), everywhere, at));
    }

    private void requireUnique(Copy copy) {
        byCopy(copy.ref().id())
                .filter(c -> !c.original().equals(copy.original()))
                .ifPresent(c -> {
                    throw new IllegalStateException(copy.ref().id() + " is already a copy of " + c.original());
                });
        copy(copy.original(), copy.network())
                .filter(c -> !c.ref().id().equals(copy.ref().id()))
                .ifPresent(c -> {
                    throw new IllegalStateException(
                            copy.original() + " already has the copy " + c.ref().id());
                });
    }

    @Override
    public synchronized Optional<Copy> copy(NativeId original, Network network) {
        return copiesOf(original).stream()
                .filter(c -> c.network().equals(network))
                .findFirst();
    }

    @Override
    public synchronized Optional<Copy> byCopy(NativeId copy) {
        return Optional.ofNullable(copies.get(copy));
    }

    @Override
    public synchronized List<Copy> copiesOf(NativeId original) {
        return copies.values().stream()
                .filter(c -> c.original().equals(original))
                .toList();
    }

    @Override
    public synchronized List<Copy> copiesBy(NativeId author, Network network, Optional<NativeId> after, int limit) {
        return copies.values().stream()
                .filter(c -> c.author().equals(author) && c.network().equals(network))
                .filter(c -> after.isEmpty() || c.original().compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(Copy::original))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void forgetCopy(NativeId copy) {
        copies.remove(copy);
    }

    @Override
    public synchronized void tombstone(NativeId original, Instant at) {
        gone.putIfAbsent(original, at);
        originals.remove(original);
    }

    @Override
    public synchronized boolean tombstoned(NativeId original) {
        return gone.containsKey(original);
    }
}
