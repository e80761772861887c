package dev.drawbridge.feed;

import dev.drawbridge.feed.http.HubEndpoints;
import dev.drawbridge.feed.translate.FeedTranslator;
import dev.drawbridge.feed.wire.FeedDesk;
import dev.drawbridge.feed.wire.Timer;
import dev.drawbridge.model.Capabilities;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.Translator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Feeds as a network: every feed is a person who only writes. Read are those that the operator mirrors.
public final class FeedConnector implements NetworkConnector {
    private static final String NOWHERE = "nothing is carried to a feed";
    private static final Capabilities CAPABILITIES = new Capabilities(
            Integer.MAX_VALUE,
            Capabilities.TextUnit.CODE_POINTS,
            Capabilities.Deletes.ADVISORY,
            Trait.EDITS,
            Trait.RECEIVE_ONLY);

    private final FeedTranslator translator;
    private final FeedDesk desk;
    private final HubEndpoints hubs;

    FeedConnector(ConnectorContext context, Timer timer) {
        FeedSettings settings = FeedSettings.of(context.settings(), context.instance());
        this.translator = new FeedTranslator(context.instance());
        this.desk = FeedDesk.of(context, settings.every(), settings.hubs(), timer);
        this.hubs = new HubEndpoints(desk);
    }

    @Override
    public Network network() {
        return Network.FEED;
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Translator translator() {
        return translator;
    }

    @Override
    public List<Endpoint> endpoints() {
        return hubs.all();
    }

    @Override
    public void start(EventSink sink) {
        desk.start(sink);
    }

    @Override
    public void stop() {
        desk.stop();
    }

    @Override
    public GhostOutcome ensureGhost(GhostRequest request) {
        return new GhostOutcome.Refused(NOWHERE);
    }

    @Override
    public Optional<Destination> locate(NativeId actor) {
        return Optional.empty();
    }

    @Override
    public Set<Destination> route(NativeId origin, Set<Destination> audience) {
        return Set.of();
    }

    @Override
    public DeliveryOutcome deliver(NativeDraft draft, Destination destination) {
        return new DeliveryOutcome.Refused(NOWHERE);
    }

    @Override
    public Optional<NativeEvent> fetch(NativeId object) {
        return desk.entry(object);
    }

    @Override
    public Optional<List<NativeEvent>> history(NativeId author, int most) {
        return desk.history(author, most);
    }

    @Override
    public Optional<Profile> profile(NativeId actor) {
        return desk.profile(actor);
    }

    @Override
    public List<String> troubles() {
        return desk.troubles();
    }
}
