package dev.drawbridge.engine;

import dev.drawbridge.engine.notice.Notice;
import dev.drawbridge.engine.notice.NoticeKey;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.moderation.Effect;
import dev.drawbridge.model.moderation.Rule;
import dev.drawbridge.model.port.Complaints;
import dev.drawbridge.model.spi.NativeEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the operator's rules mean for those they cover: each is told why, once and in plain words, and can appeal.
final class Rulings {
    private static final Logger LOG = LoggerFactory.getLogger(Rulings.class);

    /// Older rules about words and files are not appealed by those whose posts they kept back.
    private static final int MOST_CONTENT = 500;

    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Letters letters;
    private final LiveRules rules;
    private final ReportQuota quota;

    Rulings(
            Ports ports,
            Connectors connectors,
            Resolver resolver,
            Letters letters,
            LiveRules rules,
            InstantSource clock) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.letters = letters;
        this.rules = rules;
        this.quota = new ReportQuota(ports.cursors(), clock);
    }

    /// What holds about somebody now. Asks their network what they are called if that matters; what holds for
    /// everybody else holds for those of whom it is not known.
    Optional<Rule> on(NativeId person) {
        return rules.on(person, resolver);
    }

    /// Whether nothing of somebody is read.
    boolean shutsOut(NativeId person) {
        return on(person).filter(rule -> rule.effect() == Effect.DENY).isPresent();
    }

    /// A rule about somebody begins or ends, or their appeal is answered. What holds now decides what they are told:
    /// between the change and this there may have been another.
    List<Delivery> follow(Ruling ruling, NativeEvent event) {
        NativeId person = event.author();
        List<Consent> said = ports.consents().of(person);
        if (said.isEmpty()) {
            return List.of();
        }
        var occasion =
                new Letters.Occasion(person, said.getFirst().target(), event.id(), ruling.at(), event.receivedAt());
        Optional<Rule> rule = on(person);
        return switch (ruling.what()) {
            case BEGINS -> rule.map(r -> begun(r, said, occasion)).orElseGet(List::of);
            case ENDS ->
                rule.isPresent() || !ports.notices().written(begin(person, ruling.words()))
                        ? List.of()
                        : letters.must(occasion, Notice.of(NoticeKey.RULE_ENDED), ruling.words());
            case APPEAL_REFUSED ->
                decision(person).isEmpty()
                        ? List.of()
                        : letters.must(
                                occasion,
                                Notice.of(NoticeKey.APPEAL_REFUSED, Notice.plain(ruling.words())),
                                event.id().key());
        };
    }

    /// Once for each rule and person: they are told, and what is there is taken back where the rule does that. Not as
    /// long as it is not known whether the rule is about them.
    private List<Delivery> begun(Rule rule, List<Consent> said, Letters.Occasion occasion) {
        NativeId person = occasion.person();
        if (rules.isUnsure(rule, person, resolver)
                || !ports.notices()
                        .first(begin(person, subject(rule)), occasion.cause().key())) {
            return List.of();
        }
        List<Delivery> deliveries = new ArrayList<>(letters.must(occasion, told(rule, occasion.bot()), subject(rule)));
        if (takesBack(rule)) {
            for (Consent consent : said) {
                deliveries.addAll(copies(occasion, consent.target()));
            }
        }
        LOG.info("{} {}: {}", rule.effect().word(), person, rule.id());
        return deliveries;
    }

    private static boolean takesBack(Rule rule) {
        boolean aboutPeople = switch (rule.subject().kind()) {
            case DOMAIN, ACTOR -> true;
            case WORD, MEDIA -> false;
        };
        return aboutPeople
                && rule.source().equals(Rule.OPERATOR)
                && rule.effect().compareTo(Effect.HIDE) >= 0;
    }

    private static String begin(NativeId person, String subject) {
        return person.key() + " ruled " + subject;
    }

    /// Every copy on a network is taken back from where it went; the stand-in stays.
    private List<Delivery> copies(Letters.Occasion occasion, Network target) {
        return connectors.reaches(target)
                ? Copies.takeBack(
                        ports.ledger(),
                        occasion.person(),
                        target,
                        occasion.cause(),
                        occasion.at(),
                        occasion.receivedAt())
                : List.of();
    }

    /// Whoever is kept back is told once for each rule, by the first thing of theirs that is. A rule of which it shows
    /// only now that it is about them begins now.
    List<Delivery> keptBack(Rule rule, Activity activity, Instant receivedAt) {
        NativeId author = activity.author();
        List<Consent> given =
                ports.consents().of(author).stream().filter(Consent::given).toList();
        return given.isEmpty()
                ? List.of()
                : begun(
                        rule,
                        given,
                        new Letters.Occasion(
                                author, given.getFirst().target(), activity.id(), activity.at(), receivedAt));
    }

    /// What somebody reads about a rule that covers them, or something they wrote.
    static Notice told(Rule rule, Network target) {
        NoticeKey key = switch (rule.subject().kind()) {
            case WORD, MEDIA -> NoticeKey.POST_DENIED;
            case DOMAIN, ACTOR ->
                switch (rule.effect()) {
                    case FREEZE -> NoticeKey.FROZEN;
                    case HIDE -> NoticeKey.HIDDEN;
                    case DENY, ALLOW -> NoticeKey.DENIED;
                };
        };
        return Notice.of(
                key,
                rule.reason().isBlank() ? Notice.why(LiveRules.reason(rule), target) : Notice.plain(rule.reason()));
    }

    /// One decision: changed, it is another one.
    static String subject(Rule rule) {
        return rule.id() + " " + rule.effect() + " " + rule.since();
    }

    /// Somebody who is kept back says why they should not be. One appeal against each decision lies in the queue, with
    /// their last words.
    ///
    /// @param words theirs, one line
    /// @return what they are told
    NoticeKey appeal(NativeId person, String words, Instant at) {
        Optional<String> decision = decision(person);
        if (decision.isEmpty()) {
            return NoticeKey.NOTHING_TO_APPEAL;
        }
        String id = appealId(person, decision.get());
        if (ports.complaints()
                .find(id)
                .filter(before -> before.state() != Complaints.State.OPEN)
                .isPresent()) {
            return NoticeKey.APPEAL_DECIDED;
        }
        // Who was carried once is heard; of strangers so many a day.
        if (ports.consents().of(person).isEmpty()
                && quota.refusal(person.network(), server(person), new NativeId(Network.BRIDGE, id))
                        .isPresent()) {
            return NoticeKey.APPEAL_LATER;
        }
        ports.complaints()
                .heard(new Complaints.Complaint(
                        id, person.network(), person, Optional.empty(), words, at, at, Complaints.State.OPEN, ""));
        LOG.warn("{} appeals: {}", person, words);
        return NoticeKey.APPEALED;
    }

    /// What was decided about somebody, or else about what they wrote, and holds.
    private Optional<String> decision(NativeId person) {
        return on(person)
                .map(Rulings::subject)
                .or(() -> ports.consents().of(person).stream()
                        .filter(Sanction::holds)
                        .map(consent -> consent.how() + " " + consent.since())
                        .findFirst())
                .or(() -> rules.onContent().stream()
                        .limit(MOST_CONTENT)
                        .map(Rulings::subject)
                        .filter(subject -> ports.notices().written(begin(person, subject)))
                        .findFirst());
    }

    private String server(NativeId person) {
        return connectors.get(person.network()).home(person.value()).orElse(person.value());
    }

    private static String appealId(NativeId person, String decision) {
        String what = person.key() + " " + decision;
        return Appeals.MARK + UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8));
    }
}
