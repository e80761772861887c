package dev.drawbridge.config.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.plc.PlcOperation;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.repo.RecordProof;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.CommitVerdict;
import dev.drawbridge.atproto.record.sync.CommitVerifier;
import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.SocketPeer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SandboxAtprotoTest {
    private static final Nsid POST = new Nsid("app.bsky.feed.post");
    private final World world = Worlds.alone();
    private final SandboxPlc plc = new SandboxPlc("/plc", world.verifier(), world.clock());
    private final SandboxPds pds = new SandboxPds(world, plc, new Handle("chen.harbour.example"));
    private final DidKey signing =
            plc.document(pds.did()).flatMap(DidDocument::signingKey).orElseThrow();

    private static DataMap post(String text) {
        return DataMap.builder()
                .put("$type", POST.value())
                .put("text", text)
                .put("createdAt", Worlds.NOW.toString())
                .build();
    }

    private List<byte[]> read(String query) {
        var frames = new ArrayList<byte[]>();
        var handshake = new HttpCall(
                "GET", URI.create("http://localhost:4000/x" + query), Map.of(), Map.of(), new byte[0], "127.0.0.1");
        pds.open(handshake, new SocketPeer() {
            @Override
            public void send(String text) {
                throw new IllegalStateException("event streams are binary");
            }

            @Override
            public void send(byte[] bytes) {
                frames.add(bytes);
            }

            @Override
            public long pending() {
                return 0;
            }

            @Override
            public void close(int code, String reason) {
                frames.clear();
            }
        });
        return frames;
    }

    @Test
    void everyCommitOnTheStreamVerifies() {
        List<byte[]> frames = read("?cursor=0");
        pds.create(POST, post("Fog"));
        pds.create(POST, post("Sun"));
        assertThat(frames).hasSize(5);
        var verifier = new CommitVerifier(world.verifier());
        var commits = frames.stream()
                .map(FrameCodec::decode)
                .filter(f -> f instanceof Frame.Event(CommitEvent _))
                .map(f -> (CommitEvent) ((Frame.Event) f).event())
                .toList();
        assertThat(commits)
                .hasSize(3)
                .allSatisfy(c -> assertThat(verifier.verify(c, signing, Optional.empty(), Worlds.NOW))
                        .isInstanceOf(CommitVerdict.Verified.class));
    }

    @Test
    void aReaderThatComesBackGetsWhatItMissed() {
        pds.create(POST, post("Fog"));
        assertThat(read("?cursor=3")).hasSize(1);
        assertThat(read("")).isEmpty();
    }

    @Test
    void aRecordIsProven() {
        var stored = pds.create(POST, post("Fog"));
        var proof = RecordProof.verify(pds.proof(stored.path()), pds.did(), stored.path(), signing, world.verifier());
        assertThat(proof.record()).hasValueSatisfying(r -> assertThat(r.cid()).isEqualTo(stored.cid()));
    }

    @Test
    void theDirectoryRefusesWhatTheMethodForbids() {
        var mine = DidKey.of(DidKey.Curve.SECP256K1, world.signer().ensure("mine", KeyAlgorithm.SECP256K1));
        var other = DidKey.of(DidKey.Curve.SECP256K1, world.signer().ensure("other", KeyAlgorithm.SECP256K1));
        SignedPlcOperation genesis = PlcOperation.Change.genesis(
                        List.of(mine), mine, new Handle("mine.harbour.example"), world.origin())
                .sign(world.signer(), "mine");
        assertThatThrownBy(() -> plc.add(pds.did(), genesis)).isInstanceOf(MalformedData.class);
        SignedPlcOperation stolen = PlcOperation.Change.genesis(
                        List.of(mine), other, new Handle("mine.harbour.example"), world.origin())
                .sign(world.signer(), "other");
        assertThatThrownBy(() -> plc.add(stolen.did(), stolen)).isInstanceOf(MalformedData.class);
        plc.add(genesis.did(), genesis);
        assertThat(plc.document(genesis.did())).isPresent();
        assertThat(plc.document(new Did("did:plc:" + "a".repeat(24)))).isEmpty();
    }
}
