package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.InstanceInfo;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The server itself: its description, its DID, the handles of its accounts.
final class ServerMethods {
    /// Bytes; what the reference takes. Nobody uploads here but the bridge.
    private static final long BLOB_UPLOAD_LIMIT = 5L << 20;

    private static final String DID_DOCUMENT = "/.well-known/did.json";

    private final InstanceInfo instance;
    private final PdsStore store;
    private final Predicate<String> handleHost;

    /// @param handleHost whether a host may be a handle of ours
    ServerMethods(InstanceInfo instance, PdsStore store, Predicate<String> handleHost) {
        this.instance = instance;
        this.store = store;
        this.handleHost = handleHost;
    }

    Map<String, XrpcMethod> all() {
        XrpcError noInvites = XrpcError.invalidRequest("Accounts are made by the bridge alone; there are no invites");
        return Map.of(
                "com.atproto.server.describeServer",
                (XrpcMethod.Query) _ -> describe(),
                "_health",
                (XrpcMethod.Query) _ -> health(),
                "com.atproto.server.createAccount",
                new XrpcMethod.Refused(
                        "POST", new XrpcError(400, "InvalidInviteCode", "Accounts are made by the bridge alone")),
                "com.atproto.server.createInviteCode",
                new XrpcMethod.Refused("POST", noInvites),
                "com.atproto.server.createInviteCodes",
                new XrpcMethod.Refused("POST", noInvites),
                "com.atproto.server.getAccountInviteCodes",
                new XrpcMethod.Refused("GET", noInvites));
    }

    List<Endpoint> endpoints() {
        String own = instance.baseUrl().getHost();
        return List.of(
                Endpoint.Http.get("/.well-known/atproto-did", this::handle).when(call -> handleHost.test(call.host())),
                Endpoint.Http.get(DID_DOCUMENT, call -> call.host().equals(own) ? document() : bot(call)));
    }

    private Did did() {
        return did(instance);
    }

    /// The DID of this server.
    static Did did(InstanceInfo instance) {
        return new Did(Did.WEB + instance.baseUrl().getRawAuthority().replace(":", "%3A"));
    }

    private HttpReply describe() {
        DataMap.Builder contact = DataMap.builder();
        if (instance.contact().contains("@")) {
            contact.put("email", instance.contact().replaceFirst("^mailto:", ""));
        }
        return Xrpc.json(DataMap.builder()
                .put("did", did().value())
                .put("availableUserDomains", List.of())
                .put("inviteCodeRequired", true)
                .put("blobUploadLimit", BLOB_UPLOAD_LIMIT)
                .put("links", DataMap.empty())
                .put("contact", contact.build())
                .build());
    }

    private HttpReply health() {
        return Xrpc.json(DataMap.builder().put("version", instance.version()).build());
    }

    private HttpReply handle(HttpCall call) {
        Optional<Did> did = Handle.tryParse(call.host())
                .flatMap(store.accounts()::byHandle)
                .filter(Account::live)
                .map(Account::did);
        return did.map(found -> HttpReply.text(200, found.value()))
                .orElseGet(() -> HttpReply.text(404, "nobody has this handle"))
                .with("access-control-allow-origin", "*");
    }

    /// The account whose DID is the name of the host that is asked. One that is not live yet is shown, so that it can
    /// be seen from outside before anybody is told of it.
    private Optional<Account> named(HttpCall call) {
        return Handle.tryParse(call.host()).map(host -> new Did(Did.WEB + host)).flatMap(store.accounts()::byDid);
    }

    private HttpReply bot(HttpCall call) {
        return named(call)
                .flatMap(Account::document)
                .map(said -> Xrpc.json(said.toJson()))
                .orElseGet(() -> HttpReply.text(404, "nobody has this name"))
                .with("access-control-allow-origin", "*");
    }

    private HttpReply document() {
        URI endpoint = instance.baseUrl();
        DidDocument document = new DidDocument(
                did(),
                List.of(),
                Map.of(),
                Map.of(DidDocument.PDS, new DidDocument.Service(DidDocument.PDS_TYPE, endpoint)));
        return Xrpc.json(document.toJson()).with("access-control-allow-origin", "*");
    }
}
