package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PageWordsTest {
    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    private static Map<String, String> words(String suffix) throws IOException {
        var properties = new Properties() {
            @Override
            public synchronized Object put(Object key, Object value) {
                assertThat(super.put(key, value)).as("%s is there twice", key).isNull();
                return value;
            }
        };
        String file = "/" + PageWords.BUNDLE.replace('.', '/') + suffix + ".properties";
        try (Reader in = new InputStreamReader(
                Objects.requireNonNull(PageWordsTest.class.getResourceAsStream(file), file), StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        var words = new HashMap<String, String>();
        properties.forEach((key, value) -> words.put((String) key, (String) value));
        return words;
    }

    private static Set<String> places(String sentence) {
        return PLACE.matcher(sentence).results().map(MatchResult::group).collect(Collectors.toCollection(HashSet::new));
    }

    @Test
    void everythingIsSaidInEveryLanguage() throws IOException {
        Map<String, String> english = words("");
        Map<String, String> french = words("_fr");
        assertThat(french.keySet()).containsExactlyInAnyOrderElementsOf(english.keySet());
        assertThat(english).isNotEmpty().allSatisfy((key, sentence) -> {
            String other = french.get(key);
            assertThat(places(other)).as(key).isEqualTo(places(sentence));
            assertThat(sentence + other).as(key).doesNotContain("'");
            assertThat(sentence).as(key).isNotBlank();
            assertThat(other).as(key).isNotBlank();
        });
    }

    @Test
    void aLanguageThatNobodyWroteIsEnglish() {
        var words = PageWords.with();
        assertThat(words.getMessage("status.name", null, Locale.FRENCH)).isEqualTo("État");
        assertThat(words.getMessage("status.name", null, Locale.ENGLISH)).isEqualTo("Status");
        assertThat(words.getMessage("status.name", null, Locale.JAPANESE)).isEqualTo("Status");
    }
}
