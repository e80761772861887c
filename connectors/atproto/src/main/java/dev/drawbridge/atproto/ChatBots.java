package dev.drawbridge.atproto;

import dev.drawbridge.atproto.http.ServiceTokens;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.wire.ChatClient;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.Network;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The accounts of bots, as a chat service is told of them.
final class ChatBots {
    private static final RepoPath DECLARATION = RepoPath.parse("chat.bsky.actor.declaration/self");

    /// Anybody may write to a bot, in a conversation of two.
    private static final DataMap OPEN = declaration("all");

    /// Nobody reads what is written to it.
    private static final DataMap CLOSED = declaration("none");

    private final PdsStore store;
    private final ServiceTokens tokens;
    private final Set<Network> networks;
    private volatile boolean withdrawn;

    /// @param networks every network of the instance
    ChatBots(PdsStore store, ServiceTokens tokens, Set<Network> networks) {
        this.store = store;
        this.tokens = tokens;
        this.networks = Set.copyOf(networks);
    }

    private static DataMap declaration(String from) {
        return DataMap.builder()
                .put("$type", "chat.bsky.actor.declaration")
                .put("allowIncoming", from)
                .put("allowGroupInvites", "none")
                .build();
    }

    List<Account> all() {
        return networks.stream()
                .sorted()
                .flatMap(network -> store.accounts().byOrigin(Ghost.botOrigin(network)).stream())
                .filter(Account::live)
                .toList();
    }

    Optional<Account> byDid(Did did) {
        return store.accounts()
                .byDid(did)
                .filter(Account::live)
                .filter(account -> account.origin().network().equals(Network.BRIDGE));
    }

    ChatClient.Credentials credentials(Account bot) {
        return (audience, method) -> tokens.issue(bot, audience, method);
    }

    /// Lets everybody know that a bot may be written to.
    ///
    /// @throws dev.drawbridge.atproto.store.NotPublishing if another process publishes
    void declare(Account bot) {
        boolean declared = store.archive()
                .record(bot.did(), DECLARATION)
                .filter(found -> found.value().equals(OPEN))
                .isPresent();
        if (!declared) {
            store.writer().write(bot, List.of(new RepoWrite.Put(DECLARATION, OPEN)));
        }
    }

    /// Lets everybody know that bots may not be written to any more, if they were told otherwise before. Once.
    ///
    /// @throws dev.drawbridge.atproto.store.NotPublishing if another process publishes
    void withdraw() {
        if (withdrawn) {
            return;
        }
        for (Account bot : all()) {
            boolean open = store.archive()
                    .record(bot.did(), DECLARATION)
                    .filter(found -> !found.value().equals(CLOSED))
                    .isPresent();
            if (open) {
                store.writer().write(bot, List.of(new RepoWrite.Put(DECLARATION, CLOSED)));
            }
        }
        withdrawn = true;
    }
}
