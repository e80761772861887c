package dev.drawbridge.testkit;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// A MongoDB server in memory on a free loopback port.
///
/// Use it with `try`, or as an extension: `@ExtendWith(TestMongo.class)` gives every test that asks for a
/// [MongoDatabase] an empty one of its own; the server is shared by all tests of the JVM and ends with them.
public final class TestMongo implements AutoCloseable, ParameterResolver {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(TestMongo.class);

    private final Server server = new Server();

    @Override
    public void close() {
        server.close();
    }

    /// Where the server listens: `mongodb://127.0.0.1:port`.
    public String uri() {
        return server.uri();
    }

    /// A database that nothing was written to.
    public MongoDatabase fresh() {
        return server.fresh();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == MongoDatabase.class;
    }

    @Override
    public MongoDatabase resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(SPACE)
                .computeIfAbsent(Server.class, t -> new Server(), Server.class)
                .fresh();
    }

    /// Starts on first use, so that an extension that shares a server costs nothing.
    private static final class Server implements AutoCloseable {
        private final AtomicInteger databases = new AtomicInteger();
        private final MongoServer server = new MongoServer(new MemoryBackend());
        private String uri = "";
        private @org.jspecify.annotations.Nullable MongoClient client;

        synchronized String uri() {
            if (uri.isEmpty()) {
                server.bind(new InetSocketAddress("127.0.0.1", 0));
                uri = "mongodb://127.0.0.1:" + server.getLocalAddress().getPort();
            }
            return uri;
        }

        synchronized MongoDatabase fresh() {
            MongoClient open = client;
            if (open == null) {
                open = MongoClients.create(uri());
                client = open;
            }
            return open.getDatabase("test" + databases.incrementAndGet());
        }

        @Override
        public synchronized void close() {
            if (client != null) {
                client.close();
            }
            server.shutdownNow();
        }
    }
}
