package dev.drawbridge.nostr.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.nostr.store.RelayRules.About;
import dev.drawbridge.nostr.store.RelayRules.Rule;
import dev.drawbridge.testkit.TestMongo;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class MongoRelayRulesTest extends RelayRulesContract {
    private final AtomicLong nanos = new AtomicLong();
    private MongoRelayRules rules;
    private MongoRelayRules elsewhere;

    @BeforeEach
    void open(MongoDatabase database) {
        rules = new MongoRelayRules(database, nanos::get);
        elsewhere = new MongoRelayRules(database);
    }

    @Test
    void whatIsDecidedElsewhereIsKnownTenSecondsLater() {
        assertThat(rules.find(About.BANNED_KEY, "a")).isEmpty();
        elsewhere.put(new Rule(About.BANNED_KEY, "a", "spam"));
        nanos.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
        assertThat(rules.find(About.BANNED_KEY, "a")).isEmpty();
        nanos.incrementAndGet();
        assertThat(rules.find(About.BANNED_KEY, "a")).isPresent();
        elsewhere.remove(About.BANNED_KEY, "a");
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(rules.find(About.BANNED_KEY, "a")).isEmpty();
    }

    @Test
    void whatIsDecidedHereIsKnownAtOnce() {
        assertThat(rules.find(About.BANNED_KEY, "a")).isEmpty();
        rules.put(new Rule(About.BANNED_KEY, "a", "spam"));
        assertThat(rules.find(About.BANNED_KEY, "a")).isPresent();
        rules.remove(About.BANNED_KEY, "a");
        assertThat(rules.find(About.BANNED_KEY, "a")).isEmpty();
    }

    @Override
    RelayRules rules() {
        return rules;
    }
}
