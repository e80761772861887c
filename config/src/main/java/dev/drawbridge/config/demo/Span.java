package dev.drawbridge.config.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The hashtags and addresses in what somebody types.
///
/// @param start in UTF-16 code units
/// @param end behind the last one
/// @param text the span itself
record Span(int start, int end, String text) {
    private static final Pattern ANY = Pattern.compile("(?<![\\p{L}\\p{N}/])#[\\p{L}\\p{N}_]+|https?://[^\\s<>\"]+");

    static List<Span> in(String text) {
        List<Span> spans = new ArrayList<>();
        Matcher matcher = ANY.matcher(text);
        while (matcher.find()) {
            String span = matcher.group().replaceAll("[.,;:!?)]+$", "");
            spans.add(new Span(matcher.start(), matcher.start() + span.length(), span));
        }
        return spans;
    }

    boolean hashtag() {
        return text.startsWith("#");
    }

    /// The hashtag without `#`, or the address.
    String value() {
        return hashtag() ? text.substring(1) : text;
    }
}
