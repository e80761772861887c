package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.Departures;
import dev.drawbridge.atproto.store.Departures.Session;
import dev.drawbridge.atproto.store.RepoState;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// `com.atproto.server.*Session`: signing in, to take an account elsewhere.
final class Logins {
    /// How long a refresh token is good after it was used: the answer may have been lost.
    private static final Duration GRACE = Duration.ofHours(2);

    private static final int LONGEST = 512;
    private static final int ID = 16;

    private final Repos repos;
    private final Owners owners;
    private final Tokens tokens;
    private final Departures departures;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param random one that nobody can guess
    Logins(
            Repos repos,
            Owners owners,
            Tokens tokens,
            Departures departures,
            InstantSource clock,
            RandomGenerator random) {
        this.repos = repos;
        this.owners = owners;
        this.tokens = tokens;
        this.departures = departures;
        this.clock = clock;
        this.random = random;
    }

    Map<String, XrpcMethod> all() {
        return Map.of(
                "com.atproto.server.createSession", (XrpcMethod.Action) this::create,
                "com.atproto.server.getSession",
                        (XrpcMethod.Query) params ->
                                Xrpc.json(shown(owners.of(params.call())).build()),
                "com.atproto.server.refreshSession", (XrpcMethod.Action) this::refresh,
                "com.atproto.server.deleteSession", (XrpcMethod.Action) this::delete);
    }

    private HttpReply create(HttpCall call) {
        DataMap input = Xrpc.input(call);
        Owners.Owner owner = owners.signedIn(text(input, "identifier"), text(input, "password"), call.remote());
        String id = newId();
        departures.begin(session(id, owner, id));
        return Xrpc.json(tokens(owner, id));
    }

    private HttpReply refresh(HttpCall call) {
        Tokens.Holder holder = tokens.refresh(call);
        Instant now = clock.instant();
        Optional<Session> session = departures
                .session(holder.id())
                .filter(found -> found.did().equals(holder.did())
                        && found.departure().equals(holder.departure())
                        && now.isBefore(found.until()));
        if (session.isEmpty()) {
            throw revoked();
        }
        var owner = new Owners.Owner(owners.of(holder), holder.departure());
        String next = departures.renew(holder.id(), newId(), now.plus(GRACE)).orElseThrow(Logins::revoked);
        if (departures.session(next).isEmpty()) {
            departures.begin(session(next, owner, session.get().family()));
        }
        return Xrpc.json(tokens(owner, next));
    }

    private Session session(String id, Owners.Owner owner, String family) {
        Instant until = clock.instant().plus(Tokens.REFRESH);
        return new Session(id, owner.account().did(), owner.departure(), family, until, Optional.empty());
    }

    private HttpReply delete(HttpCall call) {
        departures.end(tokens.refresh(call).id());
        return HttpReply.of(200);
    }

    private DataMap tokens(Owners.Owner owner, String id) {
        return shown(owner.account())
                .put("accessJwt", tokens.access(owner.account().did(), owner.departure()))
                .put("refreshJwt", tokens.refresh(owner.account().did(), owner.departure(), id))
                .build();
    }

    private DataMap.Builder shown(Account account) {
        RepoState state = repos.state(account.did());
        DataMap.Builder shown = DataMap.builder()
                .put("did", account.did().value())
                .put("handle", account.handle().value())
                .put("didDoc", Identities.document(account).toJson())
                .put("active", state.active());
        return state.active() ? shown : shown.put("status", state.status());
    }

    private static String text(DataMap input, String field) {
        return input.text(field)
                .filter(text -> text.length() <= LONGEST)
                .orElseThrow(() -> XrpcError.invalidRequest("Input must have the property \"" + field + "\""));
    }

    private static XrpcError revoked() {
        return new XrpcError(400, "ExpiredToken", "Token has been revoked");
    }

    private String newId() {
        byte[] id = new byte[ID];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
