package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Jrd;
import dev.drawbridge.activitypub.object.Reading;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.activitypub.wire.Lookup.Found;
import dev.drawbridge.activitypub.wire.Lookup.Missing;
import dev.drawbridge.activitypub.wire.Lookup.Unavailable;
import dev.drawbridge.activitypub.wire.Lookup.Unusable;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.PrivateKeys;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.Sought;
import java.net.IDN;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who is meant by `@user@host`, by WebFinger ([RFC 7033](https://www.rfc-editor.org/rfc/rfc7033)), or by the address
/// of an actor, of their page, or of something they wrote.
public final class NameLookup {
    private static final Pattern HANDLE =
            Pattern.compile("(?:acct:|@)?([\\w.%+-]{1,128})@([^\\s@/?#:]{1,253}(:\\d{1,5})?)");
    private static final int LONGEST = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_REDIRECTS = 3;

    private final OutboundHttp http;
    private final RemoteDocuments documents;
    private final RemoteActors remote;
    private final LocalActors local;
    private final Addresses addresses;
    private final DeniedDomains denied;
    private final String scheme;

    /// @param scheme `https`, or what tests use
    public NameLookup(
            OutboundHttp http,
            RemoteDocuments documents,
            RemoteActors remote,
            LocalActors local,
            Addresses addresses,
            DeniedDomains denied,
            String scheme) {
        this.http = http;
        this.documents = documents;
        this.remote = remote;
        this.local = local;
        this.addresses = addresses;
        this.denied = denied;
        this.scheme = scheme;
    }

    public Sought seek(String name) {
        if (PrivateKeys.in(name)) {
            return new Sought.Secret();
        }
        Optional<URI> address = Uris.tryHttp(name);
        if (address.isPresent()) {
            return Inquiry.within(() -> byAddress(name));
        }
        Matcher handle = HANDLE.matcher(name);
        if (!handle.matches()) {
            return new Sought.Foreign();
        }
        return ascii(handle.group(2))
                .map(host -> Inquiry.within(() -> byHandle(handle.group(1), host)))
                .orElseGet(Sought.Foreign::new);
    }

    private static Optional<String> ascii(String host) {
        try {
            return Optional.of(IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES | IDN.ALLOW_UNASSIGNED)
                    .toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            // A port is no part of a name.
            return host.matches("[A-Za-z0-9.-]+:\\d+") ? Optional.of(host.toLowerCase(Locale.ROOT)) : Optional.empty();
        }
    }

    private Sought byHandle(String user, String host) {
        if (addresses.isHandleHost(host)) {
            return local.byUsername(user.toLowerCase(Locale.ROOT))
                    .<Sought>map(shown -> found(addresses.actor(shown)))
                    .orElseGet(Sought.Nobody::new);
        }
        String account = "acct:" + user + "@" + host;
        URI question = URI.create(scheme + "://" + host + "/.well-known/webfinger?resource="
                + URLEncoder.encode(account, StandardCharsets.UTF_8));
        if (denied.contain(question.toString())) {
            return new Sought.Nobody();
        }
        try {
            OutboundHttp.Answer answer = http.send(new OutboundHttp.Request(
                    "GET",
                    question,
                    Map.of("Accept", "application/jrd+json, application/json"),
                    new byte[0],
                    LONGEST,
                    PATIENCE,
                    MAX_REDIRECTS));
            return answer.status() >= 500 ? new Sought.Silent() : named(answer);
        } catch (OutboundHttp.OutboundException e) {
            return switch (e.failure()) {
                // There is no such server, or none that may be asked.
                case UNKNOWN_HOST, FORBIDDEN_ADDRESS, TOO_LARGE -> new Sought.Nobody();
                case UNREACHABLE, TIMEOUT, TLS -> new Sought.Silent();
            };
        }
    }

    private Sought named(OutboundHttp.Answer answer) {
        Optional<String> actor =
                answer.status() == 200 && Documents.parse(answer.body()) instanceof Reading.Read<As2>(As2 document)
                        ? Jrd.read(document).flatMap(Jrd::self).filter(Uris::isHttp)
                        : Optional.empty();
        return actor.map(this::actor).orElseGet(Sought.Nobody::new);
    }

    private Sought byAddress(String address) {
        if (addresses.ours(address)) {
            return local.byId(address.toLowerCase(Locale.ROOT))
                    .<Sought>map(shown -> found(addresses.actor(shown)))
                    .orElseGet(Sought.Foreign::new);
        }
        if (denied.contain(address)) {
            return new Sought.Nobody();
        }
        return switch (documents.object(address)) {
            case Found<As2>(As2 document) ->
                (document.has("inbox") ? document.id() : author(document))
                        .map(this::actor)
                        .orElseGet(Sought.Foreign::new);
            case Missing<As2> _ -> new Sought.Nobody();
            case Unavailable<As2> _ -> new Sought.Silent();
            // Most pages of the web are no actors.
            case Unusable<As2> _ -> new Sought.Foreign();
        };
    }

    private static Optional<String> author(As2 document) {
        List<String> authors = document.refs("attributedTo");
        return authors.size() == 1 ? Optional.of(authors.getFirst()) : Optional.empty();
    }

    private Sought actor(String id) {
        if (addresses.ours(id)) {
            return local.byId(id).<Sought>map(shown -> found(id)).orElseGet(Sought.Nobody::new);
        }
        if (denied.contain(id)) {
            return new Sought.Nobody();
        }
        return switch (remote.actor(id)) {
            case Found<Actor>(Actor actor) -> found(actor.id());
            case Unavailable<Actor> _ -> new Sought.Silent();
            case Missing<Actor> _, Unusable<Actor> _ -> new Sought.Nobody();
        };
    }

    private static Sought found(String actor) {
        return new Sought.Found(new NativeId(Network.ACTIVITYPUB, actor));
    }
}
