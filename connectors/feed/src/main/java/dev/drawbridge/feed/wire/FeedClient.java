package dev.drawbridge.feed.wire;

import dev.drawbridge.feed.object.Addresses;
import dev.drawbridge.feed.object.BadFeed;
import dev.drawbridge.feed.object.Feed;
import dev.drawbridge.feed.object.FeedReader;
import dev.drawbridge.model.port.OutboundHttp;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks for feeds: only for what changed (RFC 9110 §13), and follows redirects itself, to tell those that are for good.
final class FeedClient {
    private static final long MOST_BYTES = 5_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_REDIRECTS = 5;
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Pattern MAX_AGE = Pattern.compile("(?i)(?:^|[,\\s])max-age\\s*=\\s*\"?(\\d{1,9})");
    private static final Pattern LINK = Pattern.compile("<([^>]{1,2000})>\\s*;([^,]*)");
    private static final String ACCEPT =
            "application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.8,"
                    + " application/xml;q=0.7, text/xml;q=0.7, */*;q=0.1";

    private final OutboundHttp http;
    private final InstantSource clock;

    FeedClient(OutboundHttp http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    /// @param etag as the server gave it last; empty if it never did, or to have the feed in any case
    Fetched fetch(URI address, String etag, String modified) {
        try {
            URI at = address;
            boolean forGood = true;
            for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
                OutboundHttp.Answer answer = http.send(request(at, etag, modified));
                Optional<URI> next = target(answer, at);
                if (next.isEmpty()) {
                    return read(answer, forGood ? at : address, at);
                }
                forGood &= answer.status() == 301 || answer.status() == 308;
                at = next.get();
            }
            return new Fetched.Failed("redirects in circles", Optional.empty());
        } catch (OutboundHttp.OutboundException e) {
            return new Fetched.Failed(
                    e.failure() == OutboundHttp.Failure.TOO_LARGE
                            ? "is larger than " + MOST_BYTES + " bytes"
                            : String.valueOf(e.getMessage()),
                    Optional.empty());
        }
    }

    private static OutboundHttp.Request request(URI at, String etag, String modified) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("accept", ACCEPT);
        if (!etag.isEmpty()) {
            headers.put("if-none-match", etag);
        }
        if (!modified.isEmpty()) {
            headers.put("if-modified-since", modified);
        }
        return new OutboundHttp.Request("GET", at, headers, new byte[0], MOST_BYTES, PATIENCE, 0);
    }

    private static Optional<URI> target(OutboundHttp.Answer answer, URI at) {
        return switch (answer.status()) {
            case 301, 302, 303, 307, 308 ->
                answer.header("location")
                        .flatMap(to -> Addresses.http(at, to))
                        .filter(to -> !"https".equals(at.getScheme()) || "https".equals(to.getScheme()));
            default -> Optional.empty();
        };
    }

    private Fetched read(OutboundHttp.Answer answer, URI next, URI from) {
        return switch (answer.status()) {
            case 200 -> fresh(answer, next, from);
            case 304 -> new Fetched.Unchanged(fresh(answer));
            case 410 -> new Fetched.Gone();
            default -> new Fetched.Failed("is answered with " + answer.status(), retryAfter(answer));
        };
    }

    private static Fetched fresh(OutboundHttp.Answer answer, URI next, URI from) {
        try {
            Feed feed = FeedReader.read(answer.body(), answer.header("content-type"), from);
            return new Fetched.Fresh(
                    withLinks(feed, answer, from),
                    answer.header("etag").filter(tag -> tag.length() <= 500).orElse(""),
                    answer.header("last-modified")
                            .filter(time -> time.length() <= 100)
                            .orElse(""),
                    next,
                    fresh(answer));
        } catch (BadFeed e) {
            return new Fetched.Failed(String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    /// What the server says of hubs counts before what the feed says (WebSub §4).
    private static Feed withLinks(Feed feed, OutboundHttp.Answer answer, URI from) {
        List<String> links = answer.headers().getOrDefault("link", List.of());
        Optional<URI> hub = link(links, "hub", from).or(feed::hub);
        Optional<URI> self = link(links, "self", from).or(feed::self);
        return new Feed(
                feed.title(),
                feed.description(),
                feed.site(),
                feed.icon(),
                feed.language(),
                feed.every(),
                hub,
                self,
                feed.entries());
    }

    private static Optional<URI> link(List<String> headers, String relation, URI from) {
        for (String header : headers) {
            Matcher link = LINK.matcher(header);
            while (link.find()) {
                if (link.group(2).matches("(?i).*\\brel\\s*=\\s*\"?[^\";]*\\b" + relation + "\\b.*")) {
                    return Addresses.http(from, link.group(1));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Duration> fresh(OutboundHttp.Answer answer) {
        return answer.header("cache-control")
                .map(MAX_AGE::matcher)
                .filter(Matcher::find)
                .map(found -> Duration.ofSeconds(Long.parseLong(found.group(1))));
    }

    /// In seconds or as a time (RFC 9110 §10.2.3); a week at most.
    private Optional<Duration> retryAfter(OutboundHttp.Answer answer) {
        return answer.header("retry-after")
                .map(String::strip)
                .flatMap(this::wait)
                .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }

    private Optional<Duration> wait(String text) {
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            var until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(clock.instant(), until)).filter(wait -> !wait.isNegative());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
