package dev.drawbridge.activitypub.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.activitypub.object.CollectionSynchronization;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Follows;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Who on one server follows one of our actors, so that the server can find out whether we are wrong about it
/// ([FEP-8fcf](https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md)). A server learns of its own
/// people only.
public final class FollowerLists {
    /// More of one server than this are not compared.
    static final int MOST = 5_000;

    private static final Duration BETWEEN = Duration.ofDays(1);
    private static final int REMEMBERED = 200_000;
    private final Follows follows;
    private final InstantSource clock;
    private final Cache<String, Instant> told = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    public FollowerLists(Follows follows, InstantSource clock) {
        this.follows = follows;
        this.clock = clock;
    }

    /// The ids of the followers who live where `address` is; empty if there are too many to list.
    ///
    /// @param origin whom our actor stands for
    public Optional<List<String>> at(NativeId origin, String address) {
        return Uris.tryHttp(address)
                .map(uri -> uri.getScheme() + "://" + uri.getRawAuthority() + "/")
                .map(place -> follows.followersOf(origin, Network.ACTIVITYPUB, place, MOST + 1))
                .filter(found -> found.size() <= MOST)
                .map(found -> found.stream().map(NativeId::value).toList());
    }

    /// What a delivery of `actor` to an inbox says about the followers there: once a day, because counting them costs
    /// more than the rest of the delivery, and nothing where nobody follows.
    Optional<String> header(String actor, NativeId origin, URI inbox) {
        String pair = actor + " " + inbox.getRawAuthority();
        Instant now = clock.instant();
        var before = Optional.ofNullable(told.getIfPresent(pair));
        if (before.filter(b -> now.isBefore(b.plus(BETWEEN))).isPresent()) {
            return Optional.empty();
        }
        told.put(pair, now);
        return at(origin, inbox.toString())
                .filter(ids -> !ids.isEmpty())
                .map(ids -> new CollectionSynchronization(
                                actor + "/followers",
                                actor + "/followers_synchronization",
                                CollectionSynchronization.digestOf(ids))
                        .header());
    }
}
