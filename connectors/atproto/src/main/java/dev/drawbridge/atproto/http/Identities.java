package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.AtIdentifier;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.model.spi.HttpReply;
import java.util.Map;
import java.util.Optional;

/// `com.atproto.identity.*`: names of ours. Asking others on behalf of a stranger would make us a tool.
final class Identities {
    private final Repos repos;

    Identities(Repos repos) {
        this.repos = repos;
    }

    Map<String, XrpcMethod> all() {
        return Map.of(
                "com.atproto.identity.resolveHandle",
                (XrpcMethod.Query) this::handle,
                "com.atproto.identity.resolveDid",
                (XrpcMethod.Query) this::did,
                "com.atproto.identity.resolveIdentity",
                (XrpcMethod.Query)
                        params -> identity(params.required("identifier", AtIdentifier::tryParse, "at-identifier")),
                "com.atproto.identity.refreshIdentity",
                (XrpcMethod.Procedure) input -> identity(input.text("identifier")
                        .flatMap(AtIdentifier::tryParse)
                        .orElseThrow(
                                () -> XrpcError.invalidRequest("Input/identifier must be a valid did or a handle"))));
    }

    /// The DID document of an account of ours, as it was shown last.
    static DidDocument document(Account account) {
        return account.document()
                .orElseThrow(() -> new XrpcError(400, "DidDeactivated", "DID was ended: " + account.did()));
    }

    private HttpReply handle(Params params) {
        Handle handle = params.required("handle", Handle::tryParse, "handle");
        Account account =
                repos.find(handle).orElseThrow(() -> new XrpcError(400, "HandleNotFound", "Unable to resolve handle"));
        return Xrpc.json(DataMap.builder().put("did", account.did().value()).build());
    }

    private HttpReply did(Params params) {
        Account account = found(params.did());
        return Xrpc.json(
                DataMap.builder().put("didDoc", document(account).toJson()).build());
    }

    private HttpReply identity(AtIdentifier name) {
        Account account = found(name);
        DidDocument document = document(account);
        boolean agreed = document.handle().equals(Optional.of(account.handle()));
        return Xrpc.json(DataMap.builder()
                .put("did", account.did().value())
                .put("handle", agreed ? account.handle().value() : "handle.invalid")
                .put("didDoc", document.toJson())
                .build());
    }

    private Account found(AtIdentifier name) {
        return repos.find(name).orElseThrow(() -> switch (name) {
            case Did did -> new XrpcError(400, "DidNotFound", "Could not resolve DID: " + did);
            case Handle _ -> new XrpcError(400, "HandleNotFound", "Unable to resolve handle");
        });
    }
}
