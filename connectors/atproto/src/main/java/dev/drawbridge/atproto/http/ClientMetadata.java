package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.cbor.Data;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.model.spi.ClientPlace;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.InstanceInfo;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What we are to servers that ask their people about us: a client without a secret, described where its id points.
/// People are sent back to a place of its own for each server, so there is a client for each place, on the host of that
/// place, and its id says which: nothing has to be kept.
///
/// Spec: [OAuth, clients](https://atproto.com/specs/oauth#clients)
public final class ClientMetadata {
    private static final String HTTPS = "https://";
    private static final String PATH = "/oauth/atproto/";
    private static final String FILE = "/client-metadata.json";
    private static final String SCOPE = "atproto";

    private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1|\\[::1]");

    private final InstanceInfo instance;

    public ClientMetadata(InstanceInfo instance) {
        this.instance = instance;
    }

    /// What we are called by a server that sends people back to a page of ours. On a machine without a name that others
    /// could ask, only addresses in numbers can be come back to.
    ///
    /// @return empty if no server can send them there
    public Optional<String> id(URI back) {
        Optional<ClientPlace> place = ClientPlace.of(back);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        if (back.getScheme().equals("https")) {
            return Optional.of(id(back.getRawAuthority(), place.get()));
        }
        return Optional.of(back.getHost())
                .filter(host -> ADDRESS.matcher(host).matches())
                .map(_ -> "http://localhost?redirect_uri=" + URLEncoder.encode(back.toString(), StandardCharsets.UTF_8)
                        + "&scope=" + SCOPE);
    }

    Endpoint endpoint() {
        return Endpoint.Http.get(PATH + "{place}" + FILE, this::document);
    }

    private HttpReply document(HttpCall call) {
        return Optional.ofNullable(call.path().get("place"))
                .flatMap(ClientPlace::parse)
                .map(place -> Xrpc.json(client(authority(call), place)))
                .orElseGet(() -> HttpReply.text(404, "there is no such client"));
    }

    /// As whoever asks wrote it, in the one way it is written.
    private static String authority(HttpCall call) {
        String asked = call.uri().getRawAuthority().toLowerCase(Locale.ROOT);
        return asked.endsWith(":443") ? asked.substring(0, asked.length() - ":443".length()) : asked;
    }

    private static String id(String authority, ClientPlace place) {
        return HTTPS + authority + PATH + place.word() + FILE;
    }

    private DataMap client(String authority, ClientPlace place) {
        return DataMap.builder()
                .put("client_id", id(authority, place))
                .put("client_name", instance.title())
                .put("client_uri", HTTPS + authority)
                .put("application_type", "web")
                .put("grant_types", List.of(Data.of("authorization_code")))
                .put("response_types", List.of(Data.of("code")))
                .put("redirect_uris", List.of(Data.of(HTTPS + authority + place.path())))
                .put("scope", SCOPE)
                .put("token_endpoint_auth_method", "none")
                .put("dpop_bound_access_tokens", true)
                .build();
    }
}
