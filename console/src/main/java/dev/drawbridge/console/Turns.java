package dev.drawbridge.console;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// How often one address may do something: so many times at once, and one more whenever as much time has gone by. Kept
/// in memory for as many addresses as there is room for; the one that was seen first makes room.
final class Turns {
    private static final int MOST = 20_000;
    private final int burst;
    private final Duration each;
    private final InstantSource clock;
    /// When the address will have all its turns back.
    private final Map<String, Instant> full = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST;
        }
    };

    Turns(int burst, Duration each, InstantSource clock) {
        this.burst = burst;
        this.each = each;
        this.clock = clock;
    }

    /// Takes a turn.
    ///
    /// @return false if there is none left
    synchronized boolean take(String address) {
        Instant now = clock.instant();
        Instant until = full.getOrDefault(address, now);
        Instant next = (until.isBefore(now) ? now : until).plus(each);
        if (next.isAfter(now.plus(each.multipliedBy(burst)))) {
            return false;
        }
        full.remove(address);
        full.put(address, next);
        return true;
    }

    /// One line to the internet, for which every address of it counts: of IPv6 the first 64 bits
    /// ([RFC 6177](https://www.rfc-editor.org/rfc/rfc6177)), of which everybody has as many addresses as they want.
    static String place(String address) {
        return prefix(address, 64);
    }

    /// What one customer has at most: of IPv6 the first 48 bits, of IPv4 the address.
    static String network(String address) {
        return prefix(address, 48);
    }

    private static String prefix(String address, int bits) {
        try {
            InetAddress inet = InetAddress.ofLiteral(address);
            return inet instanceof Inet6Address
                    ? HexFormat.of().formatHex(inet.getAddress(), 0, bits / 8) + "/" + bits
                    : inet.getHostAddress();
        } catch (IllegalArgumentException e) {
            return address;
        }
    }

    /// Gives all turns back.
    synchronized void forget(String address) {
        full.remove(address);
    }

    /// Whether an address is somebody's: behind a proxy that is not trusted everybody has one that is not public.
    static boolean tells(String address) {
        try {
            InetAddress inet = InetAddress.ofLiteral(address);
            return !inet.isLoopbackAddress() && !inet.isSiteLocalAddress() && !inet.isLinkLocalAddress();
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
