package dev.drawbridge.it.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What programs that move an account do, in the order of the
/// [guide](https://atproto.com/guides/account-migration): nothing but what both servers offer to everybody.
public final class AccountMove implements AutoCloseable {
    private static final String NEW_PASSWORD = "new-password";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI from;
    private final URI to;

    public AccountMove(URI from, URI to) {
        this.from = from;
        this.to = to;
    }

    /// @param password of the old server
    /// @param code that confirms the change of the DID
    /// @param handle at the new server
    /// @param afterCopy what happens while the new server has the copy, and the DID still names the old one
    public void carryOut(String name, String password, String code, String handle, Runnable afterCopy) {
        JsonNode old = signIn(from, name, password);
        String did = old.path("did").asString();
        Optional<String> here = Optional.of(old.path("accessJwt").asString());
        Optional<String> there = Optional.of(opened(did, handle, here));
        copy(did, here, there);
        afterCopy.run();
        post(to, "app.bsky.actor.putPreferences", there, json(get(from, "app.bsky.actor.getPreferences", here)));
        post(from, "com.atproto.identity.requestPlcOperationSignature", here, BodyPublishers.noBody());
        var wish = new LinkedHashMap<String, Object>();
        get(to, "com.atproto.identity.getRecommendedDidCredentials", there)
                .properties()
                .forEach(entry -> wish.put(entry.getKey(), entry.getValue()));
        wish.put("token", code);
        JsonNode signed = post(from, "com.atproto.identity.signPlcOperation", here, json(wish));
        post(to, "com.atproto.identity.submitPlcOperation", there, json(signed));
        post(to, "com.atproto.server.activateAccount", there, BodyPublishers.noBody());
        post(from, "com.atproto.server.deactivateAccount", here, json(Map.of()));
    }

    /// Copies an account that was moved already once more. Only for one in which nothing was written at the new server:
    /// an import deletes there what is not in it.
    ///
    /// @param handle at the new server
    public void copyAgain(String name, String password, String handle) {
        JsonNode old = signIn(from, name, password);
        Optional<String> there =
                Optional.of(signIn(to, handle, NEW_PASSWORD).path("accessJwt").asString());
        post(to, "com.atproto.server.deactivateAccount", there, json(Map.of()));
        copy(old.path("did").asString(), Optional.of(old.path("accessJwt").asString()), there);
        post(to, "com.atproto.server.activateAccount", there, BodyPublishers.noBody());
    }

    private JsonNode signIn(URI host, String name, String password) {
        return post(
                host,
                "com.atproto.server.createSession",
                Optional.empty(),
                json(Map.of("identifier", name, "password", password)));
    }

    private void copy(String did, Optional<String> here, Optional<String> there) {
        post(
                to,
                "com.atproto.repo.importRepo",
                there,
                BodyPublishers.ofByteArray(bytes("sync.getRepo?did=" + did, here)),
                "application/vnd.ipld.car");
        for (JsonNode cid :
                get(from, "com.atproto.sync.listBlobs?did=" + did, here).path("cids")) {
            post(
                    to,
                    "com.atproto.repo.uploadBlob",
                    there,
                    BodyPublishers.ofByteArray(bytes("sync.getBlob?did=" + did + "&cid=" + cid.asString(), here)),
                    "image/png");
        }
        JsonNode status = get(to, "com.atproto.server.checkAccountStatus", there);
        if (status.path("expectedBlobs").asInt() != status.path("importedBlobs").asInt()) {
            throw new AssertionError("files are missing: " + status);
        }
    }

    /// Opens the account at the new server, which believes the old one who somebody is.
    private String opened(String did, String handle, Optional<String> here) {
        String service = get(to, "com.atproto.server.describeServer", Optional.empty())
                .path("did")
                .asString();
        JsonNode proof = get(
                from,
                "com.atproto.server.getServiceAuth?aud=" + service + "&lxm=com.atproto.server.createAccount",
                here);
        return post(
                        to,
                        "com.atproto.server.createAccount",
                        Optional.of(proof.path("token").asString()),
                        json(Map.of(
                                "did", did, "handle", handle, "email", "moved@mail.test", "password", NEW_PASSWORD)))
                .path("accessJwt")
                .asString();
    }

    private static BodyPublisher json(Object body) {
        return BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body));
    }

    private JsonNode get(URI host, String method, Optional<String> token) {
        return answer(request(host, method, token).GET());
    }

    private JsonNode post(URI host, String method, Optional<String> token, BodyPublisher body) {
        return post(host, method, token, body, "application/json");
    }

    private JsonNode post(URI host, String method, Optional<String> token, BodyPublisher body, String type) {
        HttpRequest.Builder request = request(host, method, token).POST(body);
        return answer(body.contentLength() == 0 ? request : request.header("content-type", type));
    }

    private static HttpRequest.Builder request(URI host, String method, Optional<String> token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(host.resolve("/xrpc/" + method));
        token.ifPresent(bearer -> request.header("authorization", "Bearer " + bearer));
        return request;
    }

    private byte[] bytes(String method, Optional<String> token) {
        return send(request(from, "com.atproto." + method, token).GET());
    }

    private JsonNode answer(HttpRequest.Builder request) {
        byte[] body = send(request);
        return JsonMapper.shared()
                .readTree(body.length == 0 ? "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8) : body);
    }

    private byte[] send(HttpRequest.Builder request) {
        HttpRequest asked = request.build();
        try {
            HttpResponse<byte[]> answer = client.send(asked, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() / 100 != 2) {
                throw new AssertionError(asked + " answered " + answer.statusCode() + ": "
                        + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
