package dev.drawbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "👍",
                "❤",
                "❤️",
                "⭐",
                "♥️",
                "ℹ️",
                "1️⃣",
                "🇫🇷",
                "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
                "👨‍👩‍👧‍👦",
                "🤷🏽‍♀️",
                "🆗",
                "🔥🔥"
            })
    void whatUnicodeCallsEmojiIsOne(String text) {
        assertThat(Emoji.isEmoji(text)).isTrue();
        assertThat(Emoji.isReaction(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {":blob:", ":blob_cat2:"})
    void aShortcodeIsAReactionToo(String text) {
        assertThat(Emoji.isEmoji(text)).isFalse();
        assertThat(Emoji.isReaction(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "+",
                "-",
                "1",
                "#",
                "*",
                "great",
                "<b>👍</b>",
                "👍<script>",
                "javascript:alert(1)",
                "👍 👍",
                "::",
                ":a b:",
                "\uD83D",
                "👍\u202E"
            })
    void wordsAndMarkupAreNoReaction(String text) {
        assertThat(Emoji.isReaction(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 1_000_000})
    void neitherIsAnEndlessRow(int length) {
        assertThat(Emoji.isReaction("👍".repeat(length))).isFalse();
    }
}
