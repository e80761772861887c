package dev.drawbridge.activitypub.inbox;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.NativeEvent.Kind;
import java.util.function.Predicate;

/// Whether something that is not verified yet could matter at all: if not, it is forgotten before anybody is asked
/// about it and before a byte of it is kept. The engine's own gate comes after, and is stricter.
///
/// @param known whether the bridge has to do with somebody: they opted in once, or follow somebody through us
/// @param ours whether an id is one of our actors or something they said
/// @param denied whether the operator has nothing to do with the domain of an id
public record Gate(Predicate<NativeId> known, Predicate<NativeId> ours, Predicate<String> denied) {
    /// By what an instance knows of people.
    ///
    /// @param home whether an address is on this instance
    public static Gate of(ConnectorContext context, Predicate<String> home, Predicate<String> denied) {
        var ours = context.watchlist().ours(Network.ACTIVITYPUB);
        return new Gate(actor -> known(context, actor), id -> home.test(id.value()) || ours.contains(id), denied);
    }

    private static boolean known(ConnectorContext context, NativeId actor) {
        return context.watchlist().people(Network.ACTIVITYPUB).contains(actor)
                || !context.identities().of(actor).isEmpty()
                || !context.follows().followedBy(actor).isEmpty();
    }

    boolean concerns(NativeEvent event) {
        return event.names().stream().anyMatch(ours) || known.test(event.author());
    }

    /// Every server tells every other one about deleted and changed accounts.
    boolean isRumour(NativeEvent event) {
        boolean aboutItself = event.kind() == Kind.DELETE_ACCOUNT || event.kind() == Kind.PROFILE;
        return aboutItself && !known.test(event.author());
    }
}
