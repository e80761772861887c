package dev.drawbridge.nostr.event;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a `search` asks for ([NIP-50](https://nips.nostr.com/50)): every word has to be in the event. Of the extensions
/// `protocol:nostr|activitypub|atproto|…` is understood, after the `proxy` tag of NIP-48; others are passed over, as
/// the NIP wants. The order of results is that of time.
///
/// @param text as it was asked
/// @param terms words, and protocols as `protocol:name`
public record SearchQuery(String text, Set<String> terms) {
    /// UTF-16 code units of a search.
    public static final int LONGEST = 256;

    private static final int MOST_TERMS = 400;
    private static final int LONGEST_WORD = 40;
    private static final String PROTOCOL = "protocol:";
    private static final Set<Integer> SEARCHED = Set.of(Kind.PROFILE, Kind.NOTE, Kind.COMMENT, Kind.ARTICLE);
    private static final Set<String> TITLES = Set.of("title", "summary", "subject", "t");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Pattern EXTENSION = Pattern.compile("[a-z]+:\\S+");

    public SearchQuery {
        terms = Set.copyOf(terms);
    }

    /// Reads what somebody typed.
    public static SearchQuery of(String text) {
        Set<String> terms = new LinkedHashSet<>();
        for (String part : text.strip().split("\\s+")) {
            String lower = part.toLowerCase(Locale.ROOT);
            if (lower.startsWith(PROTOCOL)) {
                terms.add(lower);
            } else if (!EXTENSION.matcher(lower).matches()) {
                words(lower, terms);
            }
        }
        return new SearchQuery(text, terms);
    }

    public boolean matches(Event event) {
        return terms.isEmpty() || termsOf(event).containsAll(terms);
    }

    /// Everything an event can be found by: the words of profiles, notes, comments and articles, and of every event the
    /// protocol it came from.
    public static Set<String> termsOf(Event event) {
        Set<String> terms = new LinkedHashSet<>();
        terms.add(PROTOCOL
                + event.tag("proxy").map(t -> t.get(2).toLowerCase(Locale.ROOT)).orElse("nostr"));
        if (SEARCHED.contains(event.kind())) {
            texts(event).forEach(text -> words(text.toLowerCase(Locale.ROOT), terms));
        }
        return terms;
    }

    private static Collection<String> texts(Event event) {
        if (event.kind() == Kind.PROFILE) {
            return ProfileContent.read(event.content())
                    .map(p -> List.of(
                            p.name(),
                            p.displayName(),
                            p.about(),
                            p.nip05().map(Nip05::toString).orElse("")))
                    .orElse(List.of());
        }
        Set<String> texts = new LinkedHashSet<>(List.of(event.content()));
        event.tags().stream().filter(t -> TITLES.contains(t.name())).forEach(t -> texts.add(t.value()));
        return texts;
    }

    private static void words(String text, Set<String> to) {
        Matcher word = WORD.matcher(text);
        while (to.size() < MOST_TERMS && word.find()) {
            if (word.end() - word.start() <= LONGEST_WORD) {
                to.add(word.group());
            }
        }
    }
}
