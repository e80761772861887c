package dev.drawbridge.atproto.http;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.TestPds;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.plc.PlcOperation;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.RepoState;
import dev.drawbridge.atproto.wire.Unavailable;
import dev.drawbridge.engine.crypto.Argon2Hashes;
import dev.drawbridge.model.port.Meters;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.testkit.TestMongo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two accounts on a PDS of ours, and somebody who asks it.
@ExtendWith(TestMongo.class)
abstract class XrpcFixture {
    final TestPds pds;
    final PdsEndpoints endpoints;
    final Did alice;
    final RepoState latest;

    XrpcFixture(MongoDatabase database) {
        pds = new TestPds(database);
        InstanceInfo instance = new InstanceInfo(
                URI.create("https://at.bridge.test"), "bridge.test", "drawbridge", "1.2.3", "ops@bridge.test", false);
        endpoints = new PdsEndpoints(
                instance,
                pds.store,
                pds.blobs,
                new OwnerMethods(
                        instance,
                        pds.store,
                        pds.blobs,
                        new NobodyLeaves(),
                        reporting,
                        pds.signer,
                        pds.cryptography,
                        new Argon2Hashes(new SecureRandom()),
                        pds.clock,
                        new SecureRandom()),
                host -> host.endsWith(".bridge.test"),
                pds.clock,
                Meters.NONE);
        alice = pds.account("alice");
        pds.account("bob");
        pds.post(alice, "a", "one");
        pds.post(alice, "b", "two");
        latest = pds.post(alice, "c", "three");
    }

    /// People of other servers, by what they sign with, and what they complained about.
    final Vouching reporting = new Vouching();

    /// Knows the keys it was told, the newer one only when asked anew.
    static final class Vouching implements Reporting {
        final Map<Did, DidKey> known = new HashMap<>();
        final Map<Did, DidKey> changed = new HashMap<>();
        final List<DataMap> heard = new ArrayList<>();
        Outcome outcome = Outcome.HEARD;
        boolean silent;

        @Override
        public Optional<DidKey> key(Did did, boolean anew) {
            if (silent) {
                throw new Unavailable("nobody answers", Optional.empty());
            }
            return Optional.ofNullable((anew && changed.containsKey(did) ? changed : known).get(did));
        }

        @Override
        public Outcome hear(DataMap complaint) {
            heard.add(complaint);
            return outcome;
        }
    }

    /// Who owns an account is tried elsewhere, with a directory.
    private static final class NobodyLeaves implements Ownership {
        @Override
        public PlcOperation.Change recommended(Account account) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SignedPlcOperation sign(Account account, UnaryOperator<PlcOperation.Change> change) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> rename(Account account, Handle handle) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void leave(Account account) {
            throw new UnsupportedOperationException();
        }
    }

    record Reply(int status, Map<String, String> headers, byte[] body) {
        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    Reply get(String pathAndQuery) {
        return call("GET", "https://at.bridge.test" + pathAndQuery);
    }

    Reply call(String method, String uri) {
        return call(new HttpCall(method, URI.create(uri), Map.of(), Map.of(), new byte[0], "192.0.2.1"));
    }

    Reply call(HttpCall call) {
        for (Endpoint endpoint : endpoints.all()) {
            if (endpoint instanceof Endpoint.Http http
                    && http.method().equals(call.method())
                    && matches(http.path(), call.uri().getPath())
                    && http.when().test(call)) {
                HttpReply reply = http.handler().handle(call);
                return new Reply(reply.status(), reply.headers(), written(reply));
            }
        }
        return new Reply(-1, Map.of(), new byte[0]);
    }

    private static boolean matches(String pattern, String path) {
        int rest = pattern.indexOf('{');
        return rest < 0 ? pattern.equals(path) : path.startsWith(pattern.substring(0, rest));
    }

    private static byte[] written(HttpReply reply) {
        try {
            var out = new ByteArrayOutputStream();
            reply.body().writeTo(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reply post(String name, String type, String body) {
        Map<String, List<String>> headers = type.isEmpty() ? Map.of() : Map.of("content-type", List.of(type));
        return call(new HttpCall(
                "POST",
                URI.create("https://at.bridge.test/xrpc/" + name),
                Map.of(),
                headers,
                body.getBytes(StandardCharsets.UTF_8),
                "192.0.2.1"));
    }
}
