package dev.drawbridge.engine;

import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Meters;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// The consent gate: the first stage, before anything is stored. Reads memory, and the store only where somebody who
/// did not opt in takes something back, or answers somebody, or where something seems to be from before the opt-in.
public final class Receive {
    private static final Receipt ACCEPTED = new Receipt.Accepted();
    private final LiveWatchlist watchlist;
    private final Ports ports;
    private final Connectors connectors;
    private final Presence presence;
    private final LiveRules rules;
    private final Inbox inbox;
    private final Function<Network, Meters> meters;

    /// One that denies nobody and counts nothing.
    public Receive(LiveWatchlist watchlist, Ports ports, Connectors connectors, Inbox inbox) {
        this(watchlist, ports, connectors, LiveRules.of(List.of()), inbox, _ -> Meters.NONE);
    }

    /// @param rules of whom nothing is read
    /// @param inbox for what is noted of events that are not stored themselves
    /// @param meters where is counted what people say to ours without having opted in
    public Receive(
            LiveWatchlist watchlist,
            Ports ports,
            Connectors connectors,
            LiveRules rules,
            Inbox inbox,
            Function<Network, Meters> meters) {
        this.watchlist = watchlist;
        this.ports = ports;
        this.connectors = connectors;
        this.rules = rules;
        this.inbox = inbox;
        this.meters = meters;
        this.presence = new Presence(ports, connectors);
    }

    /// Whether the event may be stored. The route makes an accepted one durable before the connector hears of it.
    public Receipt accept(NativeEvent event) {
        Receipt receipt = receipt(event);
        if (receipt instanceof Receipt.Accepted && Secrets.says(event.kind()) && Secrets.in(event)) {
            inbox.put(Secrets.seen(event));
            return new Receipt.Ignored("it holds a private key");
        }
        return receipt;
    }

    private Receipt receipt(NativeEvent event) {
        presence.heardFrom(event.author());
        if (watchlist.ours(event.network()).contains(event.author())) {
            return new Receipt.Ignored("made by this bridge");
        }
        if (!concernsTheDenied(event.kind()) && rules.shutsOut(event.author())) {
            return new Receipt.Ignored("denied by the operator");
        }
        if (event.kind() != NativeEvent.Kind.COMMAND && watchlist.carries(event.author())) {
            return isFromBefore(event) ? new Receipt.Ignored("from before its author opted in") : ACCEPTED;
        }
        return switch (event.kind()) {
            case COMMAND -> toABot(event) ? ACCEPTED : notOurs();
            case FOLLOW, UNFOLLOW, FOLLOW_ANSWER, BLOCK ->
                aimedAtUs(event) || endsSomethingOfOurs(event) ? ACCEPTED : notOurs();
            case REPORT -> aimedAtUs(event) || aboutACopy(event) ? ACCEPTED : notOurs();
            case REQUEST -> aboutACopy(event) ? ACCEPTED : notOurs();
            case DELETE -> endsSomethingOfOurs(event) || takesBack(event) ? ACCEPTED : notOurs();
            case DELETE_ACCOUNT, MOVE -> knows(event.author()) ? ACCEPTED : notOurs();
            case POST, EDIT, REACTION, REPOST ->
                aimedAtUs(event) ? counted(event) : new Receipt.Ignored("the author did not opt in");
            case PROFILE -> watchlist.people(event.network()).contains(event.author()) ? ACCEPTED : notOurs();
            case OTHER -> notOurs();
        };
    }

    /// Whether it is from before the opt-in of its author, so that nothing of it is kept: the next stage would
    /// not carry it either (`Outward`). What changes or takes back what is there always goes on. The store is
    /// asked only about what is older than anything in memory.
    private boolean isFromBefore(NativeEvent event) {
        boolean says = switch (event.kind()) {
            case POST, REACTION, REPOST -> true;
            default -> false;
        };
        return says
                && event.made()
                        .filter(made -> !watchlist.surelyCarriedAt(event.author(), made.at()))
                        .filter(made -> !sentToUs(event.network()) && !mayCross(event.author(), made))
                        .isPresent();
    }

    /// Whether a network sends what it says to whom it is for: after they asked for it.
    private boolean sentToUs(Network network) {
        return connectors.has(network) && connectors.get(network).capabilities().has(Trait.MUST_FOLLOW_TO_RECEIVE);
    }

    private boolean mayCross(NativeId author, NativeEvent.Made made) {
        return ports.consents().of(author).stream()
                        .filter(Consent::given)
                        .anyMatch(said -> !made.at().isBefore(said.since())
                                || ports.parking().holdsKey(ParkingKeys.object(made.object(), said.target())))
                || Backfill.lists(ports.cursors(), author, made.object());
    }

    /// What is heard of whom the operator denies: whatever takes something back, may hold a refusal, or is answered.
    private static boolean concernsTheDenied(NativeEvent.Kind kind) {
        return switch (kind) {
            case COMMAND, FOLLOW, UNFOLLOW, FOLLOW_ANSWER, BLOCK, DELETE, DELETE_ACCOUNT, PROFILE -> true;
            case POST, EDIT, REACTION, REPOST, REPORT, REQUEST, MOVE, OTHER -> false;
        };
    }

    private Receipt counted(NativeEvent event) {
        meters.apply(event.network())
                .counter(
                        "receive.uncarried",
                        "What people who did not opt in say to those who did",
                        "kind",
                        event.kind().name().toLowerCase(Locale.ROOT))
                .count();
        if (event.kind() == NativeEvent.Kind.POST) {
            Unheard.hear(ports, event);
        }
        return new Receipt.Ignored("the author did not opt in; counted, not carried");
    }

    private static Receipt notOurs() {
        return new Receipt.Ignored("neither by somebody who opted in nor a request to the bridge");
    }

    private boolean aimedAtUs(NativeEvent event) {
        return event.names().stream().anyMatch(watchlist.ours(event.network())::contains);
    }

    private boolean toABot(NativeEvent event) {
        return event.names().stream()
                .filter(watchlist.ours(event.network())::contains)
                .anyMatch(
                        name -> ports.identities().byId(name).filter(Ghost::bot).isPresent());
    }

    private boolean endsSomethingOfOurs(NativeEvent event) {
        return event.names().stream()
                .anyMatch(id -> ports.follows().byFollow(id).isPresent()
                        || ports.ledger().original(id).isPresent()
                        || ports.ledger()
                                .original(Interactions.stamp(id, event.author()))
                                .isPresent());
    }

    /// Whether somebody who went on elsewhere takes something back that is known by its copies only, as a like.
    private boolean takesBack(NativeEvent event) {
        return watchlist.people(event.network()).contains(event.author())
                && ports.consents().of(event.author()).stream()
                        .anyMatch(said -> event.names().stream()
                                .anyMatch(id ->
                                        ports.ledger().copy(id, said.target()).isPresent()));
    }

    private boolean aboutACopy(NativeEvent event) {
        return event.names().stream().anyMatch(id -> ports.ledger().byCopy(id).isPresent());
    }

    private boolean knows(NativeId person) {
        return !ports.consents().of(person).isEmpty()
                || !ports.follows().followedBy(person).isEmpty();
    }
}
