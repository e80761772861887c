package dev.drawbridge.activitypub.delivery;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.engine.Ports;
import dev.drawbridge.engine.RetryPolicy;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.testkit.InMemoryAbsences;
import dev.drawbridge.testkit.InMemoryComplaints;
import dev.drawbridge.testkit.InMemoryConsents;
import dev.drawbridge.testkit.InMemoryCrossings;
import dev.drawbridge.testkit.InMemoryDailyQuotas;
import dev.drawbridge.testkit.InMemoryDeadLetters;
import dev.drawbridge.testkit.InMemoryDigests;
import dev.drawbridge.testkit.InMemoryKeyStore;
import dev.drawbridge.testkit.InMemoryLedger;
import dev.drawbridge.testkit.InMemoryLinks;
import dev.drawbridge.testkit.InMemoryNotices;
import dev.drawbridge.testkit.InMemoryParking;
import dev.drawbridge.testkit.InMemoryPreferences;
import dev.drawbridge.testkit.VirtualClock;
import dev.drawbridge.testkit.fake.FakeBridge;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/// The engine on ports in memory, between a Nostr that is pretended and the real connector on a [LocalNet].
final class Shores {
    static final Duration FIRST = Duration.ofSeconds(10);
    static final Duration LONGEST = Duration.ofHours(1);
    static final Duration PATIENCE = Duration.ofDays(3);
    final LocalNet net = new LocalNet();
    final Bridge ap;
    final VirtualClock clock;
    final FakeNetwork nostr;
    final Ports ports;
    final FakeBridge engine;
    private int serial;

    Shores(MongoDatabase database) {
        this(database, UnaryOperator.identity());
    }

    Shores(MongoDatabase database, UnaryOperator<Signer> signing) {
        this(database, signing, Map.of());
    }

    /// @param settings of the connector
    Shores(MongoDatabase database, UnaryOperator<Signer> signing, Map<String, String> settings) {
        ap = new Bridge(database, net, settings, signing);
        clock = ap.clock;
        nostr = new FakeNetwork(Network.NOSTR, false, clock);
        ports = new Ports(
                new InMemoryConsents(),
                ap.identities,
                new InMemoryLedger(),
                ap.follows,
                new InMemoryParking(),
                new InMemoryDeadLetters(),
                new InMemoryCrossings(),
                ap.cursors,
                new InMemoryAbsences(),
                new InMemoryKeyStore(),
                new InMemoryPreferences(),
                new InMemoryNotices(),
                new InMemoryComplaints(),
                new InMemoryDigests(),
                new InMemoryDailyQuotas(),
                new InMemoryLinks());
        engine = new FakeBridge(
                ports,
                clock,
                List.of(ap.connector, nostr),
                RetryPolicy.exponential(FIRST, LONGEST, PATIENCE, new Random(8)));
    }

    /// Somebody on Nostr who lets the bridge carry them to the Fediverse.
    NativeId author(String name) {
        NativeId person = nostr.person(name);
        NativeId bot = ports.identities()
                .find(Ghost.botOrigin(Network.ACTIVITYPUB), Network.NOSTR)
                .orElseThrow()
                .id();
        nostr.happens(new Activity.Follow(id(person, "follow"), person, clock.instant(), bot));
        engine.settle();
        return person;
    }

    NativeId ghost(NativeId author) {
        return ports.identities()
                .find(author, Network.ACTIVITYPUB)
                .orElseThrow()
                .id();
    }

    /// Somebody on the Fediverse who follows an author and is reached at an inbox.
    NativeId follower(NativeId author, String actor, String inbox) {
        var follower = new NativeId(Network.ACTIVITYPUB, actor);
        ports.follows()
                .put(new Follows.Edge(
                        follower,
                        author,
                        new NativeId(Network.ACTIVITYPUB, actor + "#follow-" + ++serial),
                        Optional.of(new Destination(Network.ACTIVITYPUB, inbox)),
                        true));
        return follower;
    }

    NativeId post(NativeId author, String text) {
        NativeId id = id(author, "post");
        nostr.happens(new Activity.Publish(id, clock.instant(), written(id, author, text)));
        return id;
    }

    void edit(NativeId author, NativeId post, String text) {
        nostr.happens(new Activity.Edit(id(author, "edit"), clock.instant(), written(post, author, text)));
    }

    void delete(NativeId author, NativeId post) {
        nostr.happens(new Activity.Delete(id(author, "delete"), author, clock.instant(), post));
    }

    private Post written(NativeId id, NativeId author, String text) {
        return Post.builder(id, author, clock.instant())
                .text(RichText.plain(text))
                .build();
    }

    private NativeId id(NativeId author, String what) {
        return new NativeId(Network.NOSTR, "%s-%s-%06d".formatted(author.value(), what, ++serial));
    }

    /// What an inbox was sent, in order: `Create hello`, `Delete`, …
    List<String> sentTo(String inbox) {
        return net.requests.stream()
                .filter(r -> r.method().equals("POST") && r.uri().toString().equals(inbox))
                .map(Shores::gist)
                .toList();
    }

    private static String gist(OutboundHttp.Request request) {
        String body = LocalNet.text(request);
        String type = body.replaceAll("(?s).*?\"type\":\"(Create|Update|Delete|Accept)\".*", "$1");
        String text =
                body.contains("\"content\":\"<p>") ? body.replaceAll("(?s).*?\"content\":\"<p>(.*?)</p>.*", " $1") : "";
        return type + text;
    }
}
