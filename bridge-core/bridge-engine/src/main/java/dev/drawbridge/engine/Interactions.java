package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.InteractionPolicy;
import dev.drawbridge.model.InteractionPolicy.Kind;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Quote;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.port.Ledger;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Honours what authors said about who may answer, like, repost and quote them.
final class Interactions {
    private static final Logger LOG = LoggerFactory.getLogger(Interactions.class);
    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Audience audience;

    Interactions(Ports ports, Connectors connectors, Resolver resolver, Audience audience) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.audience = audience;
    }

    /// Something an activity does with a post.
    private record Use(Kind kind, NativeId target) {}

    /// Why a delivery must not go where it is about to go; empty if nobody minds. Where the author wants to be asked,
    /// it goes to the author alone, for them to decide.
    Optional<String> objection(Delivery delivery) {
        for (Use use : uses(delivery)) {
            Optional<Ledger.Original> original = ports.ledger().original(resolver.originalOf(use.target()));
            if (original.isEmpty()) {
                continue;
            }
            switch (ruling(use.kind(), original.get(), delivery.origin())) {
                case InteractionPolicy.Allowed _ -> {}
                case InteractionPolicy.Refused(String reason) -> {
                    return Optional.of(reason);
                }
                case InteractionPolicy.Ask(String reason) -> {
                    if (!reachesTheAuthor(use.kind(), original.get(), delivery)) {
                        return Optional.of(reason + ", and is asked where they are");
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// A quote may be seen before it is approved: it is a post of its own, and servers show the quoted part only then.
    private boolean reachesTheAuthor(Kind kind, Ledger.Original original, Delivery delivery) {
        Network home = original.author().network();
        return delivery.target().equals(home)
                && (kind == Kind.QUOTE
                        || connectors
                                .get(home)
                                .locate(original.author())
                                .filter(delivery.destination()::equals)
                                .isPresent());
    }

    /// Answers a request about a copy as the author of its original decided. One the author wants to decide themselves
    /// is left open.
    List<Delivery> answer(Activity.InteractionRequest request, Instant receivedAt) {
        Optional<Ledger.Original> original =
                ports.ledger().original(resolver.originalOf(request.target().id()));
        if (original.isEmpty()
                || original.get().ref().id().equals(request.target().id())) {
            return List.of();
        }
        InteractionPolicy.Ruling ruling = ruling(request.kind(), original.get(), request.author());
        if (ruling instanceof InteractionPolicy.Ask) {
            return List.of();
        }
        NativeId author = original.get().author();
        boolean accepted = ruling instanceof InteractionPolicy.Allowed;
        var answer = new Activity.InteractionAnswer(
                new NativeId(
                        Network.BRIDGE,
                        (accepted ? "allow:" : "refuse:") + request.id().key()),
                author,
                request.at(),
                request.id(),
                request.author(),
                request.kind(),
                request.target(),
                request.instrument(),
                accepted);
        var places = audience.ofNamed(answer, author, request.author().network());
        return DeliveryPlanner.plan(answer, author, places, receivedAt);
    }

    /// Asks the author of what a post quotes, where quotes are shown only with a permission and the post goes there.
    ///
    /// @param activity what publishes or edits it
    /// @param planned where it goes
    List<Delivery> ask(Activity activity, Post post, List<Delivery> planned, Instant receivedAt) {
        Optional<Ledger.Original> quoted = post.quote()
                .map(quote -> resolver.originalOf(quote.target().id()))
                .flatMap(ports.ledger()::original)
                .filter(original -> !original.author().equals(post.author()));
        if (quoted.isEmpty()) {
            return List.of();
        }
        NativeId target = quoted.get().ref().id();
        Network home = target.network();
        boolean asks = planned.stream().anyMatch(delivery -> delivery.target().equals(home))
                && connectors.get(home).capabilities().has(Trait.QUOTES_NEED_PERMISSION)
                && !(ruling(Kind.QUOTE, quoted.get(), post.author()) instanceof InteractionPolicy.Refused);
        if (!asks) {
            return List.of();
        }
        var request = new Activity.InteractionRequest(
                new NativeId(Network.BRIDGE, "ask:" + post.id().key() + ":" + target.key()),
                post.author(),
                activity.at(),
                Kind.QUOTE,
                ObjectRef.of(target),
                Optional.of(post.id()));
        return DeliveryPlanner.plan(request, post.author(), audience.ofNamed(request, post.author(), home), receivedAt);
    }

    /// The author of what one of our ghosts quotes, answers, likes or reposts has said whether it may. Whoever has a
    /// quote is told; what went to the author alone goes to everybody once it may.
    List<Delivery> answered(Activity.InteractionAnswer answer, Instant receivedAt) {
        Optional<Ledger.Copy> copy = answer.instrument().flatMap(ports.ledger()::byCopy);
        boolean theirs = ports.ledger()
                .original(resolver.originalOf(answer.target().id()))
                .filter(original -> original.author().equals(answer.author()))
                .isPresent();
        boolean says = answer.kind() == Kind.QUOTE
                ? answer.stamp().isPresent() || !answer.accepted()
                : answer.stamp().isPresent() && answer.accepted();
        boolean usable = says
                && copy.filter(c -> c.author().equals(resolver.originOf(answer.requester())))
                        .isPresent();
        boolean gone = copy.filter(c -> ports.ledger().tombstoned(c.original(), c.author()))
                        .isPresent()
                || answer.stamp()
                        .filter(stamp -> ports.ledger().tombstoned(stamp, answer.author()))
                        .isPresent();
        return theirs && usable && !gone ? told(answer, copy.get(), receivedAt) : List.of();
    }

    /// Whether something is the permission to quote that `author` gave one of our ghosts.
    boolean isStamp(NativeId id, NativeId author) {
        return ports.ledger().original(stamp(id, author)).isPresent();
    }

    /// Whoever deletes their permission says no
    /// ([FEP-044f](https://codeberg.org/fediverse/fep/src/branch/main/fep/044f/fep-044f.md)).
    ///
    /// @param delete of a stamp
    List<Delivery> revoked(Activity.Delete delete, Instant receivedAt) {
        Optional<Ledger.Original> given = ports.ledger().original(stamp(delete.target(), delete.author()));
        Optional<Ledger.Copy> note =
                given.flatMap(g -> g.ref().version()).map(NativeId::parse).flatMap(ports.ledger()::byCopy);
        Optional<Ghost> requester = note.flatMap(copy -> ports.identities().find(copy.author(), copy.network()));
        if (requester.isEmpty()) {
            return List.of();
        }
        var no = new Activity.InteractionAnswer(
                delete.id(),
                delete.author(),
                delete.at(),
                delete.target(),
                requester.get().id(),
                Kind.QUOTE,
                given.flatMap(Ledger.Original::root).orElseThrow(),
                note.map(copy -> copy.ref().id()),
                false);
        return answered(no, receivedAt);
    }

    /// What a permission is called here: whoever gave it is part of the name, since the address may be claimed by
    /// anybody on their server.
    static NativeId stamp(NativeId id, NativeId author) {
        return new NativeId(Network.BRIDGE, "stamp:" + author.key() + " " + id.key());
    }

    /// Remembers what a permission is for: its version is the copy that quotes, its root what is quoted.
    private void keepStamp(Activity.InteractionAnswer answer, NativeId stamp, Ledger.Copy copy) {
        var name = new ObjectRef(
                stamp(stamp, answer.author()), Optional.of(copy.ref().id().key()));
        ports.ledger()
                .recordOriginal(new Ledger.Original(name, answer.author(), Optional.of(answer.target()), answer.at()));
    }

    private List<Delivery> told(Activity.InteractionAnswer answer, Ledger.Copy copy, Instant receivedAt) {
        if (!isNews(answer, copy, receivedAt)) {
            LOG.info(
                    "not carried: {} tells {} nothing new",
                    answer.id(),
                    copy.ref().id());
            return List.of();
        }
        NativeId person = copy.author();
        if (answer.kind() == Kind.QUOTE) {
            answer.stamp().ifPresent(stamp -> keepStamp(answer, stamp, copy));
            return DeliveryPlanner.plan(answer, person, copy.destinations(), receivedAt);
        }
        Set<Destination> places = new HashSet<>(audience.of(answer, person, copy.network()));
        places.addAll(copy.destinations());
        // It arrives there for the first time: a delete has to find it.
        ports.ledger().recordCopy(new Ledger.Copy(copy.original(), person, copy.ref(), places, copy.at()));
        return DeliveryPlanner.plan(answer, person, places, receivedAt);
    }

    /// Whether whoever has the copy hears something new. A network with versions of its own has answers in them.
    private boolean isNews(Activity.InteractionAnswer answer, Ledger.Copy copy, Instant receivedAt) {
        Optional<String> version = copy.ref().version();
        Optional<LastAnswer> last = version.flatMap(LastAnswer::parse);
        if (version.isPresent() && last.isEmpty()) {
            return true;
        }
        LastAnswer now = LastAnswer.after(last, answer, receivedAt);
        if (last.filter(now::isIdle).isPresent()) {
            return false;
        }
        var told = new ObjectRef(copy.ref().id(), Optional.of(now.toString()));
        ports.ledger().recordCopy(new Ledger.Copy(copy.original(), copy.author(), told, Set.of(), copy.at()));
        return true;
    }

    /// Whom a post mentions, on their own networks, if that decides who may do what with it.
    Set<NativeId> mentioned(Post post) {
        if (post.interactions().isEmpty()) {
            return Set.of();
        }
        return post.text().facets().stream()
                .filter(Facet.Mention.class::isInstance)
                .map(mention -> resolver.originOf(((Facet.Mention) mention).actor()))
                .collect(Collectors.toSet());
    }

    private InteractionPolicy.Ruling ruling(Kind kind, Ledger.Original original, NativeId who) {
        return original.interactions()
                .map(policy -> policy.of(kind, relation(who, original)))
                .orElseGet(InteractionPolicy.Allowed::new);
    }

    private InteractionPolicy.Relation relation(NativeId who, Ledger.Original original) {
        NativeId person = resolver.originOf(who);
        NativeId author = original.author();
        Set<NativeId> names = new HashSet<>(Set.of(person));
        ports.identities().of(person).stream().map(Ghost::id).forEach(names::add);
        return new InteractionPolicy.Relation(
                names,
                person.equals(author),
                follows(person, author),
                follows(author, person),
                original.mentioned().contains(person));
    }

    private boolean follows(NativeId follower, NativeId followed) {
        return ports.follows()
                .find(follower, followed)
                .filter(Follows.Edge::active)
                .isPresent();
    }

    private List<Use> uses(Delivery delivery) {
        return switch (delivery.activity()) {
            case Activity.Publish p -> ofPost(p.post(), p.post().inReplyTo());
            // An answer that is there may be corrected whatever its author thinks now; a quote may not be slipped in,
            // nor an answer that was refused, or only asked about, somewhere else.
            case Activity.Edit e -> anew(e.post(), delivery);
            case Activity.Tally t -> anew(t.post(), delivery);
            case Activity.React r -> List.of(new Use(Kind.LIKE, r.target().id()));
            case Activity.Repost r -> List.of(new Use(Kind.REPOST, r.target().id()));
            default -> List.of();
        };
    }

    private List<Use> anew(Post post, Delivery delivery) {
        boolean there = ports.ledger()
                .copy(post.id(), delivery.target())
                .filter(copy -> copy.destinations().contains(delivery.destination()))
                .isPresent();
        return ofPost(post, there ? Optional.empty() : post.inReplyTo());
    }

    private static List<Use> ofPost(Post post, Optional<ObjectRef> parent) {
        var reply = parent.map(p -> new Use(Kind.REPLY, p.id()));
        var quote = post.quote().map(Quote::target).map(q -> new Use(Kind.QUOTE, q.id()));
        return java.util.stream.Stream.of(reply, quote)
                .flatMap(Optional::stream)
                .toList();
    }
}
