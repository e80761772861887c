package dev.drawbridge.activitypub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.testkit.TestMongo;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A domain the operator denies later still has followers in the store.
@ExtendWith(TestMongo.class)
class DeniedDomainsTest {
    private static final String DENIED = "https://sub.evil.example/inbox";
    private static final String FINE = "https://social.example/inbox";

    @Test
    void nothingNewGoesThereAndWhatIsTakenBackDoes(MongoDatabase database) {
        var shores = new Shores(database, UnaryOperator.identity(), Map.of("denied-domains", "evil.example"));
        NativeId nora = shores.author("nora");
        shores.follower(nora, "https://sub.evil.example/users/m", DENIED);
        shores.follower(nora, "https://social.example/users/a", FINE);
        shores.net.serveEverywhereElse((_, _, _, _) -> HttpReply.of(202));
        NativeId post = shores.post(nora, "hello");
        shores.engine.settle();
        assertThat(shores.sentTo(FINE)).containsExactly("Create hello");
        assertThat(shores.sentTo(DENIED)).isEmpty();
        assertThat(shores.ports.crossings().newest(10))
                .filteredOn(c -> c.state() == Crossings.State.REFUSED)
                .singleElement()
                .satisfies(c -> assertThat(c.reason()).contains("denies the domain"));
        shores.delete(nora, post);
        shores.engine.settle();
        assertThat(shores.sentTo(FINE)).containsExactly("Create hello", "Delete");
        assertThat(shores.sentTo(DENIED)).containsExactly("Delete");
    }
}
