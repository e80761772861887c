package dev.drawbridge.engine.notice;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Reason;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;

/// Puts notices into words. The texts are in `notices_<language>.properties`, which have the same keys; a language
/// there is none of is answered in English.
public final class Phrases {
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.FRENCH);
    private static final Phrases SHARED = new Phrases();

    private final Map<String, Properties> texts =
            LANGUAGES.stream().collect(Collectors.toUnmodifiableMap(Locale::getLanguage, Phrases::read));

    private Phrases() {}

    /// Reads the texts once.
    public static Phrases load() {
        return SHARED;
    }

    public String say(Notice notice, Locale language) {
        String text = text(language, notice.key().name());
        for (int i = 0; i < notice.args().size(); i++) {
            text = text.replace("{" + i + "}", word(notice.args().get(i), language));
        }
        return text;
    }

    /// Why something is not carried to `target`, as a sentence.
    public String reason(Reason reason, Network target, Locale language) {
        return text(language, "reason." + reason.name()).replace("{0}", called(target, language));
    }

    /// The same, said to somebody else than the one it is about.
    public String reasonOfOthers(Reason reason, Network target, Locale language) {
        return text(language, "they." + reason.name()).replace("{0}", called(target, language));
    }

    private String word(Notice.Arg arg, Locale language) {
        return switch (arg) {
            case Notice.Arg.Plain(String text) -> text;
            case Notice.Arg.Where(List<Network> networks) ->
                networks.stream().map(n -> called(n, language)).collect(Collectors.joining(text(language, "and")));
            case Notice.Arg.Names(List<Network> networks) ->
                networks.stream().map(Network::name).collect(Collectors.joining(", "));
            case Notice.Arg.Why(Reason reason, Network target) -> reason(reason, target, language);
            case Notice.Arg.WhyOthers(Reason reason, Network target) -> reasonOfOthers(reason, target, language);
        };
    }

    private String called(Network network, Locale language) {
        return texts(language).getProperty("network." + network.name(), network.name());
    }

    private String text(Locale language, String key) {
        return Objects.requireNonNull(texts(language).getProperty(key), () -> "no text for " + key);
    }

    private Properties texts(Locale language) {
        Properties english = Objects.requireNonNull(texts.get(Locale.ENGLISH.getLanguage()));
        return texts.getOrDefault(language.getLanguage(), english);
    }

    private static Properties read(Locale language) {
        String name = "notices_" + language.getLanguage() + ".properties";
        try (var in = Objects.requireNonNull(Phrases.class.getResourceAsStream(name), () -> "no " + name);
                var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            var properties = new Properties();
            properties.load(reader);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
