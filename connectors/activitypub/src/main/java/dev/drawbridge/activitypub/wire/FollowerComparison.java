package dev.drawbridge.activitypub.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.CollectionSynchronization;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.activitypub.store.Presentation;
import dev.drawbridge.activitypub.wire.Lookup.Found;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.port.IdentityMap;
import dev.drawbridge.model.port.OutboundHttp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Compares whom of ours a server counts among an actor's followers with what we know
/// ([FEP-8fcf](https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md)): a follow that ended here is
/// ended there, and one that they do not have is none. Bots are left out: they follow whoever opted in, and that is
/// settled with the opt-in.
public final class FollowerComparison {
    private static final Logger LOG = LoggerFactory.getLogger(FollowerComparison.class);
    private static final Duration BETWEEN = Duration.ofHours(6);
    private static final int REMEMBERED = 50_000;
    private static final int AT_ONCE = 4;
    private final RemoteActors actors;
    private final RemoteDocuments documents;
    private final LocalActors localActors;
    private final SignedHttp http;
    private final Follows follows;
    private final IdentityMap identities;
    private final Set<Network> networks;
    private final InstantSource clock;
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final Cache<String, Instant> compared = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    /// @param networks where followers may live
    public FollowerComparison(
            RemoteActors actors,
            RemoteDocuments documents,
            LocalActors localActors,
            SignedHttp http,
            Follows follows,
            IdentityMap identities,
            Set<Network> networks,
            InstantSource clock) {
        this.actors = actors;
        this.documents = documents;
        this.localActors = localActors;
        this.http = http;
        this.follows = follows;
        this.identities = identities;
        this.networks = Set.copyOf(networks);
        this.clock = clock;
    }

    /// Compares on a thread of its own, unless a few comparisons are under way already: there will be another header.
    public void later(String actor, String header) {
        if (!slots.tryAcquire()) {
            return;
        }
        Thread.ofVirtual().name("followers-synchronization").start(() -> {
            try {
                compare(actor, header);
            } catch (RuntimeException e) {
                LOG.warn("followers of {} not compared: {}", actor, e.toString());
            } finally {
                slots.release();
            }
        });
    }

    /// A verified request of `actor` carried the header. May ask its server, at most every six hours: not to be called
    /// while that server waits for us.
    ///
    /// @return how many follows were put right
    public int compare(String actor, String header) {
        var said = CollectionSynchronization.read(header, actor);
        if (said.isEmpty() || !(actors.actor(actor) instanceof Found<Actor>(Actor found))) {
            return 0;
        }
        boolean theirs =
                found.followers().filter(said.get().collectionId()::equals).isPresent();
        Map<String, NativeId> ours = ours(actor);
        boolean equal = said.get().digest().equals(CollectionSynchronization.digestOf(ours.keySet()));
        if (!theirs || equal || justCompared(actor)) {
            return 0;
        }
        return switch (documents.document(said.get().url())) {
            case Found<As2>(As2 list)
            when !isWhole(list) -> {
                LOG.info(
                        "followers of {} not compared: {} is not the whole list",
                        actor,
                        said.get().url());
                yield 0;
            }
            case Found<As2>(As2 list) -> correct(found, ours, new HashSet<>(items(list)));
            case Lookup<As2> failed -> {
                LOG.info("followers of {} not compared: {}", actor, failed.reason());
                yield 0;
            }
        };
    }

    private boolean justCompared(String actor) {
        Instant now = clock.instant();
        var before = Optional.ofNullable(compared.getIfPresent(actor));
        compared.put(actor, before.filter(b -> now.isBefore(b.plus(BETWEEN))).orElse(now));
        return before.filter(b -> now.isBefore(b.plus(BETWEEN))).isPresent();
    }

    /// Whoever is not in it would lose their follow: so a page, or an answer without items, says nothing.
    private static boolean isWhole(As2 list) {
        boolean items = list.node().has("orderedItems") || list.node().has("items");
        return items && !list.has("first") && !list.has("next");
    }

    private static List<String> items(As2 list) {
        List<String> ordered = list.refs("orderedItems");
        List<String> all = ordered.isEmpty() ? list.refs("items") : ordered;
        return all.subList(0, Math.min(all.size(), FollowerLists.MOST));
    }

    /// Our actors who follow, and whom they stand for.
    private Map<String, NativeId> ours(String actor) {
        var followed = new NativeId(Network.ACTIVITYPUB, actor);
        Map<String, NativeId> ours = new HashMap<>();
        for (Network network : networks) {
            for (NativeId follower : follows.followersOf(followed, network, "", FollowerLists.MOST)) {
                identities
                        .find(follower, Network.ACTIVITYPUB)
                        .ifPresent(ghost -> ours.put(ghost.id().value(), follower));
            }
        }
        return ours;
    }

    private int correct(Actor actor, Map<String, NativeId> ours, Set<String> theirs) {
        var followed = new NativeId(Network.ACTIVITYPUB, actor.id());
        int corrected = 0;
        for (Map.Entry<String, NativeId> mine : ours.entrySet()) {
            if (!theirs.contains(mine.getKey())) {
                LOG.info("{} does not have {} among the followers any more", actor.id(), mine.getKey());
                follows.remove(mine.getValue(), followed);
                corrected++;
            }
        }
        for (String follower : theirs) {
            boolean person = identities
                    .byId(new NativeId(Network.ACTIVITYPUB, follower))
                    .filter(g -> !g.bot())
                    .map(Ghost::origin)
                    .filter(o -> follows.find(o, followed).isEmpty())
                    .isPresent();
            if (person && !ours.containsKey(follower) && end(follower, actor)) {
                corrected++;
            }
        }
        return corrected;
    }

    private boolean end(String follower, Actor followed) {
        var speaker = localActors.byId(follower);
        if (speaker.isEmpty()) {
            return false;
        }
        String name = CollectionSynchronization.digestOf(List.of(follower + " " + followed.id()));
        ObjectNode undo = Documents.object();
        undo.put("@context", Vocabulary.CONTEXT)
                .put("id", follower + "#unfollow-" + name)
                .put("type", "Undo")
                .put("actor", follower);
        undo.putObject("object")
                .put("id", follower + "#follow-" + name)
                .put("type", "Follow")
                .put("actor", follower)
                .put("object", followed.id());
        byte[] body = Documents.write(undo).getBytes(StandardCharsets.UTF_8);
        String keyRef = speaker.map(Presentation::keyRef).orElseThrow();
        try {
            int status = http.post(URI.create(followed.inbox()), body, Addresses.keyId(follower), keyRef)
                    .status();
            LOG.info("{} does not follow {} any more: told them, {}", follower, followed.id(), status);
            return status / 100 == 2;
        } catch (OutboundHttp.OutboundException e) {
            LOG.info("{} does not follow {} any more: not told, {}", follower, followed.id(), e.failure());
            return false;
        }
    }
}
