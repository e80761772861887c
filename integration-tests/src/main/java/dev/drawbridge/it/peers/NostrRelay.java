package dev.drawbridge.it.peers;

import java.lang.reflect.Constructor;
import java.net.URI;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import rust.nostr.sdk.LocalRelay;
import rust.nostr.sdk.NostrSdkException;
import rust.nostr.sdk.RateLimit;
import rust.nostr.sdk.RelayBuilder;

/// The relay of rust-nostr, inside this JVM.
public final class NostrRelay implements AutoCloseable {
    private static final long FILTER_LIMIT = 100_000;
    private static final int NOTES_PER_MINUTE = 10_000_000;

    private final LocalRelay relay;
    private final URI uri;

    private NostrRelay(LocalRelay relay, URI uri) {
        this.relay = relay;
        this.uri = uri;
    }

    /// Starts a relay on a free port of this machine.
    public static NostrRelay start() {
        return start(Ports.free());
    }

    public static NostrRelay start(int port) {
        try {
            var builder = new RelayBuilder().addr("127.0.0.1").rateLimit(generous());
            // Kotlin's unsigned types give these methods names that Java cannot write
            builder = call(builder, "port-xj2QHRw", short.class, (short) port);
            builder = call(builder, "maxFilterLimit-VKZWuLQ", long.class, FILTER_LIMIT);
            builder = call(builder, "defaultFilterLimit-VKZWuLQ", long.class, FILTER_LIMIT);
            var relay = new LocalRelay(builder);
            BuildersKt.runBlocking(EmptyCoroutineContext.INSTANCE, (_, continuation) -> run(relay, continuation));
            return new NostrRelay(relay, URI.create("ws://127.0.0.1:" + port));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("another version of nostr-sdk?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (NostrSdkException e) {
            throw new IllegalStateException("the relay does not start", e);
        }
    }

    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        relay.shutdown();
        relay.close();
    }

    private static Object run(LocalRelay relay, Continuation<? super Unit> continuation) {
        try {
            return relay.run(continuation);
        } catch (NostrSdkException e) {
            throw new IllegalStateException("the relay does not start", e);
        }
    }

    private static RelayBuilder call(RelayBuilder builder, String method, Class<?> type, Object value)
            throws ReflectiveOperationException {
        return (RelayBuilder) RelayBuilder.class.getMethod(method, type).invoke(builder, value);
    }

    // its default is 60 notes a minute per connection, a limit for people and not for a bridge
    private static RateLimit generous() throws ReflectiveOperationException {
        for (Constructor<?> constructor : RateLimit.class.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 3) {
                return (RateLimit) constructor.newInstance(FILTER_LIMIT, NOTES_PER_MINUTE, null);
            }
        }
        throw new NoSuchMethodException("RateLimit(maxReqs, notesPerMinute)");
    }
}
