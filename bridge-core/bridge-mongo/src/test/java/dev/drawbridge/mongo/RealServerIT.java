package dev.drawbridge.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/// The ports on the server that `MONGODB_URI` (environment or system property) names, in a database of its own
/// that is dropped afterwards. Without one it is skipped, with a line; in CI (`CI=true`) that is a failure.
@ExtendWith(RealServerIT.Given.class)
class RealServerIT extends MongoPorts {
    private static Optional<MongoStores> stores = Optional.empty();

    @BeforeAll
    static void connect() {
        String name = "drawbridge_it_" + UUID.randomUUID().toString().replace("-", "");
        String uri = Given.uri().orElseThrow();
        stores = Optional.of(MongoStores.open(withDatabase(uri, name), FORMAT));
    }

    /// Puts the database into a connection string: `mongodb://host:port/NAME?options`.
    private static String withDatabase(String uri, String name) {
        int options = uri.indexOf('?');
        String address = options < 0 ? uri : uri.substring(0, options);
        int slash = address.indexOf('/', address.indexOf("://") + 3);
        return (slash < 0 ? address : address.substring(0, slash))
                + "/" + name
                + (options < 0 ? "" : uri.substring(options));
    }

    @AfterAll
    static void drop() {
        stores.ifPresent(s -> {
            s.database().drop();
            s.close();
        });
    }

    @Override
    protected MongoDatabase database() {
        return stores.orElseThrow().database();
    }

    @Test
    void theServerAnswersAndKeepsItsIndexesOverARestartOfTheBridge() {
        MongoStores open = stores.orElseThrow();
        open.ping();
        MongoIndexes.ensure(open.database());
        assertThat(open.database().getCollection("ghosts").listIndexes()).isNotEmpty();
    }

    /// Whether there is a server to test on.
    static final class Given implements ExecutionCondition {
        static Optional<String> uri() {
            return Optional.ofNullable(System.getProperty("MONGODB_URI", System.getenv("MONGODB_URI")))
                    .filter(u -> !u.isBlank());
        }

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (uri().isPresent()) {
                return ConditionEvaluationResult.enabled("MONGODB_URI is set");
            }
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionFailedError("CI=true, but MONGODB_URI names no server to test the stores on");
            }
            System.out.println("skipped: set MONGODB_URI to test the stores on a real MongoDB server");
            return ConditionEvaluationResult.disabled("MONGODB_URI is not set");
        }
    }
}
