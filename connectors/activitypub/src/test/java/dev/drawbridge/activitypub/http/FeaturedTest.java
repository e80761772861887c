package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.Router;
import dev.drawbridge.activitypub.support.Speech;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.testkit.TestMongo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a person put in front of the rest is what `featured` shows.
@ExtendWith(TestMongo.class)
class FeaturedTest {
    private Bridge bridge;
    private Speech carol;
    private String first = "";
    private String second = "";

    @BeforeEach
    void start(MongoDatabase database) {
        bridge = new Bridge(database, new LocalNet());
        carol = Speech.of(bridge, new NativeId(Network.NOSTR, "ca".repeat(32)), "carol@site.example");
        first = carol.say(1, "one", Optional.empty());
        second = carol.say(2, "two", Optional.empty());
    }

    private List<String> featured(Speech who) {
        As2 collection = Documents.parse(
                        Router.text(bridge.router.get(who.ghost().value() + "/featured", "application/activity+json")))
                .found()
                .orElseThrow();
        List<String> items = collection.objects("orderedItems").stream()
                .flatMap(note -> note.id().stream())
                .toList();
        assertThat(collection.node().path("totalItems").asInt()).isEqualTo(items.size());
        assertThat(collection.node().path("orderedItems").isArray()).isTrue();
        return items;
    }

    @Test
    void nothingIsPinnedUntilSomethingIs() {
        assertThat(featured(carol)).isEmpty();
    }

    @Test
    void whatWasPinnedLastComesFirst() {
        carol.pin(1, first, true, 10);
        carol.pin(2, second, true, 20);
        assertThat(featured(carol)).containsExactly(second, first);
        carol.pin(2, second, false, 30);
        assertThat(featured(carol)).containsExactly(first);
    }

    @Test
    void whatIsToldLateDoesNotWin() {
        carol.pin(1, first, true, 10);
        carol.pin(1, first, false, 20);
        carol.pin(1, first, true, 15);
        assertThat(featured(carol)).isEmpty();
    }

    @Test
    void whatIsDeletedIsNotPinned() {
        carol.pin(1, first, true, 10);
        carol.delete(1);
        assertThat(featured(carol)).isEmpty();
    }

    @Test
    void nobodyPinsForSomebodyElse() {
        var dave = Speech.of(bridge, new NativeId(Network.ATPROTO, "did:plc:dave"), "dave.example");
        dave.pin(1, first, true, 10);
        assertThat(featured(dave)).isEmpty();
        assertThat(featured(carol)).isEmpty();
    }

    @Test
    void sayingItAgainKeepsThePin() {
        carol.pin(1, first, true, 10);
        assertThat(carol.say(1, "one", Optional.empty())).isEqualTo(first);
        assertThat(featured(carol)).containsExactly(first);
    }
}
