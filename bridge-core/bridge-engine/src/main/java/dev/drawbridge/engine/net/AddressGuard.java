package dev.drawbridge.engine.net;

import dev.drawbridge.model.PrivateKeys;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Says where the bridge may go. Addresses are looked at after the name was resolved, and the connection is made to
/// what was looked at.
final class AddressGuard implements AutoCloseable {
    private static final int LOOKUPS_AT_ONCE = 128;

    private final Lookup lookup;
    private final Predicate<InetAddress> reachable;
    private final boolean plain;
    private final ExecutorService lookups;

    /// Asks the name service.
    @FunctionalInterface
    interface Lookup {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    /// @param plain whether plain text is allowed
    AddressGuard(Lookup lookup, Predicate<InetAddress> reachable, boolean plain) {
        this.lookup = lookup;
        this.reachable = reachable;
        this.plain = plain;
        // A look-up blocks its thread in native code, which a virtual thread must not do.
        this.lookups = new ThreadPoolExecutor(
                0,
                LOOKUPS_AT_ONCE,
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("lookup-", 0).factory());
    }

    /// @param loopback whether plain text and private addresses are allowed, for tests
    static AddressGuard of(boolean loopback) {
        return loopback
                ? new AddressGuard(InetAddress::getAllByName, _ -> true, true)
                : new AddressGuard(InetAddress::getAllByName, PublicAddresses::contains, false);
    }

    /// One that lets private addresses through.
    ///
    /// @param loopback whether plain text is allowed, for tests
    static AddressGuard near(boolean loopback) {
        return new AddressGuard(InetAddress::getAllByName, _ -> true, loopback);
    }

    /// Checks what can be checked without a look-up.
    ///
    /// @param protocol `http` or `ws`; with an `s` at its end it is always allowed
    void check(URI uri, String protocol) throws ForbiddenAddressException {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals(protocol + 's') && !(plain && scheme.equals(protocol))) {
            throw new ForbiddenAddressException("scheme '" + scheme + "' is not allowed");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new ForbiddenAddressException("not an address of the form " + scheme + "://host/path");
        }
        // Whoever is asked would see it.
        if (PrivateKeys.in(uri)) {
            throw new ForbiddenAddressException("it holds a private key");
        }
        int port = uri.getPort();
        boolean usual = port == -1 || port == 80 || port == 443 || port > 1023 && port < 65536;
        if (!usual) {
            throw new ForbiddenAddressException("port " + port + " is not one of the web");
        }
    }

    /// The addresses of a host that may be used.
    ///
    /// @throws ForbiddenAddressException if there are addresses and none may be used
    InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] allowed = Stream.of(lookUp(host)).filter(reachable).toArray(InetAddress[]::new);
        if (allowed.length == 0) {
            throw new ForbiddenAddressException(host + " has no public address");
        }
        return allowed;
    }

    /// For clients that resolve by themselves.
    ///
    /// @throws ForbiddenAddressException if any address of the host must not be used
    void requireAllReachable(String host) throws UnknownHostException {
        if (!Stream.of(lookUp(host)).allMatch(reachable)) {
            throw new ForbiddenAddressException(host + " has an address that is not public");
        }
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        Future<InetAddress[]> answer;
        try {
            answer = lookups.submit(() -> lookup.all(host));
        } catch (RejectedExecutionException e) {
            throw new UnknownHostException(host + ": too many look-ups are under way");
        }
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host + ": interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }
}
