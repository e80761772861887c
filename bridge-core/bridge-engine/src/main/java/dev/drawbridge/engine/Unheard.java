package dev.drawbridge.engine;

import dev.drawbridge.engine.notice.Notice;
import dev.drawbridge.engine.notice.NoticeKey;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Digests.Rhythm;
import dev.drawbridge.model.port.Digests.Tally;
import dev.drawbridge.model.port.Digests.Wish;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.spi.NativeEvent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Answers of people who are not carried: counted for whoever wants a digest of them, and told with links to where they
/// are (ADR 59). Nothing of those who answered is kept or told.
final class Unheard {
    /// Counted for one person until they are told.
    private static final int MOST = 1_000;
    /// Posts named in one digest.
    private static final int NAMED = 10;
    /// Longer than anybody finds that it is due.
    private static final Duration REMEMBERED = Duration.ofDays(60);
    /// So long what was counted is shown on a page to those who get no letters.
    private static final Duration SHOWN = Duration.ofDays(28);

    private final Ports ports;
    private final Connectors connectors;
    private final Letters letters;
    private final Inbox inbox;

    Unheard(Ports ports, Connectors connectors, Letters letters, Inbox inbox) {
        this.ports = ports;
        this.connectors = connectors;
        this.letters = letters;
        this.inbox = inbox;
    }

    /// Counts what somebody who is not carried said in answer to a copy.
    static void hear(Ports ports, NativeEvent event) {
        if (!ports.digests().areWanted()) {
            return;
        }
        for (NativeId name : event.names()) {
            Optional<Ledger.Copy> copy = ports.ledger().byCopy(name);
            Optional<Wish> wish = copy.flatMap(c -> ports.digests().find(c.author()));
            if (wish.isPresent()
                    && !ports.preferences().of(wish.get().person()).shuns(event.author())
                    && ports.digests().waiting(wish.get().person(), MOST) < MOST) {
                ports.digests().count(wish.get().person(), copy.get().ref().id(), event.id(), event.receivedAt());
            }
        }
    }

    /// Somebody wants a digest from now on, or none.
    ///
    /// @param word `daily` or `weekly`; anything else for none
    Notice want(NativeId person, String word, Instant at) {
        Optional<Rhythm> rhythm = rhythm(word);
        if (rhythm.isEmpty()) {
            ports.digests().remove(person);
            return Notice.of(NoticeKey.DIGEST_OFF);
        }
        boolean same = ports.digests()
                .find(person)
                .filter(wish -> wish.rhythm() == rhythm.get())
                .isPresent();
        if (!same) {
            ports.digests().put(new Wish(person, rhythm.get(), at));
        }
        return standing(rhythm.get());
    }

    private static Optional<Rhythm> rhythm(String word) {
        return List.of(Rhythm.values()).stream()
                .filter(rhythm -> rhythm.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    static Notice standing(Rhythm rhythm) {
        return Notice.of(
                switch (rhythm) {
                    case DAILY -> NoticeKey.DIGEST_DAILY;
                    case WEEKLY -> NoticeKey.DIGEST_WEEKLY;
                });
    }

    /// Tells somebody, or forgets what they were told.
    List<Delivery> due(DigestDue due, NativeEvent event) {
        NativeId person = event.author();
        if (due.step() == DigestDue.Step.FORGET) {
            ports.digests().clear(person, due.until());
        }
        Optional<Wish> wish = ports.digests().find(person).filter(w -> w.since().isBefore(due.until()));
        Optional<Network> carried = ports.consents().of(person).stream()
                .filter(Consent::given)
                .map(Consent::target)
                .findFirst();
        if (wish.isEmpty() || carried.isEmpty()) {
            return List.of();
        }
        if (due.step() == DigestDue.Step.FORGET) {
            ports.digests().put(new Wish(person, wish.get().rhythm(), due.until()));
            return List.of();
        }
        if (!letters.canReach(person)) {
            // They read it on their page whenever they like; only what is old goes.
            ports.digests().clear(person, due.until().minus(SHOWN));
            ports.digests().put(new Wish(person, wish.get().rhythm(), due.until()));
            return List.of();
        }
        List<Tally> counted = ports.digests().counted(person, due.until());
        List<Delivery> deliveries = new ArrayList<>();
        if (!counted.isEmpty()) {
            var occasion = new Letters.Occasion(person, carried.get(), event.id(), due.until(), event.receivedAt());
            deliveries.addAll(letters.must(
                    occasion,
                    digest(counted),
                    due.until().toString(),
                    due.until().plus(REMEMBERED)));
        }
        inbox.put(new DigestDue(DigestDue.Step.FORGET, due.until()).event(person, event.receivedAt()));
        return deliveries;
    }

    private Notice digest(List<Tally> counted) {
        long all = counted.stream().mapToLong(Tally::answers).sum();
        String lines = counted.stream()
                .limit(NAMED)
                .map(tally -> page(tally.copy())
                        .map(page -> tally.answers() + ": " + page)
                        .orElse(""))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
        return Notice.of(
                NoticeKey.DIGEST,
                Notice.plain(Long.toString(all)),
                Notice.plain(Integer.toString(counted.size())),
                Notice.plain(lines));
    }

    private Optional<URI> page(NativeId copy) {
        return connectors.has(copy.network()) ? connectors.get(copy.network()).objectPage(copy) : Optional.empty();
    }
}
