package dev.drawbridge.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The hashtags that people write into their profile for bridges and bots, wherever in it and however it is written
/// there: in the name, in the self-description, in a fact.
///
/// Only whole hashtags, or their plural: neither the beginning of a longer one nor the fragment of an address.
final class ConsentWords {
    private static final String NO_BRIDGE = "nobridge";
    private static final String NO_BOT = "nobot";
    /// Hashtags without anything between them but slashes, as `#nobot/#nobridge`. Behind a letter, a digit or a slash
    /// the sign begins no hashtag.
    private static final Pattern HASHTAGS = Pattern.compile("(?<![#/_\\p{L}\\p{N}])#[#/_\\p{L}\\p{N}]++");

    private ConsentWords() {}

    /// `#nobridge`: an explicit refusal.
    static boolean refuseBridging(Stream<String> texts) {
        return contain(texts, NO_BRIDGE);
    }

    /// `#nobot`: [ConsentSignal#NO_BOTS].
    static boolean refuseBots(Stream<String> texts) {
        return contain(texts, NO_BOT);
    }

    private static boolean contain(Stream<String> texts, String word) {
        return texts.flatMap(ConsentWords::hashtags).anyMatch(tag -> tag.equals(word) || tag.equals(word + "s"));
    }

    private static Stream<String> hashtags(String text) {
        return HASHTAGS.matcher(text.replace('\uFF03', '#').toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .flatMap(tags -> Arrays.stream(tags.split("#", -1)))
                .map(ConsentWords::untilSlash);
    }

    private static String untilSlash(String tag) {
        int slash = tag.indexOf('/');
        return slash < 0 ? tag : tag.substring(0, slash);
    }
}
