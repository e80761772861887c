package dev.drawbridge.model;

/// What may stand for a feeling in a reaction: one emoji of [Unicode](https://www.unicode.org/reports/tr51/), or the
/// `:shortcode:` of a [CustomEmoji].
public final class Emoji {
    /// Code units. The longest there are, families and flags of regions, have 15; servers add to them.
    private static final int LONGEST = 64;

    private Emoji() {}

    /// Whether a text is nothing but emoji. Letters, digits alone and markup are not: servers take a reaction for what
    /// it is and show it as it comes.
    public static boolean isEmoji(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && text.codePoints().allMatch(c -> Character.isEmoji(c) || Character.isEmojiComponent(c))
                && text.codePoints().anyMatch(c -> c > 0x7F);
    }

    /// Whether a text is an emoji or a shortcode.
    public static boolean isReaction(String text) {
        boolean colons = text.length() > 2 && text.startsWith(":") && text.endsWith(":");
        return isEmoji(text) || (colons && CustomEmoji.isShortcode(text.substring(1, text.length() - 1)));
    }
}
