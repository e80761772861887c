package dev.drawbridge.atproto.translate;

import dev.drawbridge.model.Media;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Moving pictures out of a GIF keyboard: the network's own client posts them as link cards and plays them in place.
/// The address carries the size (`hh`, `ww`), the description `ALT: ` or `Alt: ` and the words.
final class Gifs {
    private static final Set<String> KEYBOARDS = Set.of("media.tenor.com", "static.klipy.com", "t.gifs.bsky.app");
    private static final Pattern ALT = Pattern.compile("^alt:\\s*", Pattern.CASE_INSENSITIVE);

    private Gifs() {}

    static Optional<Media> read(URI page, ObjectNode external) {
        String host = String.valueOf(page.getHost()).toLowerCase(Locale.ROOT);
        String path = String.valueOf(page.getPath()).toLowerCase(Locale.ROOT);
        if (!KEYBOARDS.contains(host) || !path.endsWith(".gif")) {
            return Optional.empty();
        }
        String description = external.path("description").asString("");
        Media gif = Media.of(page, Media.Kind.IMAGE)
                .withMediaType("image/gif")
                .withAlt(ALT.matcher(description).replaceFirst(""));
        OptionalInt width = parameter(page, "ww");
        OptionalInt height = parameter(page, "hh");
        return Optional.of(
                width.isPresent() && height.isPresent()
                        ? gif.withDimensions(new Media.Dimensions(width.getAsInt(), height.getAsInt()))
                        : gif);
    }

    private static OptionalInt parameter(URI page, String name) {
        Matcher found = Pattern.compile("(?:^|&)" + name + "=([1-9]\\d{0,4})(?:&|$)")
                .matcher(String.valueOf(page.getRawQuery()));
        return found.find() ? OptionalInt.of(Integer.parseInt(found.group(1))) : OptionalInt.empty();
    }
}
