package dev.drawbridge.engine;

import dev.drawbridge.engine.notice.Notice;
import dev.drawbridge.engine.notice.NoticeKey;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.moderation.Rule;
import dev.drawbridge.model.port.Links.Link;
import dev.drawbridge.model.port.Links.Word;
import dev.drawbridge.model.spi.NativeEvent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// People who have an account of their own on a network they could be carried to, and show that both are theirs: they
/// have no stand-in there, and whoever is told of them is told of that account (ADR 60).
final class Linking {
    private static final Logger LOG = LoggerFactory.getLogger(Linking.class);
    /// Between two looks at a link.
    static final Duration EACH = Duration.ofDays(1);
    /// Before what one of them does not say any more counts: a server may have had a bad hour.
    static final Duration SECOND_LOOK = Duration.ofHours(6);
    /// So long a link is believed that nobody can look at.
    static final Duration PATIENCE = Duration.ofDays(30);

    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final LinkProof proof;
    private final Farewells farewells;
    private final OptIns optIns;
    private final Letters letters;
    private final Rulings rulings;

    Linking(
            Ports ports,
            Connectors connectors,
            Resolver resolver,
            LinkProof proof,
            Farewells farewells,
            OptIns optIns,
            Letters letters,
            Rulings rulings) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.proof = proof;
        this.farewells = farewells;
        this.optIns = optIns;
        this.letters = letters;
        this.rulings = rulings;
    }

    /// What became of a wish.
    record Said(List<Delivery> deliveries, List<Notice> answer) {
        static Said only(Notice answer) {
            return new Said(List.of(), List.of(answer));
        }
    }

    /// Who says so, and when.
    ///
    /// @param cause the message
    record Asked(NativeId person, NativeId cause, Instant at, Instant receivedAt) {}

    /// Somebody says that another account is theirs too.
    ///
    /// @param called what it is called, without `@` in front
    Said link(Asked asked, String called) {
        Optional<Rule> rule = rulings.on(asked.person());
        if (rule.isPresent()) {
            return Said.only(Rulings.told(rule.get(), asked.person().network()));
        }
        // A wish that was granted once is granted again, whatever the accounts say by now: half of it may be done.
        Optional<NativeId> granted = ports.links().of(asked.person()).stream()
                .filter(link -> link.since().equals(asked.receivedAt()))
                .map(link -> link.other(asked.person()))
                .findFirst();
        if (granted.isPresent()) {
            return linked(asked, granted.get());
        }
        return switch (proof.find(asked.person(), called)) {
            case LinkProof.Answer.Refused(LinkRefusal why, Optional<NativeId> account) ->
                Said.only(refusal(why, asked.person(), account, called));
            case LinkProof.Answer.Found(NativeId account) -> remember(asked, account);
        };
    }

    private Said remember(Asked asked, NativeId account) {
        if (LastWord.isElse(ports, asked.person(), account.network(), asked.at())
                || !LinkWords.linked(ports, asked.person(), account, asked.at())) {
            return Said.only(Notice.of(NoticeKey.LINK_SAID_LATER, Notice.plain(handle(account))));
        }
        // Their word was kept first: of two who say it at once, one sees that of the other.
        if (LinkWords.isAwaited(ports, asked.person(), account)) {
            return Said.only(Notice.of(
                    NoticeKey.LINK_UNHEARD, Notice.plain(handle(account)), Notice.plain(handle(asked.person()))));
        }
        Instant now = asked.receivedAt();
        // One that there is may be ended by the other now, and stays so.
        boolean stored = linkOf(asked.person(), account)
                .map(before -> ports.links()
                        .renew(new Link(before.person(), before.account(), before.since(), now, now.plus(EACH))))
                .orElseGet(() -> ports.links().put(new Link(asked.person(), account, now, now, now.plus(EACH))));
        return stored
                ? linked(asked, account)
                : Said.only(refusal(LinkRefusal.TAKEN, asked.person(), Optional.of(account), handle(account)));
    }

    /// Neither of the two has a stand-in where the other is.
    private Said linked(Asked asked, NativeId account) {
        LOG.info("{} and {} are one person", asked.person(), account);
        List<Delivery> mine = ended(asked, asked.person(), account);
        List<Delivery> deliveries = new ArrayList<>(mine);
        deliveries.addAll(told(asked, account));
        deliveries.addAll(ended(asked, account, asked.person()));
        List<Notice> answer = new ArrayList<>();
        answer.add(Notice.of(NoticeKey.LINKED, Notice.plain(handle(account)), Notice.where(account.network())));
        if (!mine.isEmpty()) {
            answer.add(Notice.of(NoticeKey.LINKED_ENDED));
        }
        return new Said(deliveries, answer);
    }

    /// Who asked before, and who is carried there, hears of it: from now on they are not. Nor are they any more if this
    /// was done by half before.
    private List<Delivery> told(Asked asked, NativeId account) {
        Network there = asked.person().network();
        boolean concerned = LinkWords.about(ports, account, asked.person())
                        .filter(Word::linked)
                        .isPresent()
                || ports.consents()
                        .find(account, there)
                        .filter(said -> said.given() || OptIns.wentOn(said))
                        .isPresent();
        Optional<Instant> since =
                ports.links().find(asked.person(), account.network()).map(Link::since);
        if (!concerned || since.isEmpty()) {
            return List.of();
        }
        var occasion = new Letters.Occasion(account, there, asked.cause(), asked.at(), asked.receivedAt());
        var notice = Notice.of(NoticeKey.LINKED, Notice.plain(handle(asked.person())), Notice.where(there));
        return letters.must(occasion, notice, asked.person().key() + " " + since.get());
    }

    private List<Delivery> ended(Asked asked, NativeId origin, NativeId own) {
        Network there = own.network();
        boolean carried = ports.consents().given(origin, there);
        Optional<Ghost> ghost = ports.identities().find(origin, there).filter(Ghost::active);
        boolean done =
                ports.consents().find(origin, there).filter(OptIns::wentOn).isPresent();
        if (!carried && !done) {
            return List.of();
        }
        String called = handle(own);
        // What is kept of them may go with the last network they are carried to.
        String line = letters.said(origin, Notice.of(NoticeKey.LINKED_LINE, Notice.plain(called)));
        Instant left = carried ? optIns.goOn(origin, there, called, asked.at()) : asked.at();
        return ghost.map(found -> farewells.show(found, own, line, asked.cause(), left, asked.receivedAt()))
                .orElseGet(List::of);
    }

    private Notice refusal(LinkRefusal why, NativeId person, Optional<NativeId> account, String called) {
        Notice.Arg name = Notice.plain(called);
        return switch (why) {
            case NOBODY -> Notice.of(NoticeKey.LINK_NOBODY, name);
            case SILENT -> Notice.of(NoticeKey.LINK_SILENT, name);
            case TAKEN -> Notice.of(NoticeKey.LINK_TAKEN, name);
            case BARRED -> Notice.of(NoticeKey.LINK_BARRED, name);
            case UNSAID_HERE ->
                Notice.of(
                        NoticeKey.LINK_UNSAID_HERE,
                        name,
                        Notice.plain(account.map(this::page).orElse(called)));
            case UNSAID_THERE -> Notice.of(NoticeKey.LINK_UNSAID_THERE, name, Notice.plain(page(person)));
        };
    }

    /// What people can put on a profile to name an account.
    private String page(NativeId account) {
        Optional<URI> page = connectors.has(account.network())
                ? connectors.get(account.network()).actorPage(account)
                : Optional.empty();
        return page.map(URI::toString).orElse(account.value());
    }

    private String handle(NativeId account) {
        return handle(resolver, account);
    }

    /// What people of its network call an account.
    static String handle(Resolver resolver, NativeId account) {
        return resolver.profile(account)
                .map(Profile::handle)
                .filter(handle -> !handle.isBlank())
                .orElse(account.value());
    }

    /// Somebody says that another account is not to be taken for theirs any more. Nobody is asked. What they said since
    /// stays.
    ///
    /// @param called that account or its network; empty for every one
    Said unlink(Asked asked, Optional<String> called) {
        Predicate<NativeId> meant =
                account -> called.map(name -> isCalled(account, name)).orElse(true);
        List<NativeId> ended = LinkWords.part(ports, asked.person(), meant, asked.at());
        return ended.isEmpty() ? unchanged(asked, meant) : unlinked(ended);
    }

    private Said unchanged(Asked asked, Predicate<NativeId> meant) {
        // A late word that ends nothing was done long ago, or they said something else since.
        if (Told.isLate(asked.at(), asked.receivedAt())) {
            return new Said(List.of(), List.of());
        }
        return LinkWords.others(ports, asked.person())
                .filter(meant)
                .findFirst()
                .map(account -> Said.only(Notice.of(NoticeKey.LINK_SAID_LATER, Notice.plain(handle(account)))))
                .orElseGet(() -> Said.only(Notice.of(NoticeKey.NOT_LINKED)));
    }

    private Said unlinked(List<NativeId> ended) {
        return new Said(
                List.of(),
                ended.stream()
                        .map(account -> Notice.of(
                                NoticeKey.UNLINKED,
                                Notice.plain(handle(account)),
                                Notice.names(List.of(account.network()))))
                        .toList());
    }

    private boolean isCalled(NativeId account, String name) {
        return account.network().name().equals(name)
                || account.value().equalsIgnoreCase(name)
                || handle(account).replaceAll("^@+", "").equalsIgnoreCase(name);
    }

    /// Asks both accounts again. A link that one of them does not confirm any more ends if some hours later it still
    /// does not; one that nobody can tell of now is believed for a while. What was ended meanwhile stays so.
    List<Delivery> look(LinkDue due, NativeEvent event) {
        NativeId person = event.author();
        Optional<Link> known = linkOf(person, due.account());
        if (known.isEmpty()) {
            // It was removed by half.
            linkOf(due.account(), person).ifPresent(_ -> ports.links().remove(due.account(), person));
            return List.of();
        }
        Link link = known.get();
        if (link.due().isAfter(due.due())) {
            return List.of();
        }
        if (linkOf(due.account(), person).isEmpty()) {
            // It was ended by half, and whoever is left would be bound to nobody.
            return ended(link, NoticeKey.LINK_WITHDRAWN, event);
        }
        Instant now = event.receivedAt();
        return switch (proof.again(link)) {
            case LinkProof.Answer.Found _ -> next(link, now, EACH, now, Optional.empty());
            case LinkProof.Answer.Refused(LinkRefusal why, var _)
            when why == LinkRefusal.SILENT ->
                link.proven().plus(PATIENCE).isAfter(now)
                        ? next(link, link.proven(), EACH, now, link.doubted())
                        : lost(link, NoticeKey.LINK_LOST, event);
            case LinkProof.Answer.Refused(LinkRefusal why, var _)
            when why == LinkRefusal.BARRED -> lost(link, NoticeKey.LINK_BARRED, event);
            case LinkProof.Answer.Refused _
            when link.doubted()
                    .filter(since -> !since.plus(SECOND_LOOK).isAfter(now))
                    .isEmpty() ->
                next(
                        link,
                        link.proven(),
                        SECOND_LOOK,
                        now,
                        Optional.of(link.doubted().orElse(now)));
            case LinkProof.Answer.Refused _ -> lost(link, NoticeKey.LINK_WITHDRAWN, event);
        };
    }

    private Optional<Link> linkOf(NativeId end, NativeId other) {
        return ports.links()
                .find(end, other.network())
                .filter(link -> link.other(end).equals(other));
    }

    private List<Delivery> next(Link link, Instant proven, Duration in, Instant now, Optional<Instant> doubted) {
        ports.links().renew(new Link(link.person(), link.account(), link.since(), proven, now.plus(in), doubted));
        return List.of();
    }

    private List<Delivery> lost(Link link, NoticeKey why, NativeEvent event) {
        // They may have ended it while their servers were asked.
        return ports.links().renew(link) ? ended(link, why, event) : List.of();
    }

    private List<Delivery> ended(Link link, NoticeKey why, NativeEvent event) {
        NativeId person = event.author();
        NativeId account = link.other(person);
        Network there = account.network();
        ports.links().remove(person, account);
        LOG.info("{} and {} are not taken for one person any more: {}", person, account, why);
        var occasion = new Letters.Occasion(person, there, event.id(), event.receivedAt(), event.receivedAt());
        var notice = Notice.of(why, Notice.plain(handle(account)), Notice.names(List.of(there)));
        return letters.must(occasion, notice, account.key() + " " + link.since());
    }

    /// Whether somebody is spoken of by an account of their own on a network, and how that is called.
    static Optional<String> own(Ports ports, Resolver resolver, NativeId person, Network network) {
        return ports.links().find(person, network).map(link -> handle(resolver, link.other(person)));
    }
}
