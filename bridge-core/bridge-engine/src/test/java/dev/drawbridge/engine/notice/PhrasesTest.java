package dev.drawbridge.engine.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Reason;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What bots say is said in every language, and says the same.
class PhrasesTest {
    private static final Pattern PLACE = Pattern.compile("\\{\\d}");
    private final Phrases phrases = Phrases.load();

    @Test
    void everythingThatCanBeSaidIsSaidInEveryLanguage() throws IOException {
        Set<String> wanted = Stream.concat(
                        Arrays.stream(NoticeKey.values()).map(NoticeKey::name),
                        Arrays.stream(Reason.values())
                                .flatMap(r -> Stream.of("reason." + r.name(), "they." + r.name())))
                .collect(Collectors.toCollection(TreeSet::new));
        wanted.addAll(List.of("and", "network.activitypub", "network.nostr", "network.atproto"));
        assertThat(texts("en").stringPropertyNames()).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(texts("fr").stringPropertyNames()).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void bothLanguagesFillInTheSameAndNoTextIsEmpty() throws IOException {
        Properties english = texts("en");
        Properties french = texts("fr");
        assertThat(english.stringPropertyNames()).allSatisfy(key -> {
            assertThat(places(french.getProperty(key))).as(key).isEqualTo(places(english.getProperty(key)));
            assertThat(english.getProperty(key)).as(key).isNotBlank();
            assertThat(french.getProperty(key)).as(key).isNotBlank();
        });
        assertThat(english.getProperty("STARTED")).isNotEqualTo(french.getProperty("STARTED"));
    }

    @Test
    void whoLeftIsToOthersLikeAnybodyWhoNeverAsked() {
        for (Locale language : List.of(Locale.ENGLISH, Locale.FRENCH)) {
            assertThat(phrases.reasonOfOthers(Reason.LEFT, Network.NOSTR, language))
                    .isEqualTo(phrases.reasonOfOthers(Reason.NOT_ASKED, Network.NOSTR, language))
                    .contains("Nostr");
        }
    }

    @Test
    void partsOfATextAreInItsLanguageToo() {
        Notice refused = Notice.of(
                NoticeKey.REFUSED,
                Notice.where(List.of(Network.ACTIVITYPUB, Network.NOSTR)),
                Notice.why(Reason.LEFT, Network.NOSTR));
        assertThat(phrases.say(refused, Locale.ENGLISH))
                .isEqualTo("You are not carried to the Fediverse and Nostr: you left the bridge to Nostr");
        assertThat(phrases.say(refused, Locale.FRENCH))
                .isEqualTo(
                        "Vous n’êtes pas porté vers le Fédivers et Nostr : vous avez quitté la passerelle vers Nostr");
        assertThat(phrases.say(refused, Locale.JAPANESE)).startsWith("You are not carried");
        assertThat(phrases.say(
                        Notice.of(NoticeKey.SHOWN, Notice.where(new Network("dove")), Notice.plain("{0} it")),
                        Locale.ENGLISH))
                .isEqualTo("dove: shown as {0} it");
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text).results().map(m -> m.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Properties texts(String language) throws IOException {
        var properties = new Properties();
        try (var in =
                Objects.requireNonNull(Phrases.class.getResourceAsStream("notices_" + language + ".properties"))) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return properties;
    }
}
