package dev.drawbridge.mongo;

import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/// The ports on MongoDB in a container, where Docker answers; the image is `-Ddrawbridge.it.mongo-image`, else
/// `mongo:8`. Without Docker, or without the image and the network to get it, it is skipped, with a line; in CI
/// (`CI=true`) that is a failure, unless [RealServerIT] has a server to test the same on.
@ExtendWith(ContainerIT.Available.class)
class ContainerIT extends MongoPorts {
    private static final String IMAGE = "drawbridge.it.mongo-image";
    private static final int PORT = 27017;

    private static final List<AutoCloseable> OPEN = new ArrayList<>();

    @BeforeAll
    static void start() {
        GenericContainer<?> mongo = new GenericContainer<>(image()).withExposedPorts(PORT);
        OPEN.add(mongo);
        mongo.waitingFor(Wait.forListeningPort()).start();
        String uri = "mongodb://" + mongo.getHost() + ":" + mongo.getMappedPort(PORT) + "/drawbridge";
        OPEN.addFirst(MongoStores.open(uri, FORMAT));
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable open : OPEN) {
            open.close();
        }
        OPEN.clear();
    }

    private static String image() {
        return Optional.ofNullable(System.getProperty(IMAGE))
                .filter(i -> !i.isBlank())
                .orElse("mongo:8");
    }

    @Override
    protected MongoDatabase database() {
        return ((MongoStores) OPEN.getFirst()).database();
    }

    /// Whether a container can be started.
    static final class Available implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Optional<String> missing = missing();
            if (missing.isPresent()
                    && "true".equals(System.getenv("CI"))
                    && RealServerIT.Given.uri().isEmpty()) {
                throw new AssertionFailedError("CI=true, but " + missing.get() + ", and MONGODB_URI names no server");
            }
            missing.ifPresent(reason -> System.out.println("skipped: the stores in a container: " + reason));
            return missing.map(ConditionEvaluationResult::disabled)
                    .orElseGet(() -> ConditionEvaluationResult.enabled("Docker answers"));
        }

        private static Optional<String> missing() {
            if (!DockerClientFactory.instance().isDockerAvailable()) {
                return Optional.of("Docker does not answer");
            }
            if (System.getProperty(IMAGE, "").isBlank() && !pulled()) {
                return Optional.of(
                        "there is no image " + image() + ", and it cannot be pulled; name one with -D" + IMAGE);
            }
            return Optional.empty();
        }

        private static boolean pulled() {
            try (GenericContainer<?> container = new GenericContainer<>(image())) {
                return !container.getDockerImageName().isBlank();
            } catch (RuntimeException e) {
                return false;
            }
        }
    }
}
