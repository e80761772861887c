package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.model.port.Signer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Tokens with which an account of ours shows another service who it is, signed with the key of its repository.
///
/// Spec: [Inter-service authentication](https://atproto.com/specs/xrpc#inter-service-authentication-jwt)
public final class ServiceTokens {
    static final Duration USUAL = Duration.ofMinutes(1);
    private static final int ID = 16;

    private final Signer signer;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param random one that nobody can guess
    public ServiceTokens(Signer signer, InstantSource clock, RandomGenerator random) {
        this.signer = signer;
        this.clock = clock;
        this.random = random;
    }

    /// One for one method, good for a minute.
    ///
    /// @param audience the DID of the service, with the name it has in its document: `did:web:chat.example#chat`
    public String issue(Account account, String audience, Nsid method) {
        return issue(account, audience, clock.instant().plus(USUAL), Optional.of(method));
    }

    String issue(Account account, String audience, Instant end, Optional<Nsid> method) {
        byte[] id = new byte[ID];
        random.nextBytes(id);
        DataMap.Builder claims = DataMap.builder()
                .put("iss", account.did().value())
                .put("aud", audience)
                .put("iat", clock.instant().getEpochSecond())
                .put("exp", end.getEpochSecond())
                .put("jti", HexFormat.of().formatHex(id));
        method.ifPresent(lxm -> claims.put("lxm", lxm.value()));
        return Jwt.sign("JWT", claims.build(), signer, account.keyRef());
    }
}
