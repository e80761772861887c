package dev.drawbridge.activitypub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.testkit.TestMongo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class PresentationsTest {
    private static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");
    private Presentations presentations;

    @BeforeEach
    void open(MongoDatabase database) {
        presentations = new Presentations(database);
    }

    private static NativeId person(String name) {
        return new NativeId(Network.NOSTR, name);
    }

    private Presentation put(String origin, String... usernames) {
        var wanted = new Presentation(person(origin), "", "bridge.example", "", new byte[] {1, 2}, "{}", false, T0);
        return presentations.putIfAbsent(wanted, List.of(usernames));
    }

    @Test
    void somebodyIsFoundByOriginAndByUsername() {
        Presentation stored = put("carol", "carol.site.example");
        assertThat(stored.handle()).isEqualTo("@carol.site.example@bridge.example");
        assertThat(stored.createdAt()).isEqualTo(T0);
        assertThat(stored.publicKey()).containsExactly(1, 2);
        assertThat(presentations.byUsername("carol.site.example"))
                .hasValueSatisfying(p -> assertThat(p.origin()).isEqualTo(person("carol")));
        assertThat(presentations.byOrigin(person("carol"))).isPresent();
        assertThat(presentations.byOrigin(person("dave"))).isEmpty();
        assertThat(presentations.byUsername("dave")).isEmpty();
    }

    @Test
    void theSecondOfTheSameNameGetsAnother() {
        put("carol", "same.example", "same.example-111111");
        assertThat(put("carola", "same.example", "same.example-222222").username())
                .isEqualTo("same.example-222222");
    }

    @Test
    void askingAgainFindsTheFirst() {
        put("carol", "same.example");
        assertThat(put("carol", "other.example").username()).isEqualTo("same.example");
        assertThat(presentations.count()).isEqualTo(1);
    }

    @Test
    void whenEveryNameIsTakenItSaysSo() {
        put("carol", "same.example");
        assertThatThrownBy(() -> put("dave", "same.example")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void manyAtOnceAgreeOnOne() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Presentation>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(threads.submit(() -> put("carol", "carol.example", "carol.example-1")));
            }
            for (var one : all) {
                assertThat(one.get().username()).isEqualTo("carol.example");
            }
        }
        assertThat(presentations.count()).isEqualTo(1);
    }

    @Test
    void whoLeavesIsMarkedAndMayReturn() {
        put("carol", "carol.example");
        presentations.setGone(person("carol"), true);
        assertThat(presentations.byUsername("carol.example").orElseThrow().gone())
                .isTrue();
        assertThat(presentations.count()).isZero();
        presentations.setGone(person("carol"), false);
        presentations.show(person("carol"), "{\"name\":\"C\"}");
        assertThat(presentations.byUsername("carol.example")).hasValueSatisfying(p -> {
            assertThat(p.gone()).isFalse();
            assertThat(p.card()).isEqualTo("{\"name\":\"C\"}");
        });
    }
}
