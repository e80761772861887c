package dev.drawbridge.engine;

import dev.drawbridge.engine.notice.Notice;
import dev.drawbridge.engine.notice.NoticeKey;
import dev.drawbridge.model.ConsentSignal;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.KnownBridges;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.PrivateKeys;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Decision;
import dev.drawbridge.model.consent.Reason;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks somebody who is not here whether they want to be, because somebody who is here wants them: one letter ever,
/// whoever wants them, and none to those who may not want it (ADR 67). That it was written is kept as a digest; nothing
/// else of them is.
final class Asking {
    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
    private static final int LONGEST_NAME = 100;
    /// Longer addresses say more than where somebody is.
    private static final int LONGEST_LINK = 120;
    /// How long somebody is carried before anybody is asked for them: accounts are made in a moment.
    private static final Duration SETTLED = Duration.ofDays(1);
    /// Of so many wishes one is granted at most, so that looking people up has an end too.
    private static final int TRIES = 10;

    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Letters letters;
    private final Terms terms;
    private final Vouches vouches;
    private final InstantSource clock;

    Asking(Ports ports, Connectors connectors, Resolver resolver, Letters letters, Terms terms, InstantSource clock) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.letters = letters;
        this.terms = terms;
        this.vouches = new Vouches(ports, connectors, resolver, terms, clock);
        this.clock = clock;
    }

    /// Who wants whom, and how they said it.
    ///
    /// @param occasion about who asks: the message, and when
    /// @param other who is wanted, on their own network
    /// @param called what who asks calls them
    record Wish(Letters.Occasion occasion, NativeId other, String called) {
        NativeId asker() {
            return occasion.person();
        }
    }

    /// What became of it.
    ///
    /// @param answer what who asked is told; empty if this bridge asks nobody
    record Said(List<Delivery> deliveries, List<Notice> answer) {}

    /// Asks, or says why not. Done again for the same message, it is the same letter.
    Said ask(Wish wish) {
        if (!terms.asks().on()) {
            return new Said(List.of(), List.of());
        }
        Optional<Notice> refusal = ofAsker(wish).or(() -> ofOther(wish)).or(() -> ofTries(wish));
        if (refusal.isPresent()) {
            return new Said(List.of(), List.of(refusal.get()));
        }
        Optional<Destination> place = mailbox(wish.other());
        if (place.isEmpty()) {
            return new Said(List.of(), List.of(said(NoticeKey.ASK_NO_LETTERS, wish)));
        }
        Optional<Profile> profile = read(wish.other());
        Optional<Notice> objection = ofProfile(wish, profile).or(() -> ofWay(wish, place.get()));
        if (objection.isPresent()) {
            return new Said(List.of(), List.of(objection.get()));
        }
        // Counted before anything is written, so that whatever happens then nobody is asked twice.
        Optional<Notice> enough = ofToday(wish, profile);
        if (enough.isPresent() || !ports.notices().first(mark(wish.other()), cause(wish))) {
            return new Said(List.of(), List.of(enough.orElseGet(() -> said(NoticeKey.ASK_CANNOT, wish))));
        }
        LOG.info("somebody on {} is asked for {}", wish.other().network(), wish.asker());
        return new Said(letter(wish, profile, place.get()), List.of(said(NoticeKey.ASKED, wish)));
    }

    /// What speaks against it about who asks.
    private Optional<Notice> ofAsker(Wish wish) {
        NativeId asker = wish.asker();
        Network there = wish.other().network();
        boolean barred = terms.rules().on(asker, resolver).isPresent()
                || ports.consents().of(asker).stream().anyMatch(Sanction::holds)
                || terms.pace().behind(asker);
        if (barred) {
            return Optional.of(said(NoticeKey.ASK_BARRED, wish));
        }
        if (ports.preferences().of(asker).shuns(wish.other())) {
            return Optional.of(said(NoticeKey.ASK_SHUNNED, wish));
        }
        if (standIn(asker, there).isEmpty()) {
            return Optional.of(Notice.of(
                    NoticeKey.ASK_NOT_THERE,
                    Notice.plain(wish.called()),
                    Notice.where(there),
                    Notice.names(List.of(there))));
        }
        return isSettled(asker) ? Optional.empty() : Optional.of(said(NoticeKey.ASK_NEW, wish));
    }

    /// Somebody comes in. When it was heard counts: when it was said is theirs to say.
    static void came(Ports ports, NativeId person, Instant heard) {
        LocalDate day = LocalDate.ofInstant(heard, ZoneOffset.UTC);
        ports.notices().first(came(person, day), day.toString(), heard.plus(SETTLED.multipliedBy(3)));
    }

    private boolean isSettled(NativeId asker) {
        Instant settled = clock.instant().minus(SETTLED);
        boolean isNew = Stream.of(today(), today().minusDays(1))
                .anyMatch(day -> ports.notices().written(came(asker, day)));
        return !isNew
                && ports.consents().of(asker).stream()
                        .anyMatch(consent -> consent.given() && !consent.since().isAfter(settled));
    }

    private static String came(NativeId person, LocalDate day) {
        return "came " + day + " " + person.key();
    }

    /// Whether somebody wanted so many people today that nobody is even looked at.
    private Optional<Notice> ofTries(Wish wish) {
        int most = (int) Math.min(Integer.MAX_VALUE, (long) TRIES * terms.asks().perPerson());
        String tries = "ask tries by " + wish.asker().key();
        return ports.quotas().admits(tries, cause(wish), most, today())
                ? Optional.empty()
                : Optional.of(said(NoticeKey.ASK_OFTEN, wish));
    }

    /// What keeps letters from going there now; looked at again before one goes.
    private Optional<Notice> ofWay(Wish wish, Destination place) {
        return AskLetter.canGo(ports, Ghost.botOrigin(wish.asker().network()), place)
                ? Optional.empty()
                : Optional.of(said(NoticeKey.ASK_LATER, wish));
    }

    /// What speaks against it about who is wanted, without asking anybody.
    private Optional<Notice> ofOther(Wish wish) {
        NativeId other = wish.other();
        if (!letters.canReach(other)) {
            return Optional.of(said(NoticeKey.ASK_NO_LETTERS, wish));
        }
        boolean asked = ports.notices().written(mark(other)) && !ports.notices().first(mark(other), cause(wish));
        return asked || spoke(ports, other) ? Optional.of(said(NoticeKey.ASK_CANNOT, wish)) : Optional.empty();
    }

    /// Whether somebody ever said anything to this bridge that stays: who did knows where to find it.
    static boolean spoke(Ports ports, NativeId person) {
        return !ports.consents().of(person).isEmpty()
                || new Refusals(ports.consents()).any(person)
                || !ports.links().words(person).isEmpty()
                || !ports.links().of(person).isEmpty();
    }

    /// Somebody blocks a person who is shown there by this bridge, or complains about one: they are never asked,
    /// unless they are carried, which is an answer. It is noted as if they had been, and as if a letter that is on
    /// its way had been sent.
    static void spare(Ports ports, NativeId person) {
        if (ports.consents().of(person).isEmpty()) {
            ports.notices().once(mark(person));
            AskLetter.isFirst(ports, AskLetter.id(person));
        }
    }

    /// What speaks against it in what they show. Where nothing can be read, no refusal can be read either.
    private Optional<Notice> ofProfile(Wish wish, Optional<Profile> profile) {
        if (profile.filter(Asking::saysSomething).isEmpty()) {
            return Optional.of(said(NoticeKey.ASK_SILENT, wish));
        }
        if (profile.filter(shown -> isNobody(wish.other(), shown)).isPresent()) {
            return Optional.of(said(NoticeKey.ASK_NOBODY, wish));
        }
        if (terms.rules().on(wish.other(), profile).isPresent()) {
            return Optional.of(said(NoticeKey.ASK_CANNOT, wish));
        }
        Network target = wish.asker().network();
        return against(target, profile)
                .or(() -> vouches.objection(wish.other(), profile))
                .map(reason -> Notice.of(
                        NoticeKey.ASK_AGAINST, Notice.plain(wish.called()), Notice.whyOthers(reason, target)));
    }

    /// Whatever a profile says against being carried, also what is no refusal.
    private Optional<Reason> against(Network target, Optional<Profile> profile) {
        var question = new ConsentPolicy.Question(Optional.empty(), target, profile, Optional.empty(), false);
        return switch (terms.policy().decide(question)) {
            case Decision.Allow _ -> Optional.empty();
            case Decision.Deny(Reason reason) -> Optional.of(reason);
            case Decision.Ask(Reason reason) -> Optional.of(reason).filter(r -> r != Reason.NOT_ASKED);
        };
    }

    private static boolean saysSomething(Profile profile) {
        return !profile.displayName().isBlank() || !profile.bio().text().isBlank();
    }

    private static boolean isNobody(NativeId person, Profile profile) {
        return profile.automated()
                || profile.signals().contains(ConsentSignal.NOBODY)
                || profile.movedTo().isPresent()
                || Newcomers.host(person, Optional.of(profile))
                        .filter(KnownBridges::isHost)
                        .isPresent();
    }

    /// How many are asked of one kind in a day.
    ///
    /// @param refusal what who asks hears if there were enough
    private record Cap(String kind, int most, Notice refusal) {}

    private List<Cap> caps(Wish wish, Optional<Profile> profile) {
        NativeId asker = wish.asker();
        NativeId other = wish.other();
        String from = Newcomers.source(asker, resolver.profile(asker)).orElse("");
        String of = Newcomers.source(other, profile).orElse("");
        var asks = terms.asks();
        int most = asks.perPerson();
        return List.of(
                new Cap("asks by " + asker.key(), most, said(NoticeKey.ASK_MOST, wish, Integer.toString(most))),
                new Cap("asks from " + asker.network() + " " + from, asks.perDomain(), said(NoticeKey.ASK_FROM, wish)),
                new Cap("asks of " + other.network() + " " + of, asks.perDomain(), said(NoticeKey.ASK_DOMAIN, wish)),
                new Cap("asks", asks.perDay(), said(NoticeKey.ASK_FULL, wish)));
    }

    /// Counts only if there is room everywhere, so that nobody pays for a letter that is not written.
    private Optional<Notice> ofToday(Wish wish, Optional<Profile> profile) {
        List<Cap> caps = caps(wish, profile);
        String thing = wish.other().key();
        return caps.stream()
                .filter(cap -> !ports.quotas().hasRoom(cap.kind(), thing, cap.most(), today()))
                .findFirst()
                .or(() -> caps.stream()
                        .filter(cap -> !ports.quotas().admits(cap.kind(), thing, cap.most(), today()))
                        .findFirst())
                .map(Cap::refusal);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /// What they show now: a refusal of a minute ago is one.
    private Optional<Profile> read(NativeId other) {
        resolver.forget(other);
        return resolver.profile(other);
    }

    private Optional<Destination> mailbox(NativeId other) {
        try {
            return connectors.get(other.network()).mailbox(other);
        } catch (RuntimeException e) {
            LOG.info(
                    "nobody can tell where somebody on {} takes letters: {}",
                    other.network(),
                    e.getClass().getName());
            return Optional.empty();
        }
    }

    private List<Delivery> letter(Wish wish, Optional<Profile> profile, Destination place) {
        NativeId asker = wish.asker();
        String name = standIn(asker, place.network()).map(Ghost::handle).orElse("");
        var notice = Notice.of(
                NoticeKey.ASK_LETTER,
                Notice.plain(inert(name)),
                Notice.where(asker.network()),
                Notice.plain(page(asker)));
        var letter = new Letters.Question(
                wish.other(),
                profile.map(Profile::handle)
                        .filter(handle -> !handle.isBlank())
                        .orElse(wish.other().value()),
                asker.network(),
                AskLetter.id(wish.other()),
                wish.occasion().at(),
                wish.occasion().receivedAt());
        return letters.ask(letter, notice, place);
    }

    private Optional<Ghost> standIn(NativeId person, Network there) {
        boolean carried =
                ports.consents().find(person, there).filter(Consent::given).isPresent();
        return ports.identities().find(person, there).filter(ghost -> carried && ghost.active());
    }

    /// A name, and nothing that does anything: no address to press, no line to read on, no place to fill in.
    static String inert(String handle) {
        String name = handle.replaceAll("[^\\p{L}\\p{N}@._~-]", "");
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    /// Where their original account is; what they are called there if its address could say more than that.
    private String page(NativeId person) {
        return connectors
                .get(person.network())
                .actorPage(person)
                .map(URI::toASCIIString)
                .or(() -> Optional.of(person.value()))
                .filter(Asking::isPlain)
                .or(() -> resolver.profile(person).map(Profile::handle).map(Asking::inert))
                .filter(page -> !PrivateKeys.in(page))
                .orElse("");
    }

    /// Whether an address says where somebody is and nothing else.
    static boolean isPlain(String page) {
        return page.length() <= LONGEST_LINK && !page.matches("(?s).*[\\s{}<>?#].*") && !PrivateKeys.in(page);
    }

    private static Notice said(NoticeKey key, Wish wish) {
        return Notice.of(key, Notice.plain(wish.called()));
    }

    private static Notice said(NoticeKey key, Wish wish, String text) {
        return Notice.of(key, Notice.plain(wish.called()), Notice.plain(text));
    }

    private static String mark(NativeId other) {
        return "asked " + other.key();
    }

    private static String cause(Wish wish) {
        return wish.occasion().cause().key();
    }
}
