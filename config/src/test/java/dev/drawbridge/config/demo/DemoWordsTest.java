package dev.drawbridge.config.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemoWordsTest {
    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    private static Set<String> places(String sentence) {
        return PLACE.matcher(sentence).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    /// Without a parent to hand on to it what it does not have.
    private static ResourceBundle words(String suffix) throws IOException {
        String file = "/" + DemoViews.WORDS.replace('.', '/') + suffix + ".properties";
        try (var in = Objects.requireNonNull(DemoWordsTest.class.getResourceAsStream(file), file)) {
            return new PropertyResourceBundle(in);
        }
    }

    @Test
    void everythingIsSaidInEveryLanguage() throws IOException {
        ResourceBundle english = words("");
        ResourceBundle french = words("_fr");
        assertThat(french.keySet()).containsExactlyInAnyOrderElementsOf(english.keySet());
        assertThat(english.keySet()).isNotEmpty().allSatisfy(key -> {
            String sentence = english.getString(key);
            String other = french.getString(key);
            assertThat(places(other)).as(key).isEqualTo(places(sentence));
            assertThat(sentence + other).as(key).doesNotContain("'");
            assertThat(other).as(key).isNotBlank();
        });
    }
}
