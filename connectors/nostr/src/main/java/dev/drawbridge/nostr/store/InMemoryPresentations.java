package dev.drawbridge.nostr.store;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.nostr.event.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// [Presentations] in memory.
public final class InMemoryPresentations implements Presentations {
    private final List<Presentation> all = new ArrayList<>();

    @Override
    public synchronized Optional<Presentation> claim(Presentation presentation) {
        Optional<Presentation> stored = byOrigin(presentation.origin());
        if (stored.isPresent() || byName(presentation.name()).isPresent()) {
            return stored;
        }
        all.add(presentation);
        return Optional.of(presentation);
    }

    @Override
    public Optional<Presentation> byKey(PublicKey key) {
        return first(p -> p.key().equals(key));
    }

    @Override
    public Optional<Presentation> byOrigin(NativeId origin) {
        return first(p -> p.origin().equals(origin));
    }

    @Override
    public Optional<Presentation> byName(String name) {
        return first(p -> p.name().equals(name));
    }

    private synchronized Optional<Presentation> first(Predicate<Presentation> wanted) {
        return all.stream().filter(wanted).findFirst();
    }

    @Override
    public synchronized List<Presentation> bots() {
        return all.stream().filter(Presentation::bot).toList();
    }
}
