package dev.drawbridge.engine.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.KeyStore;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.Signer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncryptedSignerTest {
    private static final byte[] MESSAGE = Arrays.copyOf("32 bytes".getBytes(StandardCharsets.US_ASCII), 32);

    @TempDir
    Path folder;

    private final SecureRandom random = new SecureRandom();
    private final Cryptography cryptography = Cryptography.start();
    private final Memory store = new Memory();
    private final MasterKeys masterKeys = MasterKeys.inMemory(random);
    private final Signer signer = cryptography.signer(store, masterKeys, random);

    @ParameterizedTest
    @CsvSource({"RSA_2048,RSA_SHA256", "ED25519,ED25519", "SECP256K1,BIP340", "SECP256K1,ECDSA_SECP256K1"})
    void signsWhatTheVerifierAccepts(KeyAlgorithm algorithm, SignatureScheme scheme) {
        byte[] key = signer.ensure("nostr:alice", algorithm);
        byte[] shown = scheme == SignatureScheme.BIP340 ? Arrays.copyOfRange(key, 1, 33) : key;
        byte[] signature = signer.sign("nostr:alice", scheme, MESSAGE);
        assertThat(cryptography.verify(scheme, shown, MESSAGE, signature)).isTrue();
        assertThat(Cryptography.portable().verify(scheme, shown, MESSAGE, signature))
                .isTrue();
        assertThat(cryptography.verify(scheme, shown, new byte[32], signature)).isFalse();
    }

    @Test
    void twoOfItsKeysAgreeAndSoDoesOneForOneUse() {
        byte[] a = x(signer.ensure("a", KeyAlgorithm.SECP256K1));
        byte[] b = x(signer.ensure("b", KeyAlgorithm.SECP256K1));
        assertThat(signer.agree("a", b).orElseThrow())
                .hasSize(32)
                .isEqualTo(signer.agree("b", a).orElseThrow());
        Signer.OneTimeKey once = signer.oneTimeKey();
        assertThat(once.agree(a))
                .contains(signer.agree("a", x(once.publicKey())).orElseThrow());
        byte[] signature = once.sign(SignatureScheme.BIP340, MESSAGE);
        assertThat(cryptography.verify(SignatureScheme.BIP340, x(once.publicKey()), MESSAGE, signature))
                .isTrue();
        assertThat(signer.oneTimeKey().publicKey()).isNotEqualTo(once.publicKey());
        assertThat(store.keys).hasSize(2);
        assertThat(signer.agree("a", new byte[32])).isEmpty();
    }

    @Test
    void onlyKeysOfThatCurveAgreeOrAreHandedOver() {
        byte[] other = x(signer.ensure("a", KeyAlgorithm.SECP256K1));
        signer.ensure("e", KeyAlgorithm.ED25519);
        assertThatIllegalArgumentException().isThrownBy(() -> signer.agree("e", other));
        assertThatIllegalArgumentException().isThrownBy(() -> signer.agree("nobody", other));
        assertThatIllegalArgumentException().isThrownBy(() -> signer.export("e", "password"));
        assertThatIllegalArgumentException().isThrownBy(() -> signer.export("nobody", "password"));
        assertThatIllegalArgumentException().isThrownBy(() -> signer.export("a", " "));
    }

    @Test
    void whoKnowsThePasswordGetsTheKeyThatSigned() {
        byte[] key = signer.ensure("a", KeyAlgorithm.SECP256K1);
        byte[] exported = signer.export("a", "correct horse");
        assertThat(PasswordSeal.open(exported, "correct horse").map(new BouncySecp256k1()::publicKey))
                .contains(key);
        assertThat(PasswordSeal.open(exported, "wrong horse")).isEmpty();
        assertThat(signer.export("a", "correct horse")).isNotEqualTo(exported);
    }

    private static byte[] x(byte[] point) {
        return Arrays.copyOfRange(point, 1, 33);
    }

    @Test
    void asksForAKeyTwiceAndGetsTheSameAlsoAfterARestart() {
        byte[] first = signer.ensure("a", KeyAlgorithm.ED25519);
        assertThat(signer.ensure("a", KeyAlgorithm.ED25519)).isEqualTo(first);
        Signer restarted = cryptography.signer(store, masterKeys, random);
        assertThat(restarted.ensure("a", KeyAlgorithm.ED25519)).isEqualTo(first);
        byte[] signature = restarted.sign("a", SignatureScheme.ED25519, MESSAGE);
        assertThat(cryptography.verify(SignatureScheme.ED25519, first, MESSAGE, signature))
                .isTrue();
    }

    @Test
    void givesEveryReferenceItsOwnKey() {
        assertThat(signer.ensure("a", KeyAlgorithm.SECP256K1)).isNotEqualTo(signer.ensure("b", KeyAlgorithm.SECP256K1));
    }

    @Test
    void oneKeyIsMadeHoweverManyAskAtOnce() throws Exception {
        int askers = 16;
        var together = new CyclicBarrier(askers);
        Callable<String> ask = () -> {
            Signer own = cryptography.signer(store, masterKeys, random);
            together.await();
            byte[] key = own.ensure("race", KeyAlgorithm.SECP256K1);
            byte[] signature = own.sign("race", SignatureScheme.ECDSA_SECP256K1, MESSAGE);
            assertThat(cryptography.verify(SignatureScheme.ECDSA_SECP256K1, key, MESSAGE, signature))
                    .isTrue();
            return Arrays.toString(key);
        };
        var keys = new HashSet<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> key : threads.invokeAll(
                    IntStream.range(0, askers).mapToObj(_ -> ask).toList())) {
                keys.add(key.get());
            }
        }
        assertThat(keys).hasSize(1);
    }

    @Test
    void neverStoresAPrivateKeyInTheClear() {
        signer.ensure("a", KeyAlgorithm.ED25519);
        var stored = store.find("a").orElseThrow();
        byte[] opened = masterKeys.unseal(
                new MasterKeys.Sealed(stored.keyId(), stored.nonce(), stored.ciphertext()), about(stored));
        assertThat(opened).hasSize(32);
        assertThat(stored.ciphertext()).hasSize(32 + 16);
        assertThat(HexFormat.of().formatHex(stored.ciphertext()))
                .doesNotContain(HexFormat.of().formatHex(opened));
    }

    @Test
    void refusesWhatAKeyCannotDo() {
        signer.ensure("a", KeyAlgorithm.ED25519);
        assertThatIllegalArgumentException().isThrownBy(() -> signer.ensure("a", KeyAlgorithm.RSA_2048));
        assertThatIllegalArgumentException().isThrownBy(() -> signer.sign("a", SignatureScheme.BIP340, MESSAGE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signer.sign("nobody", SignatureScheme.ED25519, MESSAGE))
                .withMessage("no key nobody");
    }

    @Test
    void aWrongMasterKeyIsLoud() {
        signer.ensure("a", KeyAlgorithm.ED25519);
        Signer wrong = cryptography.signer(store, MasterKeys.inMemory(random), random);
        assertThatIllegalStateException()
                .isThrownBy(() -> wrong.sign("a", SignatureScheme.ED25519, MESSAGE))
                .withMessageStartingWith("key a: master key 'memory' does not open it");
    }

    @Test
    void aMissingMasterKeyIsNamed() throws IOException {
        signer.ensure("a", KeyAlgorithm.ED25519);
        Signer wrong = cryptography.signer(store, MasterKeys.open(folder.resolve("keys"), random), random);
        assertThatIllegalStateException()
                .isThrownBy(() -> wrong.sign("a", SignatureScheme.ED25519, MESSAGE))
                .withMessageContaining("'memory', which is not in the master key file");
    }

    @Test
    void aKeyMovedToAnotherReferenceOrGivenAnotherPublicHalfDoesNotOpen() {
        signer.ensure("a", KeyAlgorithm.ED25519);
        var a = store.find("a").orElseThrow();
        store.putIfAbsent(
                new KeyStore.StoredKey("b", a.algorithm(), a.publicKey(), a.keyId(), a.nonce(), a.ciphertext()));
        store.keys.put(
                "a", new KeyStore.StoredKey("a", a.algorithm(), new byte[32], a.keyId(), a.nonce(), a.ciphertext()));
        for (String ref : new String[] {"a", "b"}) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> signer.sign(ref, SignatureScheme.ED25519, MESSAGE))
                    .withMessageContaining("does not open it");
        }
    }

    @Test
    void aNewMasterKeyFileIsForItsOwnerOnlyAndReadBack() throws IOException {
        Path file = folder.resolve("secrets/master-keys");
        Signer first = cryptography.signer(store, MasterKeys.open(file, random), random);
        byte[] key = first.ensure("a", KeyAlgorithm.ED25519);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file.getParent()).isDirectoryContaining(path -> path.equals(file));
        assertThat(file.getParent().toFile().list()).hasSize(1);

        Signer second = cryptography.signer(store, MasterKeys.open(file, random), random);
        byte[] signature = second.sign("a", SignatureScheme.ED25519, MESSAGE);
        assertThat(cryptography.verify(SignatureScheme.ED25519, key, MESSAGE, signature))
                .isTrue();
    }

    @Test
    void afterARotationOldKeysStillOpenAndNewOnesUseTheNewMasterKey() throws IOException {
        Path file = folder.resolve("keys");
        cryptography.signer(store, MasterKeys.open(file, random), random).ensure("old", KeyAlgorithm.ED25519);
        Files.writeString(file, "\n# 2027\nsecond " + line(32) + "\n", StandardOpenOption.APPEND);
        Signer rotated = cryptography.signer(store, MasterKeys.open(file, random), random);
        rotated.ensure("new", KeyAlgorithm.ED25519);
        assertThat(store.find("new").orElseThrow().keyId()).isEqualTo("second");
        assertThat(store.find("old").orElseThrow().keyId()).isNotEqualTo("second");
        rotated.sign("old", SignatureScheme.ED25519, MESSAGE);
        rotated.sign("new", SignatureScheme.ED25519, MESSAGE);
    }

    @Test
    void aMissingMasterKeyFileIsNotMadeAnewForAStoreThatHoldsKeys() throws IOException {
        Path file = folder.resolve("keys");
        cryptography.signer(store, MasterKeys.open(file, store, random), random).ensure("a", KeyAlgorithm.ED25519);
        MasterKeys.open(file, store, random);
        Path kept = Files.move(file, folder.resolve("kept"));

        assertThatIllegalStateException()
                .isThrownBy(() -> MasterKeys.open(file, store, random))
                .withMessageContaining("is missing")
                .withMessageContaining(store.find("a").orElseThrow().keyId());
        assertThat(file).doesNotExist();

        Files.writeString(file, "another " + line(32) + "\n");
        assertThatIllegalStateException()
                .isThrownBy(() -> MasterKeys.open(file, store, random))
                .withMessageContaining("key a: encrypted with master key");

        Files.writeString(file, store.find("a").orElseThrow().keyId() + " " + line(32) + "\n");
        assertThatIllegalStateException()
                .isThrownBy(() -> MasterKeys.open(file, store, random))
                .withMessageContaining("does not open it");

        Files.move(kept, file, StandardCopyOption.REPLACE_EXISTING);
        MasterKeys.open(file, store, random);
    }

    @Test
    void aBadMasterKeyFileIsRefusedWithTheLine() throws IOException {
        refuses("", "has no key");
        refuses("# only a comment\n", "has no key");
        refuses("one " + line(32) + "\nnonsense\n", "line 2: expected 'id base64'");
        refuses("one " + line(16) + "\n", "line 1: a key has 32 bytes, this one 16");
        refuses("one A===B\n", "line 1: not base64");
        refuses("one " + line(32) + "\none " + line(32) + "\n", "line 2: a second key called one");
    }

    private void refuses(String content, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("bad"), content);
        assertThatIllegalStateException()
                .isThrownBy(() -> MasterKeys.open(file, random))
                .withMessageContaining(message);
    }

    private String line(int bytes) {
        byte[] key = new byte[bytes];
        random.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static byte[] about(KeyStore.StoredKey key) {
        return (key.algorithm() + ' ' + HexFormat.of().formatHex(key.publicKey()) + ' ' + key.ref())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static final class Memory implements KeyStore {
        final ConcurrentMap<String, StoredKey> keys = new ConcurrentHashMap<>();

        @Override
        public StoredKey putIfAbsent(StoredKey key) {
            StoredKey there = keys.putIfAbsent(key.ref(), key);
            return there == null ? key : there;
        }

        @Override
        public Optional<StoredKey> find(String ref) {
            return Optional.ofNullable(keys.get(ref));
        }

        @Override
        public List<StoredKey> samples() {
            return List.copyOf(keys.values());
        }
    }
}
