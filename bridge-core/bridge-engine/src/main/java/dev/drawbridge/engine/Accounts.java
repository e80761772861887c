package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Consents;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Who is carried, for the operator: everybody is walked for every page, which is fine for an operator and for nobody
/// else.
public final class Accounts {
    private final Consents consents;

    public Accounts(Consents consents) {
        this.consents = consents;
    }

    /// People with an answer that is wanted, ordered by id.
    ///
    /// @param after the key of the last one of the page before; empty for the first
    public List<NativeId> page(Collection<Network> sources, String after, int limit, Predicate<Consent> wanted) {
        var first = new TreeSet<NativeId>();
        for (Network source : sources) {
            consents.forEachGiven(source, person -> {
                boolean fits = first.size() < limit || person.compareTo(first.last()) < 0;
                boolean counts = fits
                        && person.key().compareTo(after) > 0
                        && consents.of(person).stream().anyMatch(wanted);
                if (counts && first.add(person) && first.size() > limit) {
                    first.removeLast();
                }
            });
        }
        return List.copyOf(first);
    }
}
