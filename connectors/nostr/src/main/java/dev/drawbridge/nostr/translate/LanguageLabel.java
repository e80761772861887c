package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Loss;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Tag;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The language of a note as a label ([NIP-32](https://nips.nostr.com/32)) in the namespace of ISO 639-1.
final class LanguageLabel {
    private static final String NAMESPACE = "ISO-639-1";
    private static final Pattern CODE = Pattern.compile("[a-z]{2}");

    private LanguageLabel() {}

    static List<String> read(Event event) {
        return event.tags("l")
                .filter(t -> t.get(2).equals(NAMESPACE))
                .map(t -> t.value().toLowerCase(Locale.ROOT))
                .filter(code -> CODE.matcher(code).matches())
                .distinct()
                .toList();
    }

    /// Writes one language; several or longer ones lose something.
    ///
    /// @param languages BCP 47
    static List<Tag> write(List<String> languages, List<Loss> losses) {
        if (languages.isEmpty()) {
            return List.of();
        }
        String first = languages.getFirst();
        String code = first.split("-", 2)[0].toLowerCase(Locale.ROOT);
        if (languages.size() > 1) {
            losses.add(new Loss("languages", "only the first language is labelled"));
        }
        if (!CODE.matcher(code).matches()) {
            losses.add(new Loss("languages", first + " has no code of two letters"));
            return List.of();
        }
        if (!code.equals(first.toLowerCase(Locale.ROOT))) {
            losses.add(new Loss("languages", first + " became " + code));
        }
        return List.of(Tag.of("L", NAMESPACE), Tag.of("l", code, NAMESPACE));
    }
}
