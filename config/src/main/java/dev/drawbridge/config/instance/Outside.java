package dev.drawbridge.config.instance;

import dev.drawbridge.config.settings.Settings;
import dev.drawbridge.model.spi.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// Looks at what lies outside of an instance: names, certificates, the time elsewhere, who holds its port.
final class Outside {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SANE = Duration.ofSeconds(30);
    private static final Instant NEVER_BEFORE = Instant.parse("2026-01-01T00:00:00Z");
    private static final int ASKED_FOR_THE_TIME = 3;
    private final Settings settings;

    Outside(Settings settings) {
        this.settings = settings;
    }

    /// Who answers at a port that is taken.
    Finding whoAnswers(URI local) {
        try {
            HttpResponse<String> answer = get(local.resolve("/actuator/health"));
            String status = answer.body().replaceFirst("(?s).*\"status\"\\s*:\\s*\"([A-Z_]+)\"\\s*}?\\s*$", "$1");
            if (answer.statusCode() == 200) {
                return Finding.good("port", "an instance is running at " + local + " and says " + status);
            }
            if (answer.statusCode() == 503) {
                return Finding.bad("port", "an instance is running at " + local + " and is not well", "read its log");
            }
        } catch (IOException e) {
            // Then it is something else, said below.
        }
        return Finding.bad(
                "port",
                local.getPort() + " is taken by another program",
                "stop that program, or choose another server.port");
    }

    /// Compares the clock with what servers named in the settings say.
    List<Finding> clock() {
        Instant now = Instant.now();
        if (now.isBefore(NEVER_BEFORE)) {
            return List.of(Finding.bad("clock", "says " + now, "set the clock, best by NTP"));
        }
        for (URI server : servers()) {
            Optional<Instant> there = dateOf(server);
            if (there.isPresent()) {
                Duration off = Duration.between(there.get(), Instant.now()).abs();
                return List.of(
                        off.compareTo(SANE) <= 0
                                ? Finding.good("clock", "agrees with " + server.getHost())
                                : Finding.bad(
                                        "clock",
                                        off.toSeconds() + " seconds away from " + server.getHost(),
                                        "set the clock by NTP: signatures and Nostr events carry the time"));
            }
        }
        return List.of(Finding.note("clock", "says " + now + "; no server to compare it with", ""));
    }

    private List<URI> servers() {
        return settings.networks().values().stream()
                .flatMap(block -> block.values().values().stream())
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .map(value -> value.replaceFirst("^ws(s?)://", "http$1://"))
                .filter(value -> value.startsWith("https://") || (settings.loopback() && value.startsWith("http://")))
                .flatMap(value -> parse(value).stream())
                .distinct()
                .limit(ASKED_FOR_THE_TIME)
                .toList();
    }

    private static Optional<URI> parse(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() == null ? Optional.empty() : Optional.of(uri);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> dateOf(URI server) {
        try {
            return get(server)
                    .headers()
                    .firstValue("date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (IOException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /// Whether the public names lead somewhere, and whether that answers with a certificate that is trusted.
    List<Finding> hosts() {
        if (settings.loopback()) {
            return List.of(Finding.note("names", "not looked up in loopback mode", ""));
        }
        Set<URI> urls = new LinkedHashSet<>();
        Stream.concat(Stream.of(settings.baseUrl()), settings.hosts().values().stream())
                .forEach(urls::add);
        var findings = new ArrayList<Finding>();
        urls.forEach(url -> findings.add(host(url)));
        return findings;
    }

    private static Finding host(URI url) {
        String name = url.getHost();
        try {
            InetAddress[] addresses = InetAddress.getAllByName(name);
            if (Arrays.stream(addresses).allMatch(a -> a.isLoopbackAddress() || a.isSiteLocalAddress())) {
                return Finding.bad(
                        name,
                        "leads to " + addresses[0].getHostAddress() + ", which nobody outside can reach",
                        "let its DNS record name the public address");
            }
            int status = get(url).statusCode();
            return status < 500
                    ? Finding.good(name, "answers over TLS")
                    : Finding.note(name, "answers with " + status, "start the instance, then look again");
        } catch (UnknownHostException e) {
            return Finding.bad(name, "has no address", "add a DNS record that leads to this machine or its proxy");
        } catch (SSLException e) {
            return Finding.bad(
                    name, "has no certificate that others trust: " + e.getMessage(), "renew it at your proxy");
        } catch (IOException e) {
            return Finding.note(
                    name, "does not answer: " + e.getMessage(), "start the instance and its proxy, then look again");
        }
    }

    private static HttpResponse<String> get(URI uri) throws IOException {
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            return client.send(
                    HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
