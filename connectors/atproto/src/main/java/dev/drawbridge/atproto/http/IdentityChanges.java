package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.cbor.Data;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.plc.PlcOperation.Change;
import dev.drawbridge.atproto.record.plc.PlcOperation.Service;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.Departures;
import dev.drawbridge.atproto.store.NotPublishing;
import dev.drawbridge.atproto.wire.Unavailable;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// `com.atproto.identity.*` for owners: what it takes to let a DID name another server. Nobody here can let it name
/// anything for this server: that follows the settings.
final class IdentityChanges {
    private static final int MOST_KEYS = 5;

    private final Owners owners;
    private final Ownership ownership;
    private final Departures departures;
    private final InstantSource clock;

    IdentityChanges(Owners owners, Ownership ownership, Departures departures, InstantSource clock) {
        this.owners = owners;
        this.ownership = ownership;
        this.departures = departures;
        this.clock = clock;
    }

    Map<String, XrpcMethod> all() {
        return Map.of(
                "com.atproto.identity.getRecommendedDidCredentials",
                (XrpcMethod.Query) this::recommended,
                "com.atproto.identity.requestPlcOperationSignature",
                (XrpcMethod.Action) this::request,
                "com.atproto.identity.signPlcOperation",
                (XrpcMethod.Action) this::sign,
                "com.atproto.identity.submitPlcOperation",
                (XrpcMethod.Action) this::submit,
                "com.atproto.identity.updateHandle",
                (XrpcMethod.Action) this::rename);
    }

    private HttpReply recommended(Params params) {
        Change change = ownership.recommended(owners.of(params.call()));
        DataMap data = change.toData();
        DataMap.Builder shown = DataMap.builder();
        for (String field : List.of("rotationKeys", "alsoKnownAs", "verificationMethods", "services")) {
            shown.putIfPresent(field, data.get(field));
        }
        return Xrpc.json(shown.build());
    }

    /// The code was handed out together with the password.
    private HttpReply request(HttpCall call) {
        owners.of(call);
        return HttpReply.of(200);
    }

    private HttpReply sign(HttpCall call) {
        Account account = owners.of(call);
        DataMap input = Xrpc.input(call);
        String code = input.text("token")
                .orElseThrow(
                        () -> XrpcError.invalidRequest("email confirmation token required to sign PLC operations"));
        Wish wish = Wish.of(input);
        owners.confirmed(account, code);
        try {
            SignedPlcOperation signed = ownership.sign(account, wish::on);
            // Before anybody can hand it in: from then on we look where the DID is.
            departures.signed(account.did(), clock.instant());
            return Xrpc.json(DataMap.builder().put("operation", signed.toJson()).build());
        } catch (IllegalArgumentException e) {
            throw XrpcError.invalidRequest(String.valueOf(e.getMessage()));
        } catch (Unavailable e) {
            throw new XrpcError(502, "UpstreamFailure", "The DID directory is not available");
        }
    }

    private HttpReply submit(HttpCall call) {
        owners.of(call);
        throw XrpcError.invalidRequest("Hand the operation in at the server that the account moves to");
    }

    private HttpReply rename(HttpCall call) {
        Account account = owners.of(call);
        Handle handle = Xrpc.input(call)
                .text("handle")
                .flatMap(Handle::tryParse)
                .filter(Handle::isResolvable)
                .orElseThrow(() -> new XrpcError(400, "InvalidHandle", "Input/handle must be a valid handle"));
        try {
            ownership.rename(account, handle).ifPresent(reason -> {
                throw XrpcError.invalidRequest(reason);
            });
            return HttpReply.of(200);
        } catch (Unavailable e) {
            throw new XrpcError(502, "UpstreamFailure", "The DID directory is not available");
        } catch (NotPublishing e) {
            throw new XrpcError(503, "ServiceUnavailable", "Try again in a minute");
        }
    }

    /// What somebody wants a DID to say; null stands for what it says now.
    private record Wish(DataMap input) {
        static Wish of(DataMap input) {
            Wish wish = new Wish(input);
            // Whatever is wrong is wrong before anything is signed.
            wish.keys();
            wish.methods();
            wish.services();
            wish.names();
            return wish;
        }

        Change on(Change now) {
            return new Change(
                    has("rotationKeys") ? keys() : now.rotationKeys(),
                    has("verificationMethods") ? methods() : now.verificationMethods(),
                    has("alsoKnownAs") ? names() : now.alsoKnownAs(),
                    has("services") ? services() : now.services(),
                    now.prev());
        }

        private boolean has(String field) {
            return input.get(field)
                    .filter(value -> !(value instanceof Data.Null))
                    .isPresent();
        }

        private List<DidKey> keys() {
            List<DidKey> keys = texts("rotationKeys").stream()
                    .map(text -> DidKey.tryParse(text).orElseThrow(() -> wrong("rotationKeys")))
                    .toList();
            if (has("rotationKeys") && (keys.isEmpty() || keys.size() > MOST_KEYS)) {
                throw wrong("rotationKeys");
            }
            return keys;
        }

        private List<String> names() {
            return texts("alsoKnownAs");
        }

        private List<String> texts(String field) {
            List<String> texts = input.texts(field);
            if (has(field) && texts.size() != input.list(field).size()) {
                throw wrong(field);
            }
            return texts;
        }

        private Map<String, String> methods() {
            return entries("verificationMethods", value -> {
                if (value instanceof Data.Text(String text)
                        && DidKey.tryParse(text).isPresent()) {
                    return text;
                }
                throw wrong("verificationMethods");
            });
        }

        private Map<String, Service> services() {
            return entries("services", value -> {
                if (value instanceof DataMap entry) {
                    return new Service(
                            entry.text("type").orElseThrow(() -> wrong("services")),
                            entry.text("endpoint").orElseThrow(() -> wrong("services")));
                }
                throw wrong("services");
            });
        }

        private <T> Map<String, T> entries(String field, Function<Data, T> read) {
            Map<String, T> entries = new LinkedHashMap<>();
            if (has(field)) {
                input.map(field)
                        .orElseThrow(() -> wrong(field))
                        .fields()
                        .forEach((name, value) -> entries.put(name, read.apply(value)));
            }
            return entries;
        }

        private static XrpcError wrong(String field) {
            return XrpcError.invalidRequest("Input/" + field + " is not what it must be");
        }
    }
}
