package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.signature.SignedRequest;
import dev.drawbridge.activitypub.wire.Addresses;
import dev.drawbridge.model.spi.HttpCall;
import java.net.URI;
import java.util.HashMap;
import java.util.List;

/// Calls as their senders signed them.
final class SignedCalls {
    private SignedCalls() {}

    /// What was signed has to be meant for this host, whatever a proxy made of the request on its way: a request to
    /// somebody else cannot be repeated here.
    static SignedRequest request(Addresses addresses, HttpCall call) {
        String query = call.uri().getRawQuery();
        URI here = URI.create(addresses.home(call.uri()).orElse(addresses.base())
                + call.uri().getRawPath()
                + (query == null ? "" : "?" + query));
        var headers = new HashMap<>(call.headers());
        headers.put("host", List.of(here.getRawAuthority()));
        return new SignedRequest(call.method(), here, headers, call.body());
    }
}
