package dev.drawbridge.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/// What the pages say, in every language: one bundle for each, in UTF-8.
public final class PageWords {
    /// The bundle of this module, where `_fr` is French and no suffix is English.
    public static final String BUNDLE = "dev.drawbridge.console.words";

    private PageWords() {}

    /// @param more further bundles, asked after this module's own
    public static MessageSource with(String... more) {
        var names = new ArrayList<>(List.of(BUNDLE));
        names.addAll(List.of(more));
        var words = new ResourceBundleMessageSource();
        words.setBasenames(names.toArray(String[]::new));
        words.setDefaultEncoding("UTF-8");
        words.setFallbackToSystemLocale(false);
        words.setDefaultLocale(Locale.ROOT);
        return words;
    }
}
