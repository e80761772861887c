package dev.drawbridge.testkit.fake;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.DeadLetters;
import dev.drawbridge.model.spi.AccountProof;
import dev.drawbridge.model.spi.Finding;
import dev.drawbridge.model.spi.Listing;
import dev.drawbridge.model.spi.MovingOut;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.PausedHost;
import dev.drawbridge.model.spi.Renaming;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// What a network answers because a test says so.
abstract class Scripted implements NetworkConnector {
    private final Map<String, Listing> lists = new HashMap<>();
    private final Set<NativeId> closed = new HashSet<>();
    private Optional<MovingOut> passage = Optional.empty();
    private Optional<Function<String, Renaming>> names = Optional.empty();
    private Predicate<DeadLetters.DeadLetter> resumed = _ -> false;
    private List<String> troubles = List.of();
    private List<AccountProof> proofs = List.of();
    private List<Finding> findings = List.of();
    private List<PausedHost> paused = List.of();

    /// From now on somebody keeps this list here.
    public synchronized void keepsList(String address, Listing listing) {
        lists.put(address, listing);
    }

    @Override
    public synchronized Listing list(String address) {
        return lists.getOrDefault(address, new Listing.Foreign());
    }

    @Override
    public synchronized Listing readList(String document) {
        return list(document);
    }

    /// From now on this is what it finds when it looks at itself.
    public synchronized void finding(Finding... what) {
        findings = List.of(what);
    }

    @Override
    public synchronized List<Finding> examine() {
        return findings;
    }

    /// From now on somebody takes no letters they did not ask for.
    public synchronized void takingNoLetters(NativeId stranger) {
        closed.add(stranger);
    }

    @Override
    public synchronized Optional<Destination> mailbox(NativeId stranger) {
        return closed.contains(stranger) ? Optional.empty() : locate(stranger);
    }

    /// From now on these are spared.
    public synchronized void pausing(PausedHost... hosts) {
        paused = List.of(hosts);
    }

    @Override
    public synchronized List<PausedHost> paused() {
        return paused;
    }

    /// From now on people show here in these ways who they are.
    public synchronized void proving(AccountProof... ways) {
        proofs = List.of(ways);
    }

    @Override
    public synchronized List<AccountProof> proofs() {
        return proofs;
    }

    /// Which letters of its own this network takes up again.
    public synchronized void resuming(Predicate<DeadLetters.DeadLetter> wanted) {
        resumed = wanted;
    }

    @Override
    public synchronized boolean resume(DeadLetters.DeadLetter letter) {
        return resumed.test(letter);
    }

    /// From now on people choose here what they are called, and this is what becomes of it.
    public synchronized void lettingChooseHandles(Function<String, Renaming> outcome) {
        names = Optional.of(outcome);
    }

    @Override
    public synchronized boolean letsChooseHandles() {
        return names.isPresent();
    }

    @Override
    public synchronized Renaming rename(NativeId ghost, String name) {
        return names.orElseThrow().apply(name);
    }

    /// What stand-ins leave with from now on.
    public synchronized void lettingMoveOut(MovingOut with) {
        passage = Optional.of(with);
    }

    @Override
    public synchronized boolean letsMoveOut() {
        return passage.isPresent();
    }

    @Override
    public synchronized Optional<MovingOut> moveOut(NativeId ghost) {
        return passage;
    }

    /// From now on an operator should know this.
    public synchronized void troubled(String... what) {
        troubles = List.of(what);
    }

    @Override
    public synchronized List<String> troubles() {
        return troubles;
    }
}
