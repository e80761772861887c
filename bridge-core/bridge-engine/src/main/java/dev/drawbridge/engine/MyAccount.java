package dev.drawbridge.engine;

import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.consent.Reason;
import dev.drawbridge.model.port.Digests;
import dev.drawbridge.model.port.Preferences.Preference;
import dev.drawbridge.model.spi.MovingOut;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What somebody who signed in sees of themselves, and asks for. What they ask for goes the way of a word to a bot: it
/// is in the inbox before they get an answer, and takes effect in a moment.
public final class MyAccount {
    private static final int MOST_ANSWERED = 10;

    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Objections objections;
    private final Archive archive;
    private final Messenger messenger;
    private final MyPosts posts;
    private final MoveTargets targets;
    private final LinkProof proof;
    private final InstantSource clock;

    public MyAccount(
            Ports ports, Connectors connectors, Terms terms, Inbox inbox, InstantSource clock, RandomGenerator random) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = new Resolver(ports, connectors);
        this.objections =
                new Objections(ports.consents(), terms, new Vouches(ports, connectors, resolver, terms, clock));
        this.archive = new Archive(ports, connectors, resolver, clock);
        this.messenger = new Messenger(ports, connectors, inbox, clock, random);
        this.posts = new MyPosts(ports, connectors, inbox, clock);
        this.targets = new MoveTargets(ports, connectors);
        this.proof = new LinkProof(ports, connectors, resolver, terms.rules());
        this.clock = clock;
    }

    /// Whether this instance has anything of them: an answer they gave once, a stand-in, a word about an account of
    /// their own, or a copy of something.
    public boolean knows(NativeId person) {
        return !ports.consents().of(person).isEmpty()
                || !ports.identities().of(person).isEmpty()
                || !ports.links().of(person).isEmpty()
                || !ports.links().words(person).isEmpty()
                || connectors.networks().stream()
                        .anyMatch(network -> !ports.ledger()
                                .copiesBy(person, network, Optional.empty(), 1)
                                .isEmpty());
    }

    /// One network they can be carried to.
    ///
    /// @param wanted whether they asked for it
    /// @param objection why they are not carried there
    /// @param handle of their stand-in there; empty while it is being made
    /// @param movable whether it can be taken to another server
    /// @param own what their own account there is called, if they linked one
    /// @param followersGoAlong whether those who follow it can be told to go on to another account there
    public record Line(
            Network network,
            boolean wanted,
            Optional<Reason> objection,
            Optional<String> handle,
            Optional<String> own,
            boolean movable,
            boolean followersGoAlong) {}

    public List<Line> lines(NativeId person) {
        var profile = resolver.profile(person);
        return connectors.reached().stream()
                .filter(network -> !network.equals(person.network()))
                .map(network -> new Line(
                        network,
                        ports.consents()
                                .find(person, network)
                                .filter(Consent::given)
                                .isPresent(),
                        ports.links()
                                .find(person, network)
                                .map(_ -> Reason.LINKED)
                                .or(() -> objections.against(person, network, profile)),
                        ports.identities()
                                .find(person, network)
                                .filter(Ghost::active)
                                .map(Ghost::handle),
                        Linking.own(ports, resolver, person, network),
                        connectors.get(network).letsMoveOut(),
                        connectors.get(network).followersGoAlong()))
                .toList();
    }

    /// Those somebody can be carried to.
    public Collection<Network> networks() {
        return connectors.reached();
    }

    /// What they chose.
    public Preference preference(NativeId person) {
        return ports.preferences().of(person);
    }

    /// What they are told of answers of people who are not carried (ADR 59).
    ///
    /// @param since from when on answers are counted for the next one: when they were told last, if they were
    /// @param letters whether a bot writes it to them; else it is read here
    /// @param answers counted until now
    /// @param posts what was answered most, at most ten
    public record Digest(
            Digests.Rhythm rhythm, Instant since, Instant due, boolean letters, long answers, List<Answered> posts) {}

    /// @param page where the answers are
    public record Answered(long answers, Optional<URI> page) {}

    /// Empty if they want none.
    public Optional<Digest> digest(NativeId person) {
        return ports.digests().find(person).map(wish -> {
            List<Digests.Tally> counted = ports.digests().counted(person, clock.instant());
            return new Digest(
                    wish.rhythm(),
                    wish.since(),
                    wish.due(),
                    connectors.has(person.network())
                            && connectors.get(person.network()).capabilities().has(Trait.MESSAGES),
                    counted.stream().mapToLong(Digests.Tally::answers).sum(),
                    counted.stream()
                            .limit(MOST_ANSWERED)
                            .map(tally -> new Answered(tally.answers(), page(tally.copy())))
                            .toList());
        });
    }

    private Optional<URI> page(NativeId copy) {
        return connectors.has(copy.network()) ? connectors.get(copy.network()).objectPage(copy) : Optional.empty();
    }

    /// For how many people they wait who are not here yet. Who these are is not kept (ADR 58).
    public long awaited(NativeId person) {
        return awaited(ports, person);
    }

    /// The same.
    public static long awaited(Ports ports, NativeId person) {
        return Awaited.count(ports.follows(), person);
    }

    /// What became of their posts.
    public MyPosts posts() {
        return posts;
    }

    /// How far the posts are that they wrote before; empty if none of these are carried.
    public Optional<Backfill.Progress> backfill(NativeId person) {
        return Backfill.progress(ports.cursors(), person);
    }

    /// Whom they are called, for the page.
    public String handle(NativeId person) {
        return resolver.profile(person)
                .map(p -> p.handle())
                .filter(handle -> !handle.isBlank())
                .orElse(person.value());
    }

    /// Writes everything this bridge has of somebody as a ZIP file.
    ///
    /// @param password for the keys of their stand-ins; empty for none of them
    /// @param out left open
    public void archive(NativeId person, Optional<String> password, OutputStream out) throws IOException {
        archive.write(person, password, out);
    }

    /// What it takes to take their stand-in to another server; what was handed out before is good no more.
    ///
    /// @return empty if there is none, or it cannot go anywhere
    public Optional<MovingOut> moveOut(NativeId person, Network network) {
        return ports.identities()
                .find(person, network)
                .filter(ghost -> ghost.active() && connectors.reaches(network))
                .flatMap(ghost -> connectors.get(network).moveOut(ghost.id()));
    }

    /// Why those who follow a stand-in of theirs cannot be told to go on to an account of their own; empty if they can:
    /// the bot is told with [Verb#MIGRATE]. Asks the account.
    ///
    /// @param account as [Command#account(String)] reads it
    public Optional<MoveRefusal> moveObjection(NativeId person, String account) {
        return targets.find(person, account, clock.instant(), clock.instant())
                        instanceof MoveTargets.Answer.Refused refused
                ? Optional.of(refused.why())
                : Optional.empty();
    }

    /// Why another account is not taken for theirs; empty if it is: the bot is told with [Verb#LINK]. Asks both.
    ///
    /// @param called what it is called, as [Command#read(String)] has it
    public Optional<LinkRefusal> linkObjection(NativeId person, String called) {
        return proof.find(person, called) instanceof LinkProof.Answer.Refused refused
                ? Optional.of(refused.why())
                : Optional.empty();
    }

    /// Tells the bot of a network of this bridge what they want.
    ///
    /// @param words names of networks, or a switch
    /// @return false if there is no bot on their network to tell
    public boolean tell(NativeId person, Verb verb, List<String> words, Locale language) {
        return messenger.tell(person, verb, words, language);
    }
}
