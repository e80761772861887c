package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Nip19;
import dev.drawbridge.nostr.event.PublicKey;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the text of an event: `nostr:` addresses ([NIP-27](https://nips.nostr.com/27)), hashtags and links become
/// facets; a reader sees names instead of keys.
final class TextIn {
    /// Whom one text may name; the rest is not looked up.
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
    private final Set<String> elsewhere;
    private final StringBuilder text = new StringBuilder();
    private final List<Facet> facets = new ArrayList<>();
    private final Set<String> unseen;
    private final Set<PublicKey> named = new HashSet<>();
    private final List<Loss> losses = new ArrayList<>();

    /// @param losses what could not be kept
    record Result(RichText text, List<Loss> losses) {}

    private TextIn(String source, Set<String> tags, Resolved resolved, Set<String> elsewhere) {
        this.elsewhere = elsewhere;
        this.source = source.replace("\r\n", "\n").replace('\r', '\n');
        this.tags = tags;
        this.unseen = new LinkedHashSet<>(tags);
        this.resolved = resolved;
    }

    /// The people a text names, as far as they will be looked up.
    static Set<NativeId> people(String content) {
        Set<NativeId> people = new LinkedHashSet<>();
        Matcher matcher = spans(content);
        for (int done = 0; people.size() < MOST_MENTIONS && find(matcher, content, done); done = matcher.end()) {
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
        return read(content, hashtags, resolved, Set.of());
    }

    /// @param elsewhere addresses of what is carried beside the text, event ids among them: the text goes without
    static Result read(String content, Set<String> hashtags, Resolved resolved, Set<String> elsewhere) {
        var in = new TextIn(content, hashtags, resolved, elsewhere);
        in.run();
        if (!elsewhere.isEmpty()) {
            in.text.setLength(in.text.toString().stripTrailing().length());
        }
        in.unseen.forEach(tag -> in.losses.add(unseen(tag)));
        return in.result();
    }

    /// The same for a piece of a text: the white space around it counts, and a hashtag may stand in another piece.
    static Result piece(String content, Set<String> hashtags, Resolved resolved, Set<String> elsewhere) {
        var in = new TextIn(content, hashtags, resolved, elsewhere);
        in.run();
        return in.result();
    }

    static Loss unseen(String hashtag) {
        return new Loss("hashtag", "#" + hashtag + " is not in the text");
    }

    private Result result() {
        return new Result(new RichText(text.toString(), facets), losses);
    }

    private void run() {
        Matcher matcher = spans(source);
        int done = 0;
        while (find(matcher, source, done)) {
            text.append(source, done, matcher.start());
            done = span(matcher);
        }
        text.append(source, done, source.length());
    }

    private static Matcher spans(String text) {
        return SPANS.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
    }

    /// Finds the next span. The expression is tried only where one may begin, which is not at most characters.
    private static boolean find(Matcher matcher, String text, int from) {
        for (int at = from; at < text.length(); at++) {
            boolean candidate = switch (text.charAt(at)) {
                case 'n', 'N', 'h', 'H', '@', '#' -> true;
                default -> false;
            };
            // What is before it counts (transparent bounds): `@` and `#` begin nothing inside a word.
            if (candidate && matcher.region(at, text.length()).lookingAt()) {
                return true;
            }
        }
        return false;
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
        return address(matcher.group(), matcher.group("bech")) ? matcher.end() : skipped(matcher.end());
    }

    /// What was left out leaves no gap.
    private int skipped(int end) {
        int next = end;
        boolean open = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
        while (open && next < source.length() && Character.isWhitespace(source.charAt(next))) {
            next++;
        }
        return next;
    }

    private int url(Matcher matcher) {
        String url = withoutPunctuation(matcher.group());
        if (elsewhere.contains(url)) {
            return skipped(matcher.start() + url.length());
        }
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

    /// @return whether it stands in the text
    private boolean address(String span, String bech) {
        Optional<Nip19.Entity> entity = Nip19.decode(bech.toLowerCase(Locale.ROOT));
        if (entity.map(TextIn::target).filter(elsewhere::contains).isPresent()) {
            return false;
        }
        switch (entity.orElse(null)) {
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
        return true;
    }

    /// The event id or address of what is shown inside; empty for people.
    private static String target(Nip19.Entity entity) {
        return switch (entity) {
            case Nip19.Note(EventId id) -> id.hex();
            case Nip19.Nevent nevent -> nevent.id().hex();
            case Nip19.Naddr naddr -> naddr.kind() + ":" + naddr.author().hex() + ":" + naddr.identifier();
            case Nip19.Npub _, Nip19.Nprofile _ -> "";
        };
    }

    private void mention(PublicKey key) {
        NativeId person = NativeEvents.id(key);
        if (named.add(key) && named.size() == MOST_MENTIONS + 1) {
            losses.add(new Loss("mention", "more than " + MOST_MENTIONS + " people: the others stand by their keys"));
        }
        String handle = resolved.actor(person).flatMap(Resolved.Actor::handle).orElseGet(() -> shortened(key.npub()));
        int start = text.length();
        text.append(handle.startsWith("@") ? handle : "@" + handle);
        facets.add(new Facet.Mention(start, text.length(), person));
    }

    private static String shortened(String bech) {
        return bech.length() <= SHOWN ? bech : bech.substring(0, SHOWN) + "…";
    }
}
