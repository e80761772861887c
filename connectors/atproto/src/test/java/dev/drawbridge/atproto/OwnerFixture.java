package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.http.OwnerMethods;
import dev.drawbridge.atproto.http.PdsEndpoints;
import dev.drawbridge.atproto.http.Reporting;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.store.RepoState;
import dev.drawbridge.engine.crypto.Argon2Hashes;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Meters;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.MovingOut;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Somebody who owns an account asks a server of ours, with a directory that can be down.
abstract class OwnerFixture extends AtprotoConnectorFixture {
    static final String NEW_HOST = "https://pds.elsewhere.example";
    static final NativeId BOT = new NativeId(Network.ACTIVITYPUB, "https://ap.bridge.org/bot");

    final List<DataMap> complaints = new ArrayList<>();
    final List<NativeEvent> told = new ArrayList<>();
    final MovesOut moves = movesOut();
    final List<Endpoint> endpoints;
    final Ghost ghost;
    final Did did;
    final MovingOut passage;
    Receipt receipt = new Receipt.Accepted();
    String address = "192.0.2.1";

    OwnerFixture(MongoDatabase database) {
        super(database);
        identities.putIfAbsent(
                new Ghost(Ghost.botOrigin(Network.ATPROTO), BOT, "@bot@ap.bridge.org", true, pds.clock.instant()));
        ghost = made(alice());
        did = new Did(ghost.id().value());
        passage = connector.moveOut(ghost.id()).orElseThrow();
        moves.start(event -> {
            told.add(event);
            return receipt;
        });
        var instance =
                new InstanceInfo(URI.create("https://at.bridge.org"), "bridge.org", "drawbridge", "1", "", false);
        var owners = new OwnerMethods(
                instance,
                pds.store,
                pds.blobs,
                moves,
                new Reporting() {
                    @Override
                    public Optional<DidKey> key(Did did, boolean anew) {
                        return Optional.empty();
                    }

                    @Override
                    public Outcome hear(DataMap complaint) {
                        complaints.add(complaint);
                        return Outcome.HEARD;
                    }
                },
                pds.signer,
                pds.cryptography,
                new Argon2Hashes(new SecureRandom()),
                pds.clock,
                new SecureRandom());
        endpoints = new PdsEndpoints(instance, pds.store, pds.blobs, owners, _ -> false, pds.clock, Meters.NONE).all();
    }

    record Reply(int status, String body) {
        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        String error() {
            return status + " " + json().path("error").asString("");
        }
    }

    Reply ask(String method, String name, String token, String body) {
        Map<String, List<String>> headers = new HashMap<>();
        if (!token.isEmpty()) {
            headers.put("authorization", List.of("Bearer " + token));
        }
        if (!body.isEmpty()) {
            headers.put("content-type", List.of("application/json"));
        }
        var call = new HttpCall(
                method,
                URI.create("https://at.bridge.org/xrpc/com.atproto." + name),
                Map.of(),
                headers,
                body.getBytes(StandardCharsets.UTF_8),
                address);
        HttpReply reply = endpoints.stream()
                .<Endpoint.Http>mapMulti((endpoint, into) -> {
                    if (endpoint instanceof Endpoint.Http http && http.path().startsWith("/xrpc/")) {
                        into.accept(http);
                    }
                })
                .filter(http -> http.method().equals(method))
                .findFirst()
                .orElseThrow()
                .handler()
                .handle(call);
        try {
            var out = new ByteArrayOutputStream();
            reply.body().writeTo(out);
            return new Reply(reply.status(), out.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reply get(String name, String token) {
        return ask("GET", name, token, "");
    }

    Reply post(String name, String token, String body) {
        return ask("POST", name, token, body);
    }

    Reply login(String identifier, String password) {
        return post(
                "server.createSession",
                "",
                "{\"identifier\":\"" + identifier + "\",\"password\":\"" + password + "\"}");
    }

    JsonNode signedIn() {
        Reply reply = login(passage.name(), passage.password());
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    String access() {
        return signedIn().path("accessJwt").asString();
    }

    static JsonNode part(String token, int which) {
        return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[which]));
    }

    RepoState state() {
        return pds.store.archive().state(did).orElseThrow();
    }

    String wish(String code) {
        return "{\"token\":\"" + code + "\",\"services\":{\"atproto_pds\":{\"type\":\"AtprotoPersonalDataServer\","
                + "\"endpoint\":\"" + NEW_HOST + "\"}}}";
    }

    SignedPlcOperation signed(String access) {
        Reply reply = post("identity.signPlcOperation", access, wish(passage.code()));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return SignedPlcOperation.parse(DataJson.map(reply.json().path("operation")));
    }

    void after(Duration time) {
        pds.clock.advance(time);
        moves.step();
    }
}
