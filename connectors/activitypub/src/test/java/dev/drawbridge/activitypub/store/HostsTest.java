package dev.drawbridge.activitypub.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.signature.Generation;
import dev.drawbridge.activitypub.store.Hosts.Speaks;
import dev.drawbridge.testkit.TestMongo;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class HostsTest {
    private static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void whatAHostSpeaksIsWhatWasLearnedLast(MongoDatabase database) {
        var hosts = new Hosts(database);
        assertThat(hosts.speaks("a.example")).isEmpty();
        hosts.learn("a.example", new Speaks(Generation.RFC9421, T0));
        hosts.learn("b.example:8443", new Speaks(Generation.RFC9421, T0));
        hosts.learn("a.example", new Speaks(Generation.CAVAGE, T0.plusSeconds(1)));
        var reopened = new Hosts(database);
        assertThat(reopened.speaks("a.example")).contains(new Speaks(Generation.CAVAGE, T0.plusSeconds(1)));
        assertThat(reopened.speaks("b.example:8443")).contains(new Speaks(Generation.RFC9421, T0));
    }
}
