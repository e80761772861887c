package dev.drawbridge.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.spi.AccountProof;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.dm.GiftWraps;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.event.UnsignedEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What bots do when they are written to.
class BotCommandsTest extends ConnectorScene {
    private final GiftWraps wraps = new GiftWraps(people.signer, People.VERIFIER, new Random(2));
    private final GiftWraps.Own carolHerself = new GiftWraps.Own(carol.key, "test:carol");
    private final FakePeer peer = new FakePeer();
    private PublicKey fediverse;
    private PublicKey sky;

    @BeforeEach
    void bots() {
        fediverse = bot(Network.ACTIVITYPUB);
        sky = bot(Network.ATPROTO);
        Event list = carol.event(Kind.MESSAGE_RELAYS, now, "", Tag.of("relay", RELAY));
        relay.events.put(list.id().hex(), list);
        world.timer.run();
    }

    @Test
    void aMessageIsHandedOnAsTheCommandItGives() {
        RelayMessage said = tell(carol, fediverse, "Start all, please? no: start bluesky");
        assertThat(said).isInstanceOf(RelayMessage.Ok.class);
        assertThat(told(only()).command().verb()).isEqualTo(Verb.START);

        tell(carol, fediverse, "start bluesky");
        NativeEvent command = only();
        assertThat(command.kind()).isEqualTo(NativeEvent.Kind.COMMAND);
        assertThat(command.author()).isEqualTo(carol.id());
        assertThat(command.names()).containsExactly(id(fediverse));
        assertThat(told(command))
                .isEqualTo(new Told(
                        new Command(Verb.START, List.of("atproto"), Locale.ENGLISH),
                        world.clock.instant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS)));
    }

    @Test
    void nothingOfAMessageIsStoredOrHandedOnButWhatWasMeant() {
        long before = store.events().query(Filter.ANY, 1_000).size();
        for (String text : List.of("help", "status", "export", "good morning, my darling")) {
            tell(carol, fediverse, text);
            world.clock.advance(Duration.ofSeconds(1));
        }

        assertThat(world.sink.taken())
                .extracting(e -> told(e).command().verb())
                .containsExactly(Verb.HELP, Verb.STATUS, Verb.EXPORT, Verb.UNKNOWN);
        assertThat(store.events().query(Filter.ANY, 1_000)).hasSize((int) before);
        tell(carol, fediverse, "good night, my darling");
        assertThat(only().toString()).doesNotContain("darling");
    }

    @Test
    void theOldFormIsReadAndAnsweredInTheNewOne() throws Exception {
        publish(old(carol, fediverse, "start"));

        assertThat(told(only()).command().verb()).isEqualTo(Verb.START);
        assertThat(store.events().query(Filter.ANY.kinds(List.of(Kind.OLD_MESSAGE)), 10))
                .isEmpty();
        assertThat(relay.of(Kind.OLD_MESSAGE)).isEmpty();
    }

    @Test
    void aRefusalCountsWheneverItComesAndAWishDoesNot() {
        List<Long> times = List.of(
                now - Duration.ofDays(8).toSeconds(),
                now + Duration.ofMinutes(11).toSeconds());
        times.forEach(at -> publish(wrap(carol, carolHerself, fediverse, "start", at)));
        assertThat(world.sink.taken()).isEmpty();
        times.forEach(at -> publish(wrap(carol, carolHerself, fediverse, "stop", at)));
        assertThat(world.sink.taken())
                .extracting(e -> told(e).at().getEpochSecond())
                .containsExactly(times.getFirst(), now);
    }

    @Test
    void theSameMessageIsHandedOnOnceAndUnderTheSameNameAfterARestart() {
        Event wrap = wrap(carol, carolHerself, fediverse, "help", now);
        assertThat(publish(wrap)).isEqualTo(new RelayMessage.Ok(wrap.id().hex(), true, ""));
        assertThat(publish(wrap)).isEqualTo(new RelayMessage.Ok(wrap.id().hex(), true, ""));
        Event other = wrap(carol, carolHerself, fediverse, "help", now);
        assertThat(other.id()).isNotEqualTo(wrap.id());
        assertThat(publish(other)).isEqualTo(new RelayMessage.Ok(other.id().hex(), true, ""));
        NativeEvent first = only();
        var again = new NostrConnector(world.context, store, world.timer, Runnable::run);
        again.start(world.sink);
        again.endpoints().stream()
                .filter(e -> e instanceof Endpoint.Socket)
                .findFirst()
                .ifPresent(e -> ((Endpoint.Socket) e)
                        .handler()
                        .open(call("GET", "/", new byte[0], ""), peer)
                        .text(new ClientMessage.Publish(wrap).json()));
        world.timer.run();

        assertThat(only().id()).isEqualTo(first.id());
    }

    @Test
    void nobodySpeaksForSomebodyElse() {
        People.Person mallory = people.person("mallory");
        var message = new UnsignedEvent(carol.key, now, Kind.MESSAGE, List.of(), "stop");
        Event forged = wraps.wrap(
                        message, new GiftWraps.Own(mallory.key, "test:mallory"), fediverse, world.clock.instant())
                .orElseThrow();

        RelayMessage said = publish(forged);

        assertThat(said.json()).contains("restricted").contains("its author is not who sealed it");
        assertThat(world.sink.taken()).isEmpty();
        assertThat(answers()).isEmpty();
    }

    @Test
    void messagesToOthersOldOnesAndThoseFromTheFutureAreLeftAlone() {
        Ghost alice = alice();
        tell(carol, new PublicKey(alice.id().value()), "start");
        publish(wrap(carol, carolHerself, people.person("dave").key, "start", now));
        publish(wrap(carol, carolHerself, fediverse, "start", now - 8 * 86_400));
        publish(wrap(carol, carolHerself, fediverse, "start", now + 3_600));
        publish(carol.event(Kind.OLD_MESSAGE, now, "rubbish", Tag.of("p", fediverse.hex())));
        publish(carol.event(Kind.GIFT_WRAP, now, "rubbish", Tag.of("p", fediverse.hex())));

        assertThat(world.sink.taken()).isEmpty();
        assertThat(answers()).isEmpty();
    }

    @Test
    void whatCannotBeStoredIsSaidAgainLater() {
        world.sink.answer = new Receipt.Busy(Duration.ofSeconds(9));
        Event wrap = wrap(carol, carolHerself, fediverse, "start", now);

        assertThat(publish(wrap).json()).contains("error: come back in 9 seconds");

        world.sink.answer = new Receipt.Accepted();
        publish(wrap);
        assertThat(world.sink.taken()).hasSize(1);
    }

    @Test
    void botsSayWhereTheyTakeMessages() {
        Event list = store.events().at("10050:" + sky.hex() + ":").orElseThrow();

        assertThat(list.tags("relay").map(Tag::value)).containsExactly("wss://nostr.bridge.example/");
        assertThat(store.events().at("10050:" + alice().id().value() + ":")).isEmpty();
        assertThat(relay.of(Kind.MESSAGE_RELAYS))
                .as("a relay that is only read")
                .extracting(Event::pubkey)
                .doesNotContain(sky, fediverse);
    }

    @Test
    void aWrapThatAnotherRelayHoldsIsReadAlsoIfItClaimsToBeOlder() {
        Event wrap = wrap(carol, carolHerself, fediverse, "start", now);
        relay.events.put(wrap.id().hex(), wrap);
        world.watchlist.changed();
        world.timer.run(Duration.ofMinutes(1));

        assertThat(told(only()).command().verb()).isEqualTo(Verb.START);
    }

    @Test
    void whoSignsInSeesAndSaysWhereTheyAreCarried() {
        var reply = post("{\"network\":\"atproto\",\"consent\":true}");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(activity(only())).isInstanceOfSatisfying(Activity.Follow.class, f -> {
            assertThat(f.author()).isEqualTo(carol.id());
            assertThat(f.target()).isEqualTo(id(sky));
        });
        assertThat(post("{\"network\":\"atproto\",\"consent\":false}").status()).isEqualTo(202);
        assertThat(activity(only())).isInstanceOf(Activity.Unfollow.class);
        world.identities.putIfAbsent(new Ghost(
                carol.id(), new NativeId(Network.ATPROTO, "did:plc:c"), "carol.bridge", true, world.clock.instant()));
        assertThat(text(request("GET", new byte[0], signed("GET", new byte[0]))))
                .contains("\"npub\":\"" + carol.key.npub())
                .contains("\"atproto\":{\"shown\":true,\"as\":\"carol.bridge\"}")
                .contains("\"activitypub\":{\"shown\":false}");
    }

    @Test
    void aRequestThatIsSentAgainIsRefusedUnlessItFailedBefore() {
        byte[] body = "{\"network\":\"atproto\",\"consent\":true}".getBytes(StandardCharsets.UTF_8);
        String signed = signed("POST", body);
        world.sink.answer = new Receipt.Busy(Duration.ofSeconds(9));
        assertThat(request("POST", body, signed).status()).isEqualTo(503);
        world.sink.answer = new Receipt.Accepted();

        assertThat(request("POST", body, signed).status()).isEqualTo(202);
        assertThat(request("POST", body, signed).status()).isEqualTo(401);
        assertThat(world.sink.taken()).hasSize(1);
    }

    @Test
    void whoDoesNotSignInIsToldWhatIsWrong() {
        byte[] body = "{\"network\":\"atproto\",\"consent\":true}".getBytes(StandardCharsets.UTF_8);

        assertThat(request("GET", new byte[0], "").status()).isEqualTo(401);
        assertThat(request("POST", body, signed("POST", new byte[0])).status()).isEqualTo(401);
        assertThat(request("POST", body, signed("GET", body)).status()).isEqualTo(401);
        assertThat(post("not json").status()).isEqualTo(400);
        assertThat(post("{\"network\":\"atproto\"}").status()).isEqualTo(400);
        assertThat(post("{\"network\":\"A B\",\"consent\":true}").status()).isEqualTo(400);
        assertThat(post("{\"network\":\"myspace\",\"consent\":true}").status()).isEqualTo(404);
        world.sink.answer = new Receipt.Busy(Duration.ofSeconds(9));
        assertThat(post("{\"network\":\"atproto\",\"consent\":true}").status()).isEqualTo(503);
        world.sink.answer = new Receipt.Ignored("no");
        assertThat(post("{\"network\":\"atproto\",\"consent\":true}").status()).isEqualTo(409);
        assertThat(world.sink.taken()).isEmpty();
    }

    @Test
    void whoSignsARequestToTheAccountPageIsThemOnce() {
        var proof = (AccountProof.BySignature) connector.proofs().getFirst();
        byte[] challenge = "a word that was made for it".getBytes(StandardCharsets.UTF_8);
        HttpCall right = call("POST", "/account/nostr", challenge, signed("POST", challenge));
        assertThat(proof.check(right)).isEqualTo(new AccountProof.Verdict.Proven(carol.id()));
        var stale = new AccountProof.Verdict.Refused(AccountProof.Refusal.STALE);
        assertThat(proof.check(right)).as("the same event again").isEqualTo(stale);
        world.clock.advance(Duration.ofSeconds(1));
        String signed = signed("POST", challenge);
        assertThat(proof.check(call("POST", "/elsewhere", challenge, signed)))
                .as("another address")
                .isEqualTo(stale);
        assertThat(proof.check(call("POST", "/account/nostr", "other".getBytes(StandardCharsets.UTF_8), signed)))
                .as("another challenge")
                .isEqualTo(stale);
        assertThat(proof.check(call("POST", "/account/nostr", challenge, signed("GET", challenge))))
                .as("another method")
                .isEqualTo(stale);
        assertThat(proof.check(call("POST", "/account/nostr", challenge, ""))).isEqualTo(stale);
        world.clock.advance(Duration.ofSeconds(1));
        String slow = signed("POST", challenge);
        world.clock.advance(Duration.ofMinutes(10));
        assertThat(proof.check(call("POST", "/account/nostr", challenge, slow)))
                .as("as old as a challenge may be")
                .isEqualTo(new AccountProof.Verdict.Proven(carol.id()));
        assertThat(proof.check(call("POST", "/account/nostr", challenge, signed)))
                .as("too old, by a second")
                .isEqualTo(stale);
        assertThat(request("POST", challenge, slow).status())
                .as("of the interface")
                .isEqualTo(401);
    }

    private dev.drawbridge.model.spi.HttpReply post(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return request("POST", bytes, signed("POST", bytes));
    }

    private dev.drawbridge.model.spi.HttpReply request(String method, byte[] body, String authorization) {
        return connector.endpoints().stream()
                .filter(e -> e instanceof Endpoint.Http h
                        && h.path().equals("/account/nostr")
                        && h.method().equals(method))
                .map(e -> ((Endpoint.Http) e).handler().handle(call(method, "/account/nostr", body, authorization)))
                .findFirst()
                .orElseThrow();
    }

    private static HttpCall call(String method, String path, byte[] body, String authorization) {
        Map<String, List<String>> headers =
                authorization.isEmpty() ? Map.of() : Map.of("authorization", List.of(authorization));
        return new HttpCall(
                method, URI.create("https://nostr.bridge.example" + path), Map.of(), headers, body, "127.0.0.1");
    }

    private String signed(String method, byte[] body) {
        Event event = carol.event(
                Kind.HTTP_AUTH,
                world.clock.instant().getEpochSecond(),
                "",
                Tag.of("u", "https://nostr.bridge.example/account/nostr"),
                Tag.of("method", method),
                Tag.of("payload", sha256(body)));
        return "Nostr " + Base64.getEncoder().encodeToString(event.json().getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] body) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(body));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(dev.drawbridge.model.spi.HttpReply reply) {
        var out = new java.io.ByteArrayOutputStream();
        try {
            reply.body().writeTo(out);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private NativeEvent only() {
        List<NativeEvent> taken = world.sink.taken();
        assertThat(taken).hasSize(1);
        return taken.getFirst();
    }

    private Activity activity(NativeEvent event) {
        Translation<List<Activity>> read =
                connector.translator().toCanonical(event, Resolved.NOTHING, world.clock.instant());
        return ((Translation.Translated<List<Activity>>) read).value().getFirst();
    }

    private static Told told(NativeEvent event) {
        return Told.of(event.body().text()).orElseThrow();
    }

    private static NativeId id(PublicKey key) {
        return new NativeId(Network.NOSTR, key.hex());
    }

    /// What bots wrote to carol.
    private List<UnsignedEvent> answers() {
        world.timer.run();
        return relay.of(Kind.GIFT_WRAP).stream()
                .filter(e -> e.people().contains(carol.key))
                .map(e -> wraps.open(e, carolHerself).found().orElseThrow())
                .toList();
    }

    private RelayMessage tell(People.Person author, PublicKey to, String text) {
        return publish(
                wrap(author, carolHerself, to, text, world.clock.instant().getEpochSecond()));
    }

    private Event wrap(People.Person author, GiftWraps.Own own, PublicKey to, String text, long seconds) {
        var message = new UnsignedEvent(author.key, seconds, Kind.MESSAGE, List.of(Tag.of("p", to.hex())), text);
        return wraps.wrap(message, own, to, world.clock.instant()).orElseThrow();
    }

    private Event old(People.Person author, PublicKey to, String text) throws Exception {
        byte[] shared = people.signer.agree("test:carol", to.bytes()).orElseThrow();
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(shared, "AES"), new IvParameterSpec(new byte[16]));
        String content = Base64.getEncoder().encodeToString(cipher.doFinal(text.getBytes(StandardCharsets.UTF_8)))
                + "?iv=" + Base64.getEncoder().encodeToString(new byte[16]);
        return author.event(Kind.OLD_MESSAGE, now, content, Tag.of("p", to.hex()));
    }

    /// @return what our relay says
    private RelayMessage publish(Event event) {
        var socket = (Endpoint.Socket) connector.endpoints().stream()
                .filter(e -> e instanceof Endpoint.Socket)
                .findFirst()
                .orElseThrow();
        peer.heard();
        socket.handler().open(call("GET", "/", new byte[0], ""), peer).text(new ClientMessage.Publish(event).json());
        return RelayMessage.read(peer.heard().getFirst()).found().orElseThrow();
    }
}
