package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.consent.Reason;
import dev.drawbridge.model.moderation.Effect;
import dev.drawbridge.model.moderation.Rule;
import dev.drawbridge.model.moderation.RuleBook;
import dev.drawbridge.model.moderation.Subject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The operator's rules in memory, for questions asked on every event: those of the settings and those that are stored.
public final class LiveRules {
    private final List<Rule> settings;
    private final InstantSource clock;
    private volatile RuleBook book;

    /// With what the settings say; what is stored comes with [#take(Collection)].
    ///
    /// @param denied domains with everything below them, handles, ids; one that begins with `@` is a handle
    public LiveRules(List<String> denied, InstantSource clock) {
        this.settings = denied.stream().flatMap(name -> rules(name).stream()).toList();
        this.clock = clock;
        this.book = new RuleBook(settings);
    }

    /// Those of the settings alone, which never end.
    static LiveRules of(List<String> denied) {
        return new LiveRules(denied, InstantSource.fixed(Instant.EPOCH));
    }

    private static List<Rule> rules(String name) {
        List<Rule> rules = new ArrayList<>();
        rules.add(rule(new Subject(Subject.Kind.ACTOR, name)));
        try {
            if (!name.startsWith("@")) {
                rules.add(rule(new Subject(Subject.Kind.DOMAIN, name)));
            }
        } catch (IllegalArgumentException e) {
            // An id, and nothing else.
            return rules;
        }
        return rules;
    }

    private static Rule rule(Subject subject) {
        return new Rule(subject, Effect.DENY, "", Rule.SETTINGS, Instant.EPOCH, Optional.empty());
    }

    /// From now on these hold beside those of the settings.
    public void take(Collection<Rule> stored) {
        List<Rule> all = new ArrayList<>(settings);
        all.addAll(stored);
        book = new RuleBook(all);
    }

    /// Those that hold now. What was handed out does not change.
    public RuleBook book() {
        return book;
    }

    /// What holds about somebody, where it does anything.
    ///
    /// @param profile where it is known
    public Optional<Rule> on(NativeId person, Optional<Profile> profile) {
        return book.onPerson(person, handle(profile), clock.instant());
    }

    /// What somebody is called, where that says a domain: while a network does not say, it shows a key or an id.
    static Optional<String> handle(Optional<Profile> profile) {
        return profile.map(Profile::handle).filter(handle -> handle.contains(".") && !handle.startsWith("did:"));
    }

    /// What holds about somebody, where it does anything. Their network is asked what they are called if there are
    /// rules about that, at most every ten minutes.
    Optional<Rule> on(NativeId person, Resolver resolver) {
        RuleBook now = book;
        return now.isEmpty() ? Optional.empty() : on(person, profile(person, resolver));
    }

    /// Whether a rule was found only because nobody says what somebody is called: another one may make an exception.
    boolean isUnsure(Rule found, NativeId person, Resolver resolver) {
        return book.mayGiveWay(found) && handle(profile(person, resolver)).isEmpty();
    }

    private Optional<Profile> profile(NativeId person, Resolver resolver) {
        return book.asksForNames() ? resolver.profile(person) : resolver.known(person);
    }

    /// What holds about a server, where it does anything.
    Optional<Rule> onHost(String host) {
        return book.onHost(host, clock.instant());
    }

    /// The first thing in a post that is denied.
    Optional<Rule> onPost(Post post) {
        return book.onPost(post, clock.instant());
    }

    /// Domains nobody of whom is carried, with why, in order; for everybody to read. People are not among them.
    public List<Rule> domains() {
        return book.domains(clock.instant());
    }

    /// Whether nothing is forbidden to anybody.
    boolean isEmpty() {
        return book.isEmpty();
    }

    /// Those about what people write, the newest first.
    List<Rule> onContent() {
        return book.onContent(clock.instant());
    }

    /// Whether nothing of somebody is read, if their id alone tells.
    boolean shutsOut(NativeId person) {
        RuleBook now = book;
        return !now.isEmpty()
                && on(person, Optional.empty())
                        .filter(rule -> rule.effect() == Effect.DENY && !now.mayGiveWay(rule))
                        .isPresent();
    }

    /// How a rule about people is told to them, short of the operator's own words.
    static Reason reason(Rule rule) {
        return switch (rule.effect()) {
            case DENY, ALLOW -> Reason.DENIED_BY_OPERATOR;
            case HIDE -> Reason.HIDDEN_BY_OPERATOR;
            case FREEZE -> Reason.FROZEN_BY_OPERATOR;
        };
    }
}
