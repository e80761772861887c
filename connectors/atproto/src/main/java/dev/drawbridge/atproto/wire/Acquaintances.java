package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.port.IdentityMap;
import dev.drawbridge.model.port.Watchlist;
import dev.drawbridge.model.spi.NativeEvent;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Whom the bridge has to do with. Almost nobody of a stream is: so what can be told from memory is asked first, and
/// whether any of ours is named in something is told from its bytes, since records name people by their DIDs, in CBOR
/// as in JSON.
final class Acquaintances {
    private static final byte[] MARK = "did:".getBytes(StandardCharsets.US_ASCII);
    private static final String PLC = "did:plc:";
    private static final int PLC_LENGTH = PLC.length() + 24;
    private static final int LONGEST = 256;

    private final Watchlist watchlist;
    private final Follows follows;
    private final IdentityMap identities;

    Acquaintances(Watchlist watchlist, Follows follows, IdentityMap identities) {
        this.watchlist = watchlist;
        this.follows = follows;
        this.identities = identities;
    }

    /// Whether somebody opted in.
    boolean person(Did did) {
        return watchlist.people(Network.ATPROTO).contains(id(did.value()));
    }

    /// Whether an account is a ghost or bot of this bridge.
    boolean ours(Did did) {
        return watchlist.ours(Network.ATPROTO).contains(id(did.value()));
    }

    /// Whether somebody opted in, did once, or follows somebody through the bridge. Asks the store.
    boolean everCarried(Did did) {
        return person(did)
                || !identities.of(id(did.value())).isEmpty()
                || !follows.followedBy(id(did.value())).isEmpty();
    }

    /// Whether something is about one of ours, or takes back what the bridge carried. Asks the store.
    boolean concerns(NativeEvent event) {
        return event.names().stream().anyMatch(watchlist.ours(Network.ATPROTO)::contains)
                || switch (event.kind()) {
                    case UNFOLLOW ->
                        event.names().stream()
                                .anyMatch(follow -> follows.byFollow(follow).isPresent());
                    case DELETE -> !identities.of(event.author()).isEmpty();
                    default -> false;
                };
    }

    /// Whether one of our ghosts or bots is named anywhere in it.
    boolean namesOurs(byte[] bytes) {
        Set<NativeId> ours = watchlist.ours(Network.ATPROTO);
        if (ours.isEmpty()) {
            return false;
        }
        for (int at = next(bytes, 0); at >= 0; at = next(bytes, at + MARK.length)) {
            if (named(bytes, at, ours)) {
                return true;
            }
        }
        return false;
    }

    private static int next(byte[] bytes, int from) {
        for (int at = from; at <= bytes.length - MARK.length; at++) {
            if (bytes[at] == 'd' && bytes[at + 1] == 'i' && bytes[at + 2] == 'd' && bytes[at + 3] == ':') {
                return at;
            }
        }
        return -1;
    }

    private static boolean named(byte[] bytes, int at, Set<NativeId> ours) {
        int end = at;
        while (end < bytes.length && end - at < LONGEST && isPart(bytes[end])) {
            end++;
        }
        String run = new String(bytes, at, end - at, StandardCharsets.US_ASCII);
        if (run.startsWith(PLC)) {
            return run.length() >= PLC_LENGTH && ours.contains(id(run.substring(0, PLC_LENGTH)));
        }
        // In CBOR nothing marks the end of a text, and what follows may look like more of it.
        for (int length = run.length(); length > MARK.length; length--) {
            if (ours.contains(id(run.substring(0, length)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPart(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == ':'
                || b == '.'
                || b == '_'
                || b == '-'
                || b == '%';
    }

    private static NativeId id(String did) {
        return new NativeId(Network.ATPROTO, did);
    }
}
