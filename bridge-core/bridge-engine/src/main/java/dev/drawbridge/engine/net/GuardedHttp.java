package dev.drawbridge.engine.net;

import dev.drawbridge.model.port.OutboundHttp;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/// HTTP/1.1 with one pool of connections for the whole instance, each request on a virtual thread of its own so that
/// its time-out holds whatever it is waiting for: the pool, a name server, a handshake or a body.
public final class GuardedHttp implements OutboundHttp, AutoCloseable {
    private final AddressGuard guard;
    private final HttpPool pool;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("http-out-", 0).factory());

    public GuardedHttp(NetSettings settings) {
        this(settings, AddressGuard.of(settings.loopback()), Tls.standard());
    }

    /// One that goes to private addresses too, over TLS only: for a server that the operator named and nobody else can
    /// change.
    public static GuardedHttp near(NetSettings settings) {
        return new GuardedHttp(settings, AddressGuard.near(settings.loopback()), Tls.standard());
    }

    GuardedHttp(NetSettings settings, AddressGuard guard, SSLContext tls) {
        this.guard = guard;
        this.pool = new HttpPool(settings, guard, tls);
    }

    @Override
    public Answer send(Request request) {
        var exchange = new HttpExchange(pool, guard, request);
        Future<Answer> answer = threads.submit(exchange::run);
        try {
            return answer.get(request.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.abort();
            answer.cancel(true);
            throw Failures.of(request.uri(), Failure.TIMEOUT, "no answer in " + request.timeout());
        } catch (InterruptedException e) {
            exchange.abort();
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw Failures.of(request.uri(), Failure.TIMEOUT, "interrupted");
        } catch (ExecutionException e) {
            throw Failures.of(request.uri(), Objects.requireNonNull(e.getCause()));
        }
    }

    /// Ends everything under way.
    @Override
    public void close() {
        threads.shutdownNow();
        pool.close();
        guard.close();
    }
}
