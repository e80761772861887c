package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Cut;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Media;
import dev.drawbridge.nostr.event.BridgedText;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Tag;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Files as `imeta` tags ([NIP-92](https://nips.nostr.com/92)): an address that the text names, too, and what it is.
final class Attachments {
    /// Nobody attaches more, the pictures in a text among them.
    static final int MOST = 32;

    private static final int LONGEST_ALT = 5_000;
    private static final Loss LONG_ALT = new Loss("media", "a description is cut to " + LONGEST_ALT + " characters");
    private static final int LONGEST_BLURHASH = 120;
    private static final int LONGEST_ADDRESS = 2_000;
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,5})x([1-9][0-9]{0,5})");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TYPE = Pattern.compile("[a-z]+/[a-z0-9.+-]{1,80}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,7}(\\.[0-9]{1,9})?");
    private static final Pattern IMAGE = Pattern.compile(".*\\.(png|jpe?g|gif|webp|avif|heic|svg)");
    private static final Pattern VIDEO = Pattern.compile(".*\\.(mp4|webm|mov|m4v|mkv|m3u8)");
    private static final Pattern AUDIO = Pattern.compile(".*\\.(mp3|ogg|oga|opus|wav|m4a|flac|aac)");

    private Attachments() {}

    /// What is attached, each address once: also a file that has nothing but a line of its own in the text, which
    /// readers see as what it is, and what somebody spoke.
    ///
    /// @param losses takes what is cut of single files
    static List<Media> read(Event event, List<Loss> losses) {
        Map<URI, Media> files = new java.util.LinkedHashMap<>();
        event.tags("imeta")
                .flatMap(tag -> one(tag, event.kind()).stream())
                .map(file -> file.withAlt(Cut.text(file.alt(), LONGEST_ALT, LONG_ALT, losses)))
                .forEach(file -> files.putIfAbsent(file.url(), file));
        if (event.kind() == Kind.NOTE || event.kind() == Kind.COMMENT || Kind.isVoice(event.kind())) {
            event.content()
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.length() <= LONGEST_ADDRESS)
                    .flatMap(line -> web(line).stream())
                    .flatMap(url -> bare(url, event.kind()).stream())
                    .forEach(file -> files.putIfAbsent(file.url(), file));
        }
        return List.copyOf(files.values());
    }

    private static Optional<Media> bare(URI url, int kind) {
        return Optional.of(guess(url, kind))
                .filter(known -> known != Media.Kind.FILE)
                .map(known -> Media.of(url, known));
    }

    private static Optional<Media> one(Tag tag, int kind) {
        Map<String, String> fields = new HashMap<>();
        tag.items().stream().skip(1).map(item -> item.split(" ", 2)).forEach(pair -> {
            if (pair.length == 2) {
                fields.putIfAbsent(pair[0], pair[1].strip());
            }
        });
        return field(fields, "url").flatMap(Attachments::web).map(url -> file(url, fields, kind));
    }

    private static Media file(URI url, Map<String, String> fields, int kind) {
        Optional<String> type = field(fields, "m")
                .map(m -> m.toLowerCase(Locale.ROOT))
                .filter(m -> TYPE.matcher(m).matches());
        String alt = field(fields, "alt").map(BridgedText::clean).orElse("");
        return new Media(
                url,
                type.map(Media.Kind::of).orElseGet(() -> guess(url, kind)),
                type,
                alt,
                Optional.empty(),
                field(fields, "blurhash").filter(b -> b.length() <= LONGEST_BLURHASH),
                field(fields, "dim").flatMap(Attachments::size),
                field(fields, "duration").flatMap(Attachments::duration),
                field(fields, "image").flatMap(Attachments::web),
                field(fields, "x")
                        .map(x -> x.toLowerCase(Locale.ROOT))
                        .filter(x -> DIGEST.matcher(x).matches()));
    }

    private static Optional<String> field(Map<String, String> fields, String name) {
        return Optional.ofNullable(fields.get(name)).filter(v -> !v.isEmpty());
    }

    private static Media.Kind guess(URI url, int kind) {
        String path = String.valueOf(url.getPath()).toLowerCase(Locale.ROOT);
        if (Kind.isVoice(kind)) {
            return Media.Kind.AUDIO;
        }
        if (kind == Kind.PICTURE || IMAGE.matcher(path).matches()) {
            return Media.Kind.IMAGE;
        }
        if (Kind.isVideo(kind) || VIDEO.matcher(path).matches()) {
            return Media.Kind.VIDEO;
        }
        return AUDIO.matcher(path).matches() ? Media.Kind.AUDIO : Media.Kind.FILE;
    }

    private static Optional<Media.Dimensions> size(String text) {
        Matcher matcher = SIZE.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new Media.Dimensions(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    private static Optional<Duration> duration(String text) {
        return SECONDS.matcher(text).matches()
                ? Optional.of(
                        Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValue()))
                : Optional.empty();
    }

    static Optional<URI> web(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    static Tag write(Media file) {
        List<String> items = new ArrayList<>(List.of("imeta", "url " + file.url()));
        file.mediaType().ifPresent(m -> items.add("m " + m));
        file.dimensions().ifPresent(d -> items.add("dim " + d.width() + "x" + d.height()));
        String alt = BridgedText.clean(file.alt()).strip();
        if (!alt.isEmpty()) {
            items.add("alt " + alt);
        }
        file.blurhash().map(BridgedText::clean).ifPresent(b -> items.add("blurhash " + b));
        file.preview().ifPresent(p -> items.add("image " + p));
        file.duration()
                .map(d -> BigDecimal.valueOf(d.toMillis(), 3).stripTrailingZeros())
                .ifPresent(s -> items.add("duration " + s.toPlainString()));
        return new Tag(items);
    }
}
