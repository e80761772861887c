package dev.drawbridge.activitypub.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
    @Test
    void fiftyLevelsAreReadAndFiftyOneAreNot() {
        assertThat(Documents.parse(nested(Documents.MAX_DEPTH)).found()).isPresent();
        assertThat(Documents.parse(nested(Documents.MAX_DEPTH + 1))).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void aMegabyteIsReadAndMoreIsNot() {
        String frame = "{\"a\":\"\"}";
        String full = "{\"a\":\"" + "x".repeat(Documents.MAX_BYTES - frame.length()) + "\"}";
        assertThat(Documents.parse(full).found()).isPresent();
        assertThat(Documents.parse(full.replaceFirst("x", "xx"))).isInstanceOf(Reading.Unreadable.class);
        assertThat(Documents.parse(new byte[Documents.MAX_BYTES + 1])).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void bytesThatAreNotUtf8BecomeReplacementCharacters() {
        byte[] json = "{\"a\":\"?\"}".getBytes(StandardCharsets.UTF_8);
        json[6] = (byte) 0xff;
        assertThat(Documents.parse(json).found().flatMap(d -> d.text("a"))).contains("\uFFFD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "1", "[]", "\"a\"", "{", "{\"a\":}", "<html>", "{\"a\":1}{\"b\""})
    void whatIsNoObjectIsUnreadable(String text) {
        assertThat(Documents.parse(text)).isInstanceOf(Reading.Unreadable.class);
    }

    private static String nested(int depth) {
        return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    @Test
    void halfACharacterIsReplacedAndAWholeOneKept() {
        var read =
                Documents.parse("{\"a\\uD83D\":[\"x\\ud83d y \\uDE00\",{\"b\":\"\\uD83D\\uDE00 \\\\ud83d\",\"n\":1}]}");
        assertThat(read.found().map(As2::node).map(Documents::write))
                .contains("{\"a\uFFFD\":[\"x\uFFFD y \uFFFD\",{\"b\":\"😀 \\\\ud83d\",\"n\":1}]}");
    }
}
