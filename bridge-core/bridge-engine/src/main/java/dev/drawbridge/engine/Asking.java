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
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks somebody who is not here whether they want to be, because somebody who is here wants them: one letter ever,
/// whoever wants them, and none to those who may not want it (ADR 67). That it was written is kept as a digest; nothing
/// else of them is.
final class Asking {
    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_LINK = 300;

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
        Optional<Notice> refusal = ofAsker(wish).or(() -> ofOther(wish));
        if (refusal.isPresent()) {
            return new Said(List.of(), List.of(refusal.get()));
        }
        Optional<Destination> place = mailbox(wish.other());
        if (place.isEmpty()) {
            return new Said(List.of(), List.of(said(NoticeKey.ASK_NO_LETTERS, wish)));
        }
        Optional<Profile> profile = read(wish.other());
        Optional<Notice> objection = ofProfile(wish, profile);
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
        return standIn(asker, there).isPresent()
                ? Optional.empty()
                : Optional.of(Notice.of(
                        NoticeKey.ASK_NOT_THERE,
                        Notice.plain(wish.called()),
                        Notice.where(there),
                        Notice.names(List.of(there))));
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

    /// Somebody blocks a person who is shown there by this bridge: they are never asked, unless they are carried, which
    /// is an answer. It is noted as if they had been.
    static void spare(Ports ports, NativeId person) {
        if (ports.consents().of(person).isEmpty()) {
            ports.notices().once(mark(person));
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

    private Optional<Notice> ofToday(Wish wish, Optional<Profile> profile) {
        Network there = wish.other().network();
        String source = Newcomers.source(wish.other(), profile).orElse("");
        var asks = terms.asks();
        if (!counts("asks by " + wish.asker().key(), wish, asks.perPerson())) {
            return Optional.of(said(NoticeKey.ASK_MOST, wish, Integer.toString(asks.perPerson())));
        }
        if (!counts("asks of " + there + " " + source, wish, asks.perDomain())) {
            return Optional.of(said(NoticeKey.ASK_DOMAIN, wish));
        }
        return counts("asks", wish, asks.perDay()) ? Optional.empty() : Optional.of(said(NoticeKey.ASK_FULL, wish));
    }

    private boolean counts(String kind, Wish wish, int most) {
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return ports.quotas().admits(kind, wish.other().key(), most, day);
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

    /// Where their original account is; its id where no page is.
    private String page(NativeId person) {
        String page = connectors
                .get(person.network())
                .actorPage(person)
                .map(URI::toASCIIString)
                .orElse(person.value());
        return page.length() > LONGEST_LINK || PrivateKeys.in(page) ? "" : page.replaceAll("[\\s{}<>]", "");
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
