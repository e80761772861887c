package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Ports;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.InMemoryPorts;
import dev.drawbridge.testkit.VirtualClock;
import dev.drawbridge.testkit.fake.FakeBridge;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/// Three networks that exist only here: one with inboxes (alice, dora), two with one place for all.
abstract class Scenario {
    final VirtualClock clock = new VirtualClock();
    final FakeNetwork fedi = new FakeNetwork(Network.ACTIVITYPUB, true, clock);
    final FakeNetwork nostr = new FakeNetwork(Network.NOSTR, false, clock);
    final FakeNetwork sky = new FakeNetwork(Network.ATPROTO, false, clock);
    final Ports ports = InMemoryPorts.empty();
    final NativeId alice = fedi.person("alice");
    final NativeId dora = fedi.person("dora");
    final NativeId nora = nostr.person("nora");
    FakeBridge bridge;
    private int serial;

    @BeforeEach
    void start() {
        bridge = new FakeBridge(ports, clock, List.of(fedi, nostr, sky));
    }

    /// The same store, everything in memory forgotten.
    void restart() {
        start();
    }

    boolean wants(NativeId person, Network target) {
        return ports.consents().find(person, target).filter(Consent::given).isPresent();
    }

    NativeId id(NativeId author, String what) {
        return new NativeId(author.network(), author.value() + "/" + what + "/" + ++serial);
    }

    NativeId ghost(NativeId origin, Network on) {
        return ports.identities().find(origin, on).orElseThrow().id();
    }

    NativeId bot(Network on, Network target) {
        return ghost(dev.drawbridge.model.Ghost.botOrigin(target), on);
    }

    void optIn(NativeId person, FakeNetwork home, Network target) {
        home.happens(new Activity.Follow(id(person, "follow"), person, clock.instant(), bot(person.network(), target)));
        bridge.settle();
    }

    Activity.Publish post(NativeId author, String text, Optional<NativeId> parent) {
        NativeId id = id(author, "post");
        return new Activity.Publish(
                id,
                clock.instant(),
                Post.builder(id, author, clock.instant())
                        .text(RichText.plain(text))
                        .inReplyTo(parent.map(ObjectRef::of))
                        .build());
    }

    static List<String> texts(List<Activity> activities) {
        return activities.stream()
                .filter(Activity.Publish.class::isInstance)
                .map(a -> ((Activity.Publish) a).post().text().text())
                .toList();
    }

    static <T extends Activity> List<T> only(Class<T> kind, List<Activity> activities) {
        return activities.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// Writes to the bot that reaches a network.
    ///
    /// @return what it said last
    String tell(NativeId person, FakeNetwork home, Network target, String text) {
        assertThat(home.says(person, bot(home.network(), target), text)).isInstanceOf(Receipt.Accepted.class);
        bridge.settle();
        List<String> letters = letters(person, home);
        return letters.isEmpty() ? "" : letters.getLast();
    }

    /// What bots wrote to somebody.
    static List<String> letters(NativeId person, FakeNetwork home) {
        return only(Activity.Publish.class, home.at(home.inbox(person))).stream()
                .map(Activity.Publish::post)
                .filter(p -> p.visibility() == Visibility.DIRECT)
                .map(p -> p.text().text())
                .toList();
    }
}
