package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.Nip19;
import dev.drawbridge.nostr.event.PublicKey;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the text of an event: `nostr:` addresses ([NIP-27](https://nips.nostr.com/27)), hashtags and links become
/// facets; a reader sees names instead of keys.
final class TextIn {
    /// Whom one text may name; the rest stays text.
    private static final int MOST_MENTIONS = 50;

    private static final int SHOWN = 12;
    private static final Pattern SPANS = Pattern.compile(
            "(?<nostr>(?:nostr:|(?<![\\w/])@)(?<bech>(?:npub|nprofile|note|nevent|naddr)1[02-9ac-hj-np-z]{6,1500}))"
                    + "|(?<url>https?://[^\\s<>\"]+)"
                    + "|(?<![\\p{L}\\p{N}_&/])#(?<tag>[\\p{L}\\p{M}\\p{N}_]+)",
            Pattern.CASE_INSENSITIVE);

    private final String source;
    private final Set<String> tags;
    private final Resolved resolved;
    private final StringBuilder text = new StringBuilder();
    private final List<Facet> facets = new ArrayList<>();
    private final Set<String> unseen;
    private final List<Loss> losses = new ArrayList<>();

    /// @param losses what could not be kept
    record Result(RichText text, List<Loss> losses) {}

    private TextIn(String source, Set<String> tags, Resolved resolved) {
        this.source = source.replace("\r\n", "\n").replace('\r', '\n');
        this.tags = tags;
        this.unseen = new LinkedHashSet<>(tags);
        this.resolved = resolved;
    }

    /// The people a text names, as far as they will be looked up.
    static Set<NativeId> people(String content) {
        Set<NativeId> people = new LinkedHashSet<>();
        Matcher matcher = SPANS.matcher(content);
        while (matcher.find() && people.size() < MOST_MENTIONS) {
            String bech = matcher.group("bech");
            if (bech != null && Nip19.decode(bech).orElse(null) instanceof Nip19.Npub(PublicKey key)) {
                people.add(NativeEvents.id(key));
            } else if (bech != null
                    && Nip19.decode(bech).orElse(null) instanceof Nip19.Nprofile(PublicKey key, var _)) {
                people.add(NativeEvents.id(key));
            }
        }
        return people;
    }

    /// @param hashtags the `t` tags of the event, in lower case: what is a hashtag and what only looks like one
    static Result read(String content, Set<String> hashtags, Resolved resolved) {
        return new TextIn(content, hashtags, resolved).read();
    }

    private Result read() {
        Matcher matcher = SPANS.matcher(source);
        int done = 0;
        while (matcher.find(done)) {
            text.append(source, done, matcher.start());
            done = span(matcher);
        }
        text.append(source, done, source.length());
        unseen.forEach(tag -> losses.add(new Loss("hashtag", "#" + tag + " is not in the text")));
        return new Result(new RichText(text.toString(), facets), losses);
    }

    /// Appends one span.
    ///
    /// @return where in the source it ends
    private int span(Matcher matcher) {
        if (matcher.group("url") != null) {
            return url(matcher);
        }
        if (matcher.group("tag") != null) {
            hashtag(matcher.group(), matcher.group("tag"));
            return matcher.end();
        }
        address(matcher.group(), matcher.group("bech"));
        return matcher.end();
    }

    private int url(Matcher matcher) {
        String url = withoutPunctuation(matcher.group());
        int start = text.length();
        text.append(url);
        try {
            facets.add(new Facet.Link(start, text.length(), new URI(url)));
        } catch (URISyntaxException _) {
            // It stays readable; it is just no link.
        }
        return matcher.start() + url.length();
    }

    private static String withoutPunctuation(String url) {
        int end = url.length();
        while (end > 0 && isPunctuation(url, end - 1)) {
            end--;
        }
        return url.substring(0, end);
    }

    private static boolean isPunctuation(String url, int at) {
        char c = url.charAt(at);
        boolean closes = c == ')' && url.substring(0, at).indexOf('(') < 0;
        return closes || ".,;:!?'*]}".indexOf(c) >= 0;
    }

    private void hashtag(String span, String tag) {
        int start = text.length();
        text.append(span);
        String lower = tag.toLowerCase(Locale.ROOT);
        if (tags.contains(lower)) {
            facets.add(new Facet.Hashtag(start, text.length(), tag));
            unseen.remove(lower);
        }
    }

    private void address(String span, String bech) {
        switch (Nip19.decode(bech.toLowerCase(Locale.ROOT)).orElse(null)) {
            case null -> text.append(span);
            case Nip19.Npub(PublicKey key) -> mention(key);
            case Nip19.Nprofile(PublicKey key, var _) -> mention(key);
            case Nip19.Note _, Nip19.Nevent _, Nip19.Naddr _ -> {
                int start = text.length();
                text.append(shortened(bech));
                facets.add(new Facet.Link(start, text.length(), Viewer.page(bech.toLowerCase(Locale.ROOT))));
                losses.add(new Loss("quote", "an event that is shown inside became a link"));
            }
        }
    }

    private void mention(PublicKey key) {
        NativeId person = NativeEvents.id(key);
        String handle = resolved.actor(person).flatMap(Resolved.Actor::handle).orElseGet(() -> shortened(key.npub()));
        int start = text.length();
        text.append(handle.startsWith("@") ? handle : "@" + handle);
        facets.add(new Facet.Mention(start, text.length(), person));
    }

    private static String shortened(String bech) {
        return bech.length() <= SHOWN ? bech : bech.substring(0, SHOWN) + "…";
    }
}
