package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.Finding;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Sends a signed request to ourselves through every public address, the way other servers reach us: finds proxies that
/// change the host or the path, take headers or the body away, certificates that nobody trusts, and clocks that differ.
public final class SelfTest {
    public static final String PATH = "/ap/self-test/";

    /// The headers that signatures of either kind need.
    public static final List<String> EXPECTED =
            List.of("host", "date", "digest", "content-digest", "content-type", "signature", "signature-input");

    private static final Duration SANE = Duration.ofSeconds(30);
    private static final byte[] BODY =
            "{\"type\":\"Note\",\"content\":\"are you there?\"}".getBytes(StandardCharsets.UTF_8);

    private final Addresses addresses;
    private final Probes probes;
    private final SignedHttp http;
    private final InstantSource clock;
    private final boolean loopback;

    /// @param loopback whether it is right that everybody comes from this machine
    public SelfTest(Addresses addresses, Probes probes, SignedHttp http, InstantSource clock, boolean loopback) {
        this.addresses = addresses;
        this.probes = probes;
        this.http = http;
        this.clock = clock;
        this.loopback = loopback;
    }

    /// What was found out, address by address.
    public List<Finding> run() {
        return addresses.homes().stream().flatMap(home -> of(home).stream()).toList();
    }

    private List<Finding> of(String home) {
        String subject = "activitypub " + Addresses.authority(home);
        // The query is part of what is signed; some proxies drop it.
        URI uri = URI.create(home + PATH + probes.make(home) + "?a=b%20c");
        OutboundHttp.Answer answer;
        try {
            answer = http.postAsInstance(
                    uri,
                    BODY,
                    Map.of(
                            "Content-Digest", "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:",
                            "Signature-Input", "probe=(\"@method\")"));
        } catch (OutboundHttp.OutboundException e) {
            return List.of(unreached(subject, e));
        }
        var seen = Documents.parse(answer.body()).found();
        if (answer.status() != 200 || seen.isEmpty()) {
            return List.of(
                    Finding.bad(subject, "answers " + answer.status() + " to a request of our own", advice(answer)));
        }
        var findings = new ArrayList<>(arrived(subject, seen.get()));
        skew(subject, answer).ifPresent(findings::add);
        if (findings.isEmpty()) {
            findings.add(Finding.good(subject, "a signed request to ourselves arrived whole"));
        }
        if (!loopback && !seen.get().flag("client").orElse(true)) {
            findings.add(Finding.note(
                    subject,
                    "requests seem to come from a private address",
                    "name your proxy in drawbridge.trusted-proxies and let it send X-Forwarded-For, else nobody's"
                            + " requests can be limited"));
        }
        return findings;
    }

    private static Finding unreached(String subject, OutboundHttp.OutboundException e) {
        String text = "cannot be reached from here: " + e.getMessage();
        return switch (e.failure()) {
            case TLS -> Finding.bad(subject, text, "renew the certificate at your proxy: other servers trust no other");
            case UNKNOWN_HOST -> Finding.bad(subject, text, "add a DNS record that leads to this machine or its proxy");
            case FORBIDDEN_ADDRESS ->
                Finding.note(subject, text, "the name leads to a private address here; try from a machine outside");
            case UNREACHABLE, TIMEOUT ->
                Finding.bad(subject, text, "let the proxy and the firewall pass requests for this name");
            case TOO_LARGE -> Finding.bad(subject, text, "something else answers under this name");
        };
    }

    private static String advice(OutboundHttp.Answer answer) {
        int status = answer.status();
        if (status >= 300 && status < 400) {
            String to = answer.header("location").orElse("elsewhere");
            return "it redirects to " + to + ": make the address in the settings the one that answers";
        }
        return status == 404 || status == 200
                ? "let the proxy pass " + PATH + " to this instance, path and query unchanged"
                : "let the proxy pass requests with a body to this instance, also without cookies and without a"
                        + " browser";
    }

    private static List<Finding> arrived(String subject, As2 seen) {
        var findings = new ArrayList<Finding>();
        if (!seen.flag("host").orElse(false)) {
            findings.add(Finding.bad(
                    subject,
                    "the proxy changes the Host header",
                    "let it pass Host unchanged (nginx: proxy_set_header Host $host), or send X-Forwarded-Host and"
                            + " name it in drawbridge.trusted-proxies"));
        }
        if (!seen.flag("scheme").orElse(false)) {
            findings.add(Finding.bad(
                    subject,
                    "requests arrive as if they were sent without TLS",
                    "let the proxy send X-Forwarded-Proto: https, and redirect http to https"));
        }
        String lost =
                EXPECTED.stream().filter(h -> !seen.refs("headers").contains(h)).collect(Collectors.joining(", "));
        if (!lost.isEmpty()) {
            findings.add(Finding.bad(
                    subject, "the proxy takes headers away: " + lost, "let it pass them, signatures need them"));
        } else if (!seen.flag("signature").orElse(false)) {
            findings.add(Finding.bad(
                    subject,
                    "our own signature does not hold when it arrives",
                    "let the proxy pass path, query, body and the headers Date, Digest and Content-Type unchanged"));
        }
        return findings;
    }

    private Optional<Finding> skew(String subject, OutboundHttp.Answer answer) {
        try {
            return answer.header("date")
                    .map(date -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from))
                    .map(there -> Duration.between(there, clock.instant()).abs())
                    .filter(off -> off.compareTo(SANE) > 0)
                    .map(off -> Finding.bad(
                            subject,
                            "the clocks of proxy and instance differ by " + off.toSeconds() + " s",
                            "set both by NTP: signatures carry the time"));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
