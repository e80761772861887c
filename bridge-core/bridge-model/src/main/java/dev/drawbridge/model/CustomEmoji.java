package dev.drawbridge.model;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/// A small picture that stands in a text where `:shortcode:` is written.
///
/// @param shortcode without colons: letters, digits, `_`, `-`, `+`, `.`
/// @param image where the picture is
/// @param mediaType its type as RFC 6838 writes it, where known
public record CustomEmoji(String shortcode, URI image, Optional<String> mediaType) {
    private static final Pattern SHORTCODE = Pattern.compile("[\\p{L}\\p{N}_+.-]{1,64}");

    public CustomEmoji {
        if (!isShortcode(shortcode)) {
            throw new IllegalArgumentException("not a shortcode: " + shortcode);
        }
    }

    public static boolean isShortcode(String text) {
        return SHORTCODE.matcher(text).matches();
    }

    /// How it is written in a text.
    public String written() {
        return ":" + shortcode + ":";
    }
}
