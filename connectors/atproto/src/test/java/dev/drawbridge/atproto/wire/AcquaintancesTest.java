package dev.drawbridge.atproto.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Watchlist;
import dev.drawbridge.testkit.InMemoryFollows;
import dev.drawbridge.testkit.InMemoryIdentityMap;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcquaintancesTest {
    private static final Set<String> OURS = Set.of("did:plc:gggggggggggggggggggggggg", "did:web:bot.bridge.test");

    private final Acquaintances known = new Acquaintances(
            new Watchlist() {
                @Override
                public Set<NativeId> people(Network network) {
                    return Set.of();
                }

                @Override
                public Set<NativeId> ours(Network network) {
                    return OURS.stream()
                            .map(did -> new NativeId(Network.ATPROTO, did))
                            .collect(Collectors.toSet());
                }

                @Override
                public void onChange(Network network, Runnable listener) {}
            },
            new InMemoryFollows(),
            new InMemoryIdentityMap());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "did:plc:gggggggggggggggggggggggg",
                "at://did:plc:gggggggggggggggggggggggg/app.bsky.feed.post/x",
                "did:did:plc:gggggggggggggggggggggggg",
                "did:web:bot.bridge.test",
                "at://did:web:bot.bridge.test/app.bsky.feed.post/x"
            })
    void whoNamesOneOfOursIsFoundInBothForms(String text) {
        assertThat(known.namesOurs(("{\"subject\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        // In CBOR the next field follows at once, and begins with what may be part of a DID.
        assertThat(known.namesOurs(DagCbor.encode(DataMap.builder()
                        .put("s", text)
                        .put("zz", "another")
                        .put("z".repeat(5), "field")
                        .build())))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "did:",
                "did:plc:",
                "did:plc:ggggggggggggggggggggggg",
                "did:plc:hggggggggggggggggggggggg",
                "did:web:bot.bridge.tes",
                "di",
                "d"
            })
    void nobodyElseIs(String text) {
        assertThat(known.namesOurs(text.getBytes(StandardCharsets.UTF_8))).isFalse();
    }
}
