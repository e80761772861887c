package dev.drawbridge.testkit;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
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
    /// Who took which original back.
    private final Map<NativeId, Set<NativeId>> gone = new TreeMap<>();
    private final Map<NativeId, Copy> copies = new TreeMap<>();
    private final Map<NativeId, NativeId> former = new TreeMap<>();

    @Override
    public synchronized void recordOriginal(Original original) {
        if (!tombstoned(original.ref().id(), original.author())) {
            originals.put(original.ref().id(), original);
        }
    }

    @Override
    public synchronized Optional<Original> original(NativeId id) {
        return Optional.ofNullable(originals.get(id));
    }

    @Override
    public synchronized void recordCopy(Copy copy) {
        claim(copy.ref().id(), copy);
        copy.parts().forEach(part -> claim(part, copy));
        Optional<Copy> before = copy(copy.original(), copy.network());
        Set<Destination> everywhere = new HashSet<>(copy.destinations());
        before.map(Copy::destinations).ifPresent(everywhere::addAll);
        ObjectRef ref = before.map(c -> current(c.ref(), copy.ref())).orElse(copy.ref());
        before.ifPresent(c -> rename(c.ref().id(), ref.id()));
        Instant at = before.map(Copy::at).orElse(copy.at());
        Set<NativeId> parts = new HashSet<>(copy.parts());
        before.map(Copy::parts).ifPresent(parts::addAll);
        parts.forEach(part -> former.put(part, ref.id()));
        copies.put(ref.id(), new Copy(copy.original(), copy.author(), ref, everywhere, at, parts));
    }

    private void claim(NativeId id, Copy copy) {
        byCopy(id).filter(c -> !c.original().equals(copy.original())).ifPresent(c -> {
            throw new IllegalStateException(id + " is already a copy of " + c.original());
        });
    }

    private ObjectRef current(ObjectRef before, ObjectRef now) {
        if (former.containsKey(now.id())) {
            return before;
        }
        return before.id().equals(now.id()) && now.version().isEmpty() ? before : now;
    }

    private void rename(NativeId from, NativeId to) {
        copies.remove(from);
        if (!from.equals(to)) {
            former.replaceAll((_, id) -> id.equals(from) ? to : id);
            former.put(from, to);
        }
    }

    @Override
    public synchronized Optional<Copy> copy(NativeId original, Network network) {
        return copiesOf(original).stream()
                .filter(c -> c.network().equals(network))
                .findFirst();
    }

    @Override
    public synchronized Optional<Copy> byCopy(NativeId copy) {
        return Optional.ofNullable(copies.get(former.getOrDefault(copy, copy)));
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
    public synchronized void takenBack(NativeId copy, Destination destination) {
        Optional<Copy> found = byCopy(copy);
        if (found.isEmpty()) {
            return;
        }
        Copy before = found.get();
        Set<Destination> left = new HashSet<>(before.destinations());
        left.remove(destination);
        copies.remove(before.ref().id());
        if (left.isEmpty()) {
            former.values().removeIf(before.ref().id()::equals);
        } else {
            copies.put(
                    before.ref().id(),
                    new Copy(before.original(), before.author(), before.ref(), left, before.at(), before.parts()));
        }
    }

    @Override
    public synchronized void tombstone(NativeId original, NativeId author, Instant at) {
        gone.computeIfAbsent(original, _ -> new HashSet<>()).add(author);
        original(original).filter(o -> o.author().equals(author)).ifPresent(_ -> originals.remove(original));
    }

    @Override
    public synchronized boolean tombstoned(NativeId original, NativeId author) {
        return gone.getOrDefault(original, Set.of()).contains(author);
    }
}
