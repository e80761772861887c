package dev.drawbridge.model.moderation;

import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Poll;
import dev.drawbridge.model.Post;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Every rule at once, compiled for questions. Pure; what a question costs does not depend on how many rules there are.
///
/// About people the narrowest rule counts: one for an account before one for its domain, one for a domain before one
/// for what is above it, `*` last. Of two that are equally narrow the operator's own counts before that of a list, and
/// then the stricter one. Somebody with two domains, that of the id and that of the handle, is treated as the stricter.
public final class RuleBook {
    /// No rules.
    public static final RuleBook EMPTY = new RuleBook(List.of());

    private static final Comparator<Rule> STRENGTH =
            Comparator.comparing(Rule::own).thenComparing(Rule::effect);

    private final Map<Subject.Kind, Map<String, List<Rule>>> rules = new EnumMap<>(Subject.Kind.class);
    private final WordIndex words;
    private final boolean empty;
    private final boolean names;
    private final boolean exceptNames;

    /// @param given in any order; ended ones may be among them
    public RuleBook(Collection<Rule> given) {
        for (Rule rule : given) {
            of(rule.subject().kind())
                    .computeIfAbsent(rule.subject().value(), _ -> new ArrayList<>(1))
                    .add(rule);
        }
        rules.values().forEach(ofOneKind -> ofOneKind.values().forEach(same -> same.sort(STRENGTH.reversed())));
        words = new WordIndex(of(Subject.Kind.WORD).keySet());
        empty = given.isEmpty();
        names = given.stream().anyMatch(rule -> rule.subject().kind() == Subject.Kind.DOMAIN || isName(rule));
        exceptNames = given.stream().anyMatch(rule -> isName(rule) && rule.effect() != Effect.DENY);
    }

    /// Whether it is about an account by what may be its handle, not by an id that says so.
    private static boolean isName(Rule rule) {
        String value = rule.subject().value();
        return rule.subject().kind() == Subject.Kind.ACTOR
                && value.contains(".")
                && !value.contains("://")
                && !value.startsWith("did:");
    }

    private Map<String, List<Rule>> of(Subject.Kind kind) {
        return rules.computeIfAbsent(kind, _ -> new HashMap<>());
    }

    public boolean isEmpty() {
        return empty;
    }

    /// Whether it has to be known what people are called: there are rules about domains or handles.
    public boolean asksForNames() {
        return names;
    }

    /// Whether a rule that was found without a handle may give way to another one once the handle is known.
    public boolean mayGiveWay(Rule found) {
        return switch (found.subject().kind()) {
            case DOMAIN -> exceptNames || found.subject().value().equals(Subject.EVERYBODY);
            case ACTOR -> exceptNames && !found.own();
            case WORD, MEDIA -> false;
        };
    }

    /// Those about what people write, the newest first, that hold now.
    public List<Rule> onContent(Instant now) {
        return Stream.of(Subject.Kind.WORD, Subject.Kind.MEDIA)
                .flatMap(kind -> all(kind).values().stream())
                .flatMap(List::stream)
                .filter(rule -> rule.effect() == Effect.DENY && rule.holds(now))
                .sorted(Comparator.comparing(Rule::since).reversed())
                .toList();
    }

    /// What holds about somebody, where it does anything.
    ///
    /// @param handle as their network writes it, where it is known; without it what is found may give way, see
    ///     [#mayGiveWay(Rule)]
    public Optional<Rule> onPerson(NativeId person, Optional<String> handle, Instant now) {
        if (empty) {
            return Optional.empty();
        }
        Optional<String> called = handle.map(RuleBook::bare).filter(h -> !h.isEmpty());
        Optional<Rule> named = Stream.concat(Stream.of(bare(person.value())), called.stream())
                .flatMap(name -> at(Subject.Kind.ACTOR, name, now).stream())
                .max(STRENGTH);
        return named.or(() -> onHosts(
                        Stream.concat(
                                        Hosts.of(person.value()).stream(),
                                        called.map(h -> h.substring(h.lastIndexOf('@') + 1)).stream())
                                .toList(),
                        now))
                .or(() -> everybody(now))
                .filter(rule -> rule.effect() != Effect.ALLOW);
    }

    /// What holds about a server, where it does anything.
    public Optional<Rule> onHost(String host, Instant now) {
        return empty
                ? Optional.empty()
                : onHosts(List.of(Hosts.bare(host)), now)
                        .or(() -> everybody(now))
                        .filter(rule -> rule.effect() != Effect.ALLOW);
    }

    /// The first thing in a post that is denied.
    public Optional<Rule> onPost(Post post, Instant now) {
        if (empty) {
            return Optional.empty();
        }
        Optional<Rule> file = post.media().stream()
                .map(Media::sha256)
                .flatMap(Optional::stream)
                .flatMap(digest -> denied(Subject.Kind.MEDIA, digest, now).stream())
                .findFirst();
        return file.or(() -> words.isEmpty()
                ? Optional.empty()
                : words.in(text(post))
                        .flatMap(word -> denied(Subject.Kind.WORD, word, now).stream())
                        .findFirst());
    }

    private Optional<Rule> denied(Subject.Kind kind, String value, Instant now) {
        return at(kind, value, now).filter(rule -> rule.effect() != Effect.ALLOW);
    }

    /// Domains that nothing is carried from or to, in order, for everybody to read.
    public List<Rule> domains(Instant now) {
        return all(Subject.Kind.DOMAIN).keySet().stream()
                .flatMap(domain -> at(Subject.Kind.DOMAIN, domain, now).stream())
                .filter(rule -> rule.effect() != Effect.ALLOW)
                .filter(rule -> rule.subject().value().contains(".")
                        || rule.subject().value().equals(Subject.EVERYBODY))
                .sorted(Comparator.comparing(rule -> rule.subject().value()))
                .toList();
    }

    /// Whether a rule that held at `then` has ended.
    public boolean endedSince(Instant then, Instant now) {
        return rules.values().stream()
                .flatMap(ofOneKind -> ofOneKind.values().stream())
                .flatMap(List::stream)
                .anyMatch(rule -> rule.holds(then) && !rule.holds(now));
    }

    private Optional<Rule> onHosts(List<String> hosts, Instant now) {
        return hosts.stream().flatMap(host -> narrowest(host, now).stream()).max(Comparator.comparing(Rule::effect));
    }

    private Optional<Rule> everybody(Instant now) {
        return at(Subject.Kind.DOMAIN, Subject.EVERYBODY, now);
    }

    private Optional<Rule> narrowest(String host, Instant now) {
        String domain = host;
        while (!domain.isEmpty()) {
            Optional<Rule> rule = at(Subject.Kind.DOMAIN, domain, now);
            if (rule.isPresent()) {
                return rule;
            }
            int dot = domain.indexOf('.');
            domain = dot < 0 ? "" : domain.substring(dot + 1);
        }
        return Optional.empty();
    }

    private Optional<Rule> at(Subject.Kind kind, String value, Instant now) {
        return all(kind).getOrDefault(value, List.of()).stream()
                .filter(rule -> rule.holds(now))
                .findFirst();
    }

    private Map<String, List<Rule>> all(Subject.Kind kind) {
        return rules.getOrDefault(kind, Map.of());
    }

    /// Whether the other has the same rules.
    public boolean sameAs(RuleBook other) {
        return rules.equals(other.rules);
    }

    private static String bare(String name) {
        int start = 0;
        while (start < name.length() && name.charAt(start) == '@') {
            start++;
        }
        return name.substring(start).toLowerCase(Locale.ROOT);
    }

    /// Everything of a post that somebody reads.
    private static String text(Post post) {
        var text = new StringBuilder(post.text().text());
        post.article()
                .ifPresent(article ->
                        text.append('\n').append(article.title()).append('\n').append(article.summary()));
        for (Facet facet : post.text().facets()) {
            if (facet instanceof Facet.Link link) {
                text.append('\n').append(link.target());
            }
        }
        post.warning()
                .map(ContentWarning::reason)
                .ifPresent(words -> text.append('\n').append(words));
        post.media().forEach(file -> text.append('\n').append(file.alt()));
        post.poll().stream()
                .flatMap(poll -> poll.options().stream())
                .map(Poll.Option::text)
                .forEach(option -> text.append('\n').append(option));
        return text.toString();
    }
}
