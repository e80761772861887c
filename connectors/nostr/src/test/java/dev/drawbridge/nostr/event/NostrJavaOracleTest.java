package dev.drawbridge.nostr.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.dm.Nip04;
import fr.acinq.secp256k1.Secp256k1;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nostr.crypto.bech32.Bech32Prefix;
import nostr.crypto.nip04.EncryptedDirectMessage;
import nostr.crypto.schnorr.Schnorr;
import org.junit.jupiter.api.Test;

/// What nostr-java, which shares no code with us, says about the same input (ADR 20).
class NostrJavaOracleTest {
    private static final int ROUNDS = 8;

    private final Random random = new Random(20);

    @Test
    void itVerifiesWhatWeSignAndWeWhatItSigns() throws Exception {
        var alice = new People().person("alice");
        for (int i = 0; i < ROUNDS; i++) {
            Event ours = alice.note(1_700_000_000 + i, "note " + i);
            assertThat(Schnorr.verify(ours.id().bytes(), ours.pubkey().bytes(), ours.signature()))
                    .isTrue();
            byte[] secret = bytes();
            byte[] message = bytes();
            byte[] theirs = Schnorr.sign(message, secret, bytes());
            assertThat(verifies(Schnorr.genPubKey(secret), message, theirs)).isTrue();
            theirs[random.nextInt(64)] ^= 1;
            assertThat(verifies(Schnorr.genPubKey(secret), message, theirs))
                    .isEqualTo(Schnorr.verify(message, Schnorr.genPubKey(secret), theirs))
                    .isFalse();
        }
    }

    private static boolean verifies(byte[] key, byte[] message, byte[] signature) {
        return People.CRYPTOGRAPHY.verify(SignatureScheme.BIP340, key, message, signature);
    }

    @Test
    void keysAndNotesAreWrittenAndReadTheSame() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] data = bytes();
            var key = new PublicKey(Hex.of(data));
            var note = new Nip19.Note(EventId.of(data));
            assertThat(nostr.crypto.bech32.Bech32.toBech32(Bech32Prefix.NPUB, data))
                    .isEqualTo(key.npub());
            assertThat(nostr.crypto.bech32.Bech32.toBech32(Bech32Prefix.NOTE, data))
                    .isEqualTo(Nip19.encode(note));
            assertThat(nostr.crypto.bech32.Bech32.fromBech32(key.npub())).isEqualTo(key.hex());
        }
    }

    @Test
    void itTakesOurLongFormsForBech32() throws Exception {
        var key = new PublicKey(Hex.of(bytes()));
        List<Nip19.Entity> entities = List.of(
                new Nip19.Nprofile(key, List.of("wss://relay.example")),
                new Nip19.Nevent(EventId.of(bytes()), List.of(), Optional.of(key), Optional.of(1)),
                new Nip19.Naddr("essay", List.of(), key, Kind.ARTICLE));
        for (Nip19.Entity entity : entities) {
            var read = nostr.crypto.bech32.Bech32.decode(Nip19.encode(entity));
            assertThat(read.encoding).isEqualTo(nostr.crypto.bech32.Bech32.Encoding.BECH32);
            assertThat(Nip19.encode(entity)).startsWith(read.hrp + "1");
        }
    }

    @Test
    void weReadTheOldMessagesItWrites() throws Exception {
        byte[] secret = bytes();
        byte[] ours = bytes();
        byte[] key = Schnorr.genPubKey(ours);
        String written = EncryptedDirectMessage.encrypt("stop, please \u00e9", secret, key);
        byte[] point = new byte[33];
        point[0] = 2;
        System.arraycopy(Schnorr.genPubKey(secret), 0, point, 1, 32);
        byte[] shared = Arrays.copyOfRange(Secp256k1.get().pubKeyTweakMul(point, ours), 1, 33);

        assertThat(Nip04.decrypt(shared, written).found()).contains("stop, please \u00e9");
    }

    private byte[] bytes() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }
}
