package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.http.ServiceTokens;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.wire.ChatClient;
import dev.drawbridge.atproto.wire.DidResolver;
import dev.drawbridge.atproto.wire.PlcDirectory;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/// A bot, somebody who writes to it, and the chat service between them.
abstract class ChatFixture extends AtprotoConnectorFixture {
    static final RepoPath DECLARATION = RepoPath.parse("chat.bsky.actor.declaration/self");
    static final Did BOB = new Did("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");

    final FakeChat chat;
    final List<NativeEvent> heard = new ArrayList<>();
    final EventSink sink = event -> {
        heard.add(event);
        return new Receipt.Accepted();
    };
    ChatDesk desk;
    Did bot = BOB;

    ChatFixture(MongoDatabase database) {
        super(database, Map.of("chat", FakeChat.SERVICE));
        chat = new FakeChat(
                did -> pds.store
                        .accounts()
                        .byDid(did)
                        .flatMap(Account::document)
                        .flatMap(DidDocument::signingKey),
                pds.cryptography,
                pds.clock);
        web.other = chat::answer;
        desk = desk();
    }

    ChatDesk desk() {
        var dids = new DidResolver(new PlcDirectory(URI.create("https://plc.test"), web), web, false, pds.clock);
        var service = ChatClient.Service.tryParse(FakeChat.SERVICE).orElseThrow();
        return new ChatDesk(
                new ChatClient(service, dids::resolve, web),
                new ChatBots(
                        pds.store,
                        new ServiceTokens(pds.signer, pds.clock, new SecureRandom()),
                        Set.of(Network.NOSTR, Network.ACTIVITYPUB)),
                pds.store,
                cursors,
                pds.clock);
    }

    @BeforeEach
    void thereIsABot() {
        NativeId origin = Ghost.botOrigin(Network.NOSTR);
        bot = new Did(made(new GhostRequest(origin, Profile.bare(origin, "nostr")))
                .id()
                .value());
        hears();
    }

    /// A look at everything, without any trouble.
    void hears() {
        desk.look(sink);
        assertThat(desk.troubles()).isEmpty();
    }

    void says(String text) {
        chat.write(BOB, bot, text, pds.clock.instant());
    }

    List<Command> commands() {
        return heard.stream()
                .map(event -> Told.of(event.body().text()).orElseThrow().command())
                .toList();
    }

    Optional<String> cursor() {
        return cursors.get("atproto:chat:" + bot);
    }
}
