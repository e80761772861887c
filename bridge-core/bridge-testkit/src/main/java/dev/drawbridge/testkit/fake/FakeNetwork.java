package dev.drawbridge.testkit.fake;

import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Capabilities;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.FileOutcome;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.model.spi.Shelf;
import dev.drawbridge.model.spi.Sought;
import dev.drawbridge.model.spi.Translator;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/// A whole network in memory. People act through [#happens(Activity)]; what reached it is in [#at(Destination)].
public final class FakeNetwork extends Populated {
    private final Network network;
    private final boolean perPersonInbox;
    private final boolean receiveOnly;
    private final InstantSource clock;
    private final FakeTranslator translator;
    private final EngineJson json = new EngineJson();
    private final Map<Destination, List<Activity>> arrived = new HashMap<>();
    private final Map<NativeId, NativeEvent> objects = new LinkedHashMap<>();
    private Optional<EventSink> sink = Optional.empty();
    private boolean directoryDown;
    private boolean botsUnseen;
    private Function<Media, FileOutcome> files = _ -> new FileOutcome.Linked();
    private int messages;
    private final Set<String> ghosts = new HashSet<>();
    private BiFunction<Destination, Activity, Optional<DeliveryOutcome>> fault = (_, _) -> Optional.empty();

    /// @param perPersonInbox whether each person is reached separately and follows wait for an answer (as on
    /// ActivityPub), or everything goes to one place
    public FakeNetwork(Network network, boolean perPersonInbox, InstantSource clock) {
        this(network, perPersonInbox, false, clock);
    }

    private FakeNetwork(Network network, boolean perPersonInbox, boolean receiveOnly, InstantSource clock) {
        this.network = network;
        this.perPersonInbox = perPersonInbox;
        this.receiveOnly = receiveOnly;
        this.clock = clock;
        this.translator = new FakeTranslator(network);
    }

    /// One that things only come from.
    public static FakeNetwork receiveOnly(Network network, InstantSource clock) {
        return new FakeNetwork(network, false, true, clock);
    }

    /// A person of this network.
    public synchronized NativeId person(String name) {
        NativeId id = new NativeId(network, name);
        profiles.putIfAbsent(id, Profile.bare(id, "@" + name));
        return id;
    }

    /// Somebody does something here, and the bridge is told.
    public Receipt happens(Activity activity) {
        NativeEvent event = translator.event(activity, clock.instant());
        if (activity instanceof Activity.Publish publish) {
            objects.put(publish.post().id(), event);
        }
        return sink.orElseThrow().accept(event);
    }

    /// Somebody tells a bot in words what a follow or unfollow of it would say.
    public Receipt says(Activity activity) {
        NativeEvent event = translator.event(activity, clock.instant());
        return sink.orElseThrow()
                .accept(new NativeEvent(
                        event.id(),
                        event.author(),
                        NativeEvent.Kind.COMMAND,
                        event.names(),
                        event.body(),
                        event.receivedAt()));
    }

    /// Somebody writes to one of ours.
    public Receipt says(NativeId person, NativeId to, String text) {
        return hears(new Message(person, to, text, clock.instant(), ++messages));
    }

    /// Something that somebody writes to one of ours, on its way.
    public record Message(NativeId person, NativeId to, String text, Instant at, int number) {}

    /// Somebody writes to one of ours, and it is on its way until [#hears(Message)].
    public Message writes(NativeId person, NativeId to, String text) {
        return new Message(person, to, text, clock.instant(), ++messages);
    }

    /// A message arrives, perhaps again.
    public Receipt hears(Message message) {
        Instant now = clock.instant();
        Command command = Command.read(message.text());
        Optional<Told> told =
                perPersonInbox ? Told.sent(command, message.at(), now) : Told.heard(command, message.at(), now);
        var id = new NativeId(
                network,
                "message " + message.number() + " of " + message.person().value());
        return told.<Receipt>map(said -> sink.orElseThrow()
                        .accept(new NativeEvent(
                                id,
                                message.person(),
                                NativeEvent.Kind.COMMAND,
                                Set.of(message.to()),
                                said.body(),
                                now)))
                .orElseGet(() -> new Receipt.Ignored("too old"));
    }

    /// From now on so much of everything cannot be read.
    public void losing(List<Loss> whenRead) {
        translator.losing(whenRead);
    }

    /// Something was posted here before the bridge listened.
    public void existed(Activity.Publish publish) {
        objects.put(publish.post().id(), translator.event(publish, clock.instant()));
    }

    /// What a destination holds, in the order of arrival; a repeated id counts once.
    public synchronized List<Activity> at(Destination destination) {
        return List.copyOf(arrived.getOrDefault(destination, List.of()));
    }

    /// Everything that arrived anywhere on this network, each thing once.
    public synchronized List<Activity> all() {
        return arrived.values().stream().flatMap(List::stream).distinct().toList();
    }

    /// The shared place of a network without inboxes, or the local one of a network with them.
    public Destination place() {
        return new Destination(network, "place");
    }

    public Destination inbox(NativeId person) {
        return perPersonInbox ? new Destination(network, "inbox of " + person.value()) : place();
    }

    /// Answers deliveries for which `answer` gives an outcome; the others arrive.
    public synchronized void failing(BiFunction<Destination, Activity, Optional<DeliveryOutcome>> answer) {
        fault = answer;
    }

    public synchronized void working() {
        fault = (_, _) -> Optional.empty();
    }

    /// Shows only files it keeps, and answers for each as given.
    public synchronized void keepingFiles(Function<Media, FileOutcome> answer) {
        files = answer;
    }

    @Override
    public synchronized FileOutcome host(Media file, NativeId ghost) {
        return files.apply(file);
    }

    /// Whether bots wait for what their operator has to set up outside.
    public synchronized void botsUnseen(boolean unseen) {
        botsUnseen = unseen;
    }

    public void directoryDown(boolean down) {
        directoryDown = down;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public Capabilities capabilities() {
        var traits = EnumSet.of(Trait.EDITS);
        if (perPersonInbox) {
            traits.addAll(
                    Set.of(Trait.FOLLOWS_NEED_ANSWER, Trait.MUST_FOLLOW_TO_RECEIVE, Trait.QUOTES_NEED_PERMISSION));
        }
        if (receiveOnly) {
            traits.add(Trait.RECEIVE_ONLY);
        }
        traits.add(network.equals(Network.ATPROTO) ? Trait.PINS_IN_PROFILE : Trait.MESSAGES);
        if (network.equals(Network.NOSTR)) {
            traits.add(Trait.ACCOUNTS_RETURN);
        }
        if (network.equals(Network.ACTIVITYPUB)) {
            traits.add(Trait.RUNNING_RESULTS);
        }
        return new Capabilities(
                Integer.MAX_VALUE, Capabilities.TextUnit.CODE_POINTS, Capabilities.Deletes.HONOURED, traits);
    }

    @Override
    public Translator translator() {
        return translator;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of();
    }

    @Override
    public void start(EventSink events) {
        sink = Optional.of(events);
    }

    @Override
    public void stop() {
        sink = Optional.empty();
    }

    @Override
    public synchronized GhostOutcome ensureGhost(GhostRequest request) {
        if (receiveOnly) {
            throw new IllegalStateException("asked for a ghost where there are none: " + request.origin());
        }
        if (directoryDown) {
            return new GhostOutcome.Retry(Optional.empty(), "the directory does not answer");
        }
        if (botsUnseen && request.bot()) {
            return new GhostOutcome.Awaited("nobody sees its host");
        }
        String name = "ghost of " + request.origin().key();
        ghosts.add("@" + name);
        return new GhostOutcome.Ready(
                new Ghost(request.origin(), new NativeId(network, name), "@" + name, true, clock.instant()));
    }

    @Override
    public Optional<Destination> locate(NativeId actor) {
        return Optional.of(inbox(actor));
    }

    /// The server of somebody called `name@server`; others have none.
    @Override
    public Optional<String> home(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? Optional.empty() : Optional.of(address.substring(at + 1));
    }

    @Override
    public Set<Destination> route(NativeId origin, Set<Destination> audience) {
        Set<Destination> everywhere = new HashSet<>(audience);
        everywhere.add(place());
        return everywhere;
    }

    @Override
    public DeliveryOutcome deliver(NativeDraft draft, Destination destination) {
        Activity activity = json.activity(draft.documents().getFirst());
        return fault().apply(destination, activity).orElseGet(() -> {
            arrive(destination, activity);
            return new DeliveryOutcome.Delivered(draft.copy());
        });
    }

    private synchronized BiFunction<Destination, Activity, Optional<DeliveryOutcome>> fault() {
        return fault;
    }

    private synchronized void arrive(Destination destination, Activity activity) {
        List<Activity> here = arrived.computeIfAbsent(destination, _ -> new ArrayList<>());
        if (!here.contains(activity)) {
            here.add(activity);
        }
    }

    @Override
    public synchronized Optional<NativeEvent> fetch(NativeId object) {
        return unfetchable ? Optional.empty() : told(object).map(objects::get);
    }

    @Override
    public synchronized Optional<List<NativeEvent>> history(NativeId author, int most) {
        List<NativeEvent> theirs = objects.values().stream()
                .filter(event -> event.author().equals(author))
                .toList();
        return directoryDown
                ? Optional.empty()
                : Optional.of(theirs.reversed().stream()
                        .limit(Math.min(most, furthest))
                        .toList());
    }

    @Override
    public synchronized Optional<NativeEvent> recall(NativeEvent past) {
        if (directoryDown) {
            throw nobodyAnswers();
        }
        return told(past.object()).map(objects::get);
    }

    /// Something is not here any more, and nobody said so.
    public synchronized void loses(NativeId object) {
        objects.remove(object);
    }

    /// Where people have inboxes, those who follow somebody go along.
    @Override
    public boolean followersGoAlong() {
        return perPersonInbox;
    }

    /// How somebody of this network is listed among the aliases of a profile.
    public static URI alias(NativeId actor) {
        return URI.create("id:" + URLEncoder.encode(actor.value(), StandardCharsets.UTF_8));
    }

    /// Handles begin with `@`; whoever is called `@silent` cannot be asked about.
    @Override
    public synchronized Sought seek(String name) {
        if (name.startsWith("nsec1")) {
            return new Sought.Secret();
        }
        if (!name.startsWith("@")) {
            NativeId id = new NativeId(network, name);
            return profiles.containsKey(id) ? new Sought.Found(id) : new Sought.Foreign();
        }
        if (name.equals("@silent")) {
            return new Sought.Silent();
        }
        return profiles.values().stream()
                .filter(profile -> profile.handle().equals(name))
                .<Sought>map(profile -> new Sought.Found(profile.actor()))
                .findFirst()
                .orElseGet(() -> ghosts.contains(name)
                        ? new Sought.Found(new NativeId(network, name.substring(1)))
                        : new Sought.Nobody());
    }

    /// What arrived by a stand-in, one a line.
    @Override
    public void archive(NativeId ghost, Shelf shelf) throws IOException {
        List<String> said = all().stream()
                .filter(activity -> activity.author().equals(ghost))
                .map(json::write)
                .toList();
        shelf.put("said.ndjson", out -> out.write(String.join("\n", said).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Optional<URI> actorPage(NativeId actor) {
        String page = "https://" + network + ".example/" + URLEncoder.encode(actor.value(), StandardCharsets.UTF_8);
        return Optional.of(URI.create(page)).filter(_ -> !actor.value().contains("\n"));
    }

    @Override
    public Optional<URI> objectPage(NativeId object) {
        return actorPage(object);
    }
}
