package dev.drawbridge.model;

import java.util.Locale;
import java.util.stream.Stream;

/// The hashtags that people write into their profile for bridges and bots, wherever in it and however it is written
/// there: in the name, in the self-description, in a fact.
final class ConsentWords {
    private static final String NO_BRIDGE = "#nobridge";
    private static final String NO_BOT = "#nobot";

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
        return texts.anyMatch(
                text -> text.replace('\uFF03', '#').toLowerCase(Locale.ROOT).contains(word));
    }
}
