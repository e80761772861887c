package dev.drawbridge.activitypub.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.store.Utterances;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.Speech;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.testkit.ReadShelf;
import dev.drawbridge.testkit.TestMongo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What somebody takes along of their stand-in's outbox.
@ExtendWith(TestMongo.class)
class BelongingsTest {
    private static final NativeId CAROL = new NativeId(Network.NOSTR, "ca".repeat(32));
    private static final NativeId DAN = new NativeId(Network.NOSTR, "da".repeat(32));
    private Bridge bridge;
    private Utterances utterances;
    private Speech carol;

    @BeforeEach
    void start(MongoDatabase database) {
        bridge = new Bridge(database, new LocalNet());
        utterances = new Utterances(database);
        carol = Speech.of(bridge, CAROL, "carol@site.example");
    }

    private ReadShelf taken(NativeId ghost) {
        return ReadShelf.of(shelf -> bridge.connector.archive(ghost, shelf));
    }

    @Test
    void everyPostIsThereAsItIsServedAndNothingOfOthers() {
        List<String> notes = new ArrayList<>();
        for (int i = 1; i <= 450; i++) {
            notes.add(carol.say(i, "post " + i, Optional.empty()));
        }
        Speech.of(bridge, DAN, "dan@site.example").say(1_000, "not hers", Optional.empty());
        carol.delete(7);
        List<String> lines = taken(carol.ghost()).lines("outbox.ndjson");
        assertThat(lines).hasSize(449);
        assertThat(lines.getFirst())
                .isEqualTo(utterances.find(notes.getLast()).orElseThrow().json());
        assertThat(lines)
                .extracting(
                        line -> Documents.parse(line).found().orElseThrow().id().orElseThrow())
                .doesNotHaveDuplicates()
                .doesNotContain(notes.get(6))
                .allSatisfy(id -> assertThat(notes).contains(id));
    }

    @Test
    void whoSaidNothingHasNoFile() {
        assertThat(taken(carol.ghost()).names()).isEmpty();
        assertThat(taken(new NativeId(Network.ACTIVITYPUB, "https://social.example/users/alice"))
                        .names())
                .isEmpty();
    }
}
