package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.store.blob.BlobStore;
import dev.drawbridge.model.port.PasswordHashes;
import dev.drawbridge.model.port.SignatureVerifier;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.model.spi.InstanceInfo;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What somebody who owns an account here can ask for: to sign in, and to take the account elsewhere.
public final class OwnerMethods {
    private final Map<String, XrpcMethod> all = new HashMap<>();
    private final Owners owners;

    /// @param random one that nobody can guess
    public OwnerMethods(
            InstanceInfo instance,
            PdsStore store,
            BlobStore blobs,
            Ownership ownership,
            Reporting reporting,
            Signer signer,
            SignatureVerifier verifier,
            PasswordHashes passwords,
            InstantSource clock,
            RandomGenerator random) {
        Repos repos = new Repos(store);
        Tokens tokens = new Tokens(signer, verifier, ServerMethods.did(instance), clock);
        owners = new Owners(repos, store.departures(), passwords, tokens, clock);
        all.putAll(new Logins(repos, owners, tokens, store.departures(), clock, random).all());
        all.putAll(new AccountMethods(repos, blobs, owners, ownership).all());
        all.putAll(new IdentityChanges(owners, ownership, store.departures(), clock).all());
        all.putAll(new ReportMethods(owners, reporting, ServerMethods.did(instance), verifier, clock).all());
        XrpcMethod.Query serviceAuth = new ServiceAuth(owners, new ServiceTokens(signer, clock, random), clock)::issue;
        all.put("com.atproto.server.getServiceAuth", serviceAuth);
    }

    Owners owners() {
        return owners;
    }

    Map<String, XrpcMethod> all() {
        return all;
    }
}
