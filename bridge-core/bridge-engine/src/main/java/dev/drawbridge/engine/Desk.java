package dev.drawbridge.engine;

import dev.drawbridge.engine.notice.Notice;
import dev.drawbridge.engine.notice.NoticeKey;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Choices.Edits;
import dev.drawbridge.model.Choices.LongPosts;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.consent.Reason;
import dev.drawbridge.model.port.Preferences.Preference;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where people tell bots what they want, and get an answer.
final class Desk {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
    /// Longer than a late wish counts. What ends something counts whenever it comes, so it is remembered for good.
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final Ports ports;
    private final Connectors connectors;
    private final OptIns optIns;
    private final Stops stops;
    private final FollowGraph followGraph;
    private final Letters letters;
    private final Standing standing;
    private final ChosenNames names;
    private final Rulings rulings;
    private final Boundaries boundaries;
    private final Errands errands;
    private final Optional<SignIns> signIns;

    Desk(
            Ports ports,
            Connectors connectors,
            OptIns optIns,
            FollowGraph followGraph,
            Letters letters,
            Standing standing,
            Rulings rulings,
            Boundaries boundaries,
            Errands errands,
            Optional<SignIns> signIns) {
        this.ports = ports;
        this.connectors = connectors;
        this.optIns = optIns;
        this.stops = new Stops(ports, optIns);
        this.followGraph = followGraph;
        this.letters = letters;
        this.standing = standing;
        this.names = new ChosenNames(ports, connectors, standing);
        this.rulings = rulings;
        this.boundaries = boundaries;
        this.errands = errands;
        this.signIns = signIns;
    }

    /// What became of a command.
    private record Done(List<Delivery> deliveries, List<Notice> answer) {
        static Done saying(Notice... answer) {
            return new Done(List.of(), List.of(answer));
        }
    }

    /// Does what somebody told one of our bots. Doing it twice does and answers the same.
    List<Delivery> obey(Told told, NativeEvent event) {
        Optional<Ghost> bot = event.names().stream()
                .flatMap(name -> ports.identities().byId(name).stream())
                .filter(Ghost::bot)
                .findFirst();
        if (bot.isEmpty()) {
            LOG.info("not done: {} was told to nobody of ours", event.id());
            return List.of();
        }
        Command command = told.command();
        // Messages come again for days. What always gets the same answer needs no memory.
        boolean constant = command.verb() == Verb.UNKNOWN || command.verb() == Verb.HELP;
        if (!constant && !isFirst(command, event)) {
            LOG.info("not done again: {}", event.id());
            return List.of();
        }
        var words = new Words(event.author(), bot.get(), event.id(), told.at(), event.receivedAt(), command);
        Done done = done(words);
        remember(words);
        List<Delivery> deliveries = new ArrayList<>(done.deliveries());
        if (!done.answer().isEmpty()) {
            deliveries.addAll(letters.answer(words.occasion(), done.answer(), command.language()));
        }
        return deliveries;
    }

    private boolean isFirst(Command command, NativeEvent event) {
        String said = "command " + event.id().key();
        String cause = event.receivedAt().toString();
        return command.verb().ends()
                ? ports.notices().first(said, cause)
                : ports.notices().first(said, cause, event.receivedAt().plus(REMEMBERED));
    }

    /// @param at when it was said
    private record Words(NativeId person, Ghost bot, NativeId id, Instant at, Instant receivedAt, Command command) {
        Letters.Occasion occasion() {
            return new Letters.Occasion(person, bot.reaches(), id, at, receivedAt);
        }
    }

    private Done done(Words words) {
        Verb verb = words.command().verb();
        boolean late = Told.isLate(words.at(), words.receivedAt());
        return late && verb.ends() && !verb.refuses() ? tooLate(words) : doneNow(words);
    }

    /// Nobody can tell what they said of it since.
    private Done tooLate(Words words) {
        return optIns.isCarried(words.person())
                ? Done.saying(Notice.of(
                        NoticeKey.TOO_LATE, Notice.plain(words.command().text())))
                : Done.saying();
    }

    private Done doneNow(Words words) {
        return switch (words.command().verb()) {
            case HELP -> Done.saying(help(words));
            case UNKNOWN -> Done.saying(Notice.of(NoticeKey.UNKNOWN), help(words));
            case START -> start(words);
            case STOP -> stop(words, wanted(words), NoticeKey.STOPPED);
            case DELETE -> stop(words, everywhere(words.person()), NoticeKey.DELETED);
            case STATUS -> new Done(List.of(), standing.of(words.person(), others(words.person())));
            case NOTIFY, UNLISTED, THREADS, REPLACE -> choose(words);
            case ACCEPT, REJECT -> decide(words);
            case SIGN_IN -> code(words, NoticeKey.SIGN_IN);
            case APPEAL -> appeal(words);
            case MUTE, UNMUTE, BLOCK, UNBLOCK -> shun(words);
            case ASK, FOLLOW, UNFOLLOW -> await(words);
            case VOUCH, UNVOUCH -> vouch(words);
            case DIGEST -> digest(words);
            case HANDLE ->
                new Done(List.of(), names.of(words.person(), words.command().words(), others(words.person())));
            case LINK, UNLINK -> link(words);
            case EXPORT -> code(words, NoticeKey.EXPORT);
            case MIGRATE -> migrate(words);
        };
    }

    private Done migrate(Words words) {
        if (words.command().words().isEmpty()) {
            return takeAlong(words);
        }
        Optional<String> account = Command.account(words.command().words().getFirst());
        if (account.isEmpty()) {
            // Nobody can type a network behind it: a connector says that they have moved.
            return moved(words);
        }
        Farewells.Said said =
                errands.farewells().go(words.person(), account.get(), words.id(), words.at(), words.receivedAt());
        return new Done(said.deliveries(), List.of(said.answer()));
    }

    /// What it takes to move is shown on a page, once: letters are kept on their way, and by servers of others.
    private Done takeAlong(Words words) {
        boolean movable = others(words.person()).stream()
                .filter(network -> connectors.get(network).letsMoveOut())
                .anyMatch(network -> ports.identities()
                        .find(words.person(), network)
                        .filter(Ghost::active)
                        .isPresent());
        return movable ? code(words, NoticeKey.MIGRATE) : Done.saying(Notice.of(NoticeKey.NOTHING_MOVES));
    }

    /// Who added something between the copy and the move is told so: nobody else knows what is missing there.
    private Done moved(Words words) {
        Done done = stop(words, wanted(words), NoticeKey.MOVED);
        List<String> said = words.command().words();
        int since = said.indexOf(Command.SINCE);
        if (since < 0 || since + 1 == said.size()) {
            return done;
        }
        List<Notice> answer = new ArrayList<>(done.answer());
        answer.add(Notice.of(NoticeKey.MOVED_LATE, Notice.plain(said.get(since + 1))));
        return new Done(done.deliveries(), answer);
    }

    private Notice help(Words words) {
        return Notice.of(NoticeKey.HELP, Notice.where(words.bot().reaches()), Notice.names(others(words.person())));
    }

    private Done start(Words words) {
        List<Network> wanted = wanted(words);
        if (wanted.isEmpty()) {
            return noSuchNetwork(words);
        }
        List<Delivery> deliveries = new ArrayList<>();
        List<Network> started = new ArrayList<>();
        List<Notice> refused = new ArrayList<>();
        for (Network target : wanted) {
            Optional<Reason> objection = optIns.objection(words.person(), target, words.at());
            if (objection.isPresent()) {
                refused.add(optIns.refusal(words.person(), target, objection.get()));
                continue;
            }
            started.add(target);
            ports.identities()
                    .find(Ghost.botOrigin(target), words.person().network())
                    .ifPresent(bot -> {
                        var name = new NativeId(
                                Network.BRIDGE, "asked:" + words.id().key() + ":" + target);
                        var follow = new Activity.Follow(name, words.person(), words.at(), bot.id());
                        deliveries.addAll(optIns.optIn(follow, bot, true, words.receivedAt()));
                    });
        }
        List<Notice> answer = new ArrayList<>();
        if (!started.isEmpty()) {
            answer.add(Notice.of(NoticeKey.STARTED, Notice.where(started)));
        }
        answer.addAll(refused);
        return new Done(deliveries, answer);
    }

    private Done stop(Words words, List<Network> targets, NoticeKey answer) {
        if (targets.isEmpty()) {
            return noSuchNetwork(words);
        }
        Stops.Said said = stops.stop(words.occasion(), targets, answer);
        return new Done(said.deliveries(), said.answer());
    }

    /// What is on the account page begins with a code for it.
    private Done code(Words words, NoticeKey said) {
        return signIns.map(codes -> Done.saying(Notice.of(
                        said,
                        Notice.plain(codes.issue(words.person())),
                        Notice.plain(codes.page().toString()))))
                .orElseGet(() -> Done.saying(Notice.of(NoticeKey.NOT_YET)));
    }

    private Done link(Words words) {
        var asked = new Linking.Asked(words.person(), words.id(), words.at(), words.receivedAt());
        List<String> named = words.command().words();
        Linking.Said said = words.command().verb() == Verb.LINK
                ? errands.linking().link(asked, named.getFirst())
                : errands.linking().unlink(asked, named.stream().findFirst());
        return new Done(said.deliveries(), said.answer());
    }

    private Done digest(Words words) {
        return Done.saying(
                optIns.isCarried(words.person())
                        ? errands.unheard()
                                .want(words.person(), words.command().words().getFirst(), words.receivedAt())
                        : Notice.of(NoticeKey.NOWHERE));
    }

    private Done await(Words words) {
        if (!optIns.isCarried(words.person())) {
            return Done.saying(Notice.of(NoticeKey.NOWHERE));
        }
        String called = words.command().words().getFirst();
        if (words.command().verb() == Verb.UNFOLLOW) {
            return Done.saying(errands.awaited().unfollow(words.person(), called));
        }
        Awaited.Wished wished = errands.awaited().follow(words.person(), called, words.id());
        if (words.command().verb() == Verb.FOLLOW || wished.awaited().isEmpty()) {
            return Done.saying(wished.answer());
        }
        var occasion =
                new Letters.Occasion(words.person(), words.bot().reaches(), words.id(), words.at(), words.receivedAt());
        Asking.Said said =
                errands.asking().ask(new Asking.Wish(occasion, wished.awaited().get(), called));
        return new Done(
                said.deliveries(),
                Stream.concat(Stream.of(wished.answer()), said.answer().stream())
                        .toList());
    }

    private Done vouch(Words words) {
        String called = words.command().words().getFirst();
        return Done.saying(
                !optIns.isCarried(words.person())
                        ? Notice.of(NoticeKey.NOWHERE)
                        : words.command().verb() == Verb.VOUCH
                                ? errands.vouches().vouch(words.person(), called, words.id())
                                : errands.vouches().unvouch(words.person(), called));
    }

    private Done shun(Words words) {
        if (!optIns.isCarried(words.person())) {
            return Done.saying(Notice.of(NoticeKey.NOWHERE));
        }
        Boundaries.Drawn drawn = boundaries.told(
                words.command().verb(),
                words.person(),
                words.command().words().getFirst(),
                words.id(),
                words.at(),
                words.receivedAt());
        return new Done(drawn.deliveries(), List.of(drawn.answer()));
    }

    private Done appeal(Words words) {
        String text = String.join(" ", words.command().words());
        return Done.saying(Notice.of(rulings.appeal(words.person(), text, words.receivedAt())));
    }

    private Done noSuchNetwork(Words words) {
        return Done.saying(Notice.of(NoticeKey.NO_SUCH_NETWORK, Notice.names(others(words.person()))));
    }

    private Done choose(Words words) {
        if (!optIns.isCarried(words.person())) {
            return Done.saying(Notice.of(NoticeKey.NOWHERE));
        }
        boolean on = words.command().words().contains(Command.ON);
        Preference before = ports.preferences().of(words.person());
        Choice choice = switch (words.command().verb()) {
            case NOTIFY -> new Choice(before.withNotices(on), on ? NoticeKey.NOTICES_ON : NoticeKey.NOTICES_OFF);
            case UNLISTED -> new Choice(before.withUnlisted(on), on ? NoticeKey.UNLISTED_ON : NoticeKey.UNLISTED_OFF);
            case THREADS ->
                new Choice(
                        before.withChoices(before.choices().withLongPosts(on ? LongPosts.THREAD : LongPosts.CARD)),
                        on ? NoticeKey.THREADS_ON : NoticeKey.THREADS_OFF);
            default ->
                new Choice(
                        before.withChoices(before.choices().withEdits(on ? Edits.REPLACE : Edits.IN_PLACE)),
                        on ? NoticeKey.REPLACE_ON : NoticeKey.REPLACE_OFF);
        };
        ports.preferences().put(choice.now());
        return Done.saying(Notice.of(choice.said()));
    }

    /// What holds from now on, and how it is called.
    private record Choice(Preference now, NoticeKey said) {}

    private Done decide(Words words) {
        boolean accepted = words.command().verb() == Verb.ACCEPT;
        FollowGraph.Decided decided = followGraph.decide(
                words.person(), words.command().words().getFirst(), accepted, words.at(), words.receivedAt());
        NoticeKey said = accepted ? NoticeKey.ACCEPTED : NoticeKey.REJECTED;
        List<Notice> answer = decided.handles().stream()
                .map(handle -> Notice.of(said, Notice.plain(handle)))
                .toList();
        return new Done(decided.deliveries(), answer.isEmpty() ? List.of(Notice.of(NoticeKey.NOBODY_ASKED)) : answer);
    }

    /// The language in which people want to be written to, as long as they are carried somewhere.
    private void remember(Words words) {
        Command command = words.command();
        if (command.verb() == Verb.UNKNOWN || !optIns.isCarried(words.person())) {
            return;
        }
        Preference before = ports.preferences().of(words.person());
        Optional<String> language = Optional.of(command.language().getLanguage());
        if (!before.language().equals(language)) {
            ports.preferences().put(before.withLanguage(language));
        }
    }

    private List<Network> wanted(Words words) {
        List<String> named = words.command().words();
        if (named.isEmpty()) {
            return List.of(words.bot().reaches());
        }
        return others(words.person()).stream()
                .filter(n -> named.contains(n.name()) || named.contains(Command.ALL))
                .toList();
    }

    /// Also where they are carried to a network that is switched off now.
    private List<Network> everywhere(NativeId person) {
        return Stream.of(
                        others(person).stream(),
                        ports.consents().of(person).stream().map(Consent::target),
                        ports.links().of(person).stream()
                                .map(link -> link.other(person).network()))
                .flatMap(networks -> networks)
                .distinct()
                .toList();
    }

    private List<Network> others(NativeId person) {
        return connectors.reached().stream()
                .filter(n -> !n.equals(person.network()))
                .toList();
    }
}
