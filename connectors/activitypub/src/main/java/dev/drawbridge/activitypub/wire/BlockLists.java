package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.moderation.Effect;
import dev.drawbridge.model.moderation.Entry;
import dev.drawbridge.model.moderation.Subject;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.Listing;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Domain blocks as Mastodon exports and imports them: CSV with a `#domain` column, and where they are there
/// `#severity`
/// (`suspend`, `silence`, `noop`) and `#public_comment`. A list without a first line that names its columns has the
/// domain in the first.
public final class BlockLists {
    private static final long LONGEST = 10_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_REDIRECTS = 3;
    private static final int LONGEST_REASON = 500;

    private final OutboundHttp http;
    private final String userAgent;

    public BlockLists(OutboundHttp http, String userAgent) {
        this.http = http;
        this.userAgent = userAgent;
    }

    /// @param address of a CSV file
    public Listing list(String address) {
        Optional<URI> uri = Uris.tryHttp(address);
        if (uri.isEmpty()) {
            return new Listing.Foreign();
        }
        try {
            OutboundHttp.Answer answer = http.send(new OutboundHttp.Request(
                    "GET",
                    uri.get(),
                    Map.of("Accept", "text/csv, text/plain;q=0.9", "User-Agent", userAgent),
                    new byte[0],
                    LONGEST,
                    PATIENCE,
                    MAX_REDIRECTS));
            return answer.status() == 200
                    ? read(new String(answer.body(), StandardCharsets.UTF_8))
                    : new Listing.Silent("it answers " + answer.status());
        } catch (OutboundHttp.OutboundException e) {
            return new Listing.Silent(String.valueOf(e.getMessage()));
        }
    }

    /// @param document a CSV file
    public static Listing read(String document) {
        List<List<String>> rows = Csv.rows(document);
        if (rows.isEmpty()) {
            return new Listing.Unreadable("it is empty");
        }
        List<String> first = rows.getFirst().stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT).replaceFirst("^#", ""))
                .toList();
        boolean named = first.contains("domain");
        var columns = new Columns(
                named ? first.indexOf("domain") : 0, first.indexOf("severity"), first.indexOf("public_comment"));
        Map<Subject, Entry> entries = new LinkedHashMap<>();
        rows.subList(named ? 1 : 0, rows.size()).stream()
                .flatMap(row -> columns.entry(row).stream())
                .forEach(entry -> entries.putIfAbsent(entry.subject(), entry));
        return entries.isEmpty()
                ? new Listing.Unreadable("it is no CSV of domains")
                : new Listing.Entries(new ArrayList<>(entries.values()));
    }

    /// Where things stand in a line; -1 if they do not.
    private record Columns(int domain, int severity, int comment) {
        /// Empty for what blocks nothing, and for names that were made unreadable with `*`.
        Optional<Entry> entry(List<String> row) {
            String name = at(row, domain);
            String strength = at(row, severity).toLowerCase(Locale.ROOT);
            if (!name.contains(".") || name.contains("*") || strength.equals("noop")) {
                return Optional.empty();
            }
            Optional<Effect> effect = switch (strength) {
                case "suspend" -> Optional.of(Effect.DENY);
                case "silence" -> Optional.of(Effect.HIDE);
                default -> Optional.empty();
            };
            try {
                return Optional.of(new Entry(new Subject(Subject.Kind.DOMAIN, name), effect, reason(row)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        private String reason(List<String> row) {
            String words = at(row, comment).replaceAll("\\s+", " ");
            return words.length() > LONGEST_REASON ? words.substring(0, LONGEST_REASON) : words;
        }

        private static String at(List<String> row, int column) {
            return column >= 0 && column < row.size() ? row.get(column).strip() : "";
        }
    }
}
