package dev.drawbridge.engine.crypto;

import dev.drawbridge.model.port.KeyStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys that encrypt all other keys, with AES-256-GCM
/// ([NIST SP 800-38D](https://csrc.nist.gov/pubs/sp/800/38/d/final)).
///
/// They come from a file with one `id base64` line per key of 32 bytes; empty lines and lines that start with `#` do
/// not count. The last one encrypts; all of them decrypt. An operator rotates by adding a line.
public final class MasterKeys {
    private static final Logger LOG = LoggerFactory.getLogger(MasterKeys.class);
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9._-]{1,64})\\s+([A-Za-z0-9+/=]+)");
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Map<String, SecretKey> keys;
    private final String newest;
    private final SecureRandom random;

    private MasterKeys(LinkedHashMap<String, SecretKey> keys, SecureRandom random) {
        this.newest = keys.lastEntry().getKey();
        this.keys = Map.copyOf(keys);
        this.random = random;
    }

    /// Something encrypted.
    record Sealed(String keyId, byte[] nonce, byte[] ciphertext) {}

    /// Reads the file, or makes it, readable by its owner only, with one new key.
    ///
    /// @throws IllegalStateException with the line number if the file is not as it should be
    /// @throws UncheckedIOException if it cannot be read or written
    public static MasterKeys open(Path file, SecureRandom random) {
        try {
            if (Files.notExists(file)) {
                create(file, random);
            }
            warnIfOthersMayRead(file);
            return new MasterKeys(parse(file, Files.readAllLines(file)), random);
        } catch (IOException e) {
            throw new UncheckedIOException("master key file " + file, e);
        }
    }

    /// The same for a store that may hold keys already: they have to open, and a new file is made only if there are
    /// none.
    ///
    /// @throws IllegalStateException also if the store holds keys that the file does not open
    public static MasterKeys open(Path file, KeyStore store, SecureRandom random) {
        List<KeyStore.StoredKey> samples = store.samples();
        if (Files.notExists(file) && !samples.isEmpty()) {
            throw new IllegalStateException(file + " is missing, and the store holds keys that were encrypted with "
                    + samples.stream().map(k -> "'" + k.keyId() + "'").collect(Collectors.joining(", "))
                    + ": restore the file from a backup, nothing else opens them");
        }
        MasterKeys keys = open(file, random);
        samples.forEach(sample -> Arrays.fill(EncryptedSigner.unseal(sample, keys), (byte) 0));
        return keys;
    }

    /// One new key that is gone with the process.
    public static MasterKeys inMemory(SecureRandom random) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        var keys = new LinkedHashMap<String, SecretKey>();
        keys.put("memory", new SecretKeySpec(key, "AES"));
        return new MasterKeys(keys, random);
    }

    /// The name of the one that encrypts.
    public String newest() {
        return newest;
    }

    /// The names of all.
    public Set<String> names() {
        return keys.keySet();
    }

    Sealed seal(byte[] plain, byte[] about) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            return new Sealed(
                    newest,
                    nonce,
                    cipher(Cipher.ENCRYPT_MODE, newest, nonce, about).doFinal(plain));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM does not encrypt", e);
        }
    }

    /// @throws IllegalStateException if the key is not in the file, is another one, or anything was changed
    byte[] unseal(Sealed sealed, byte[] about) {
        if (!keys.containsKey(sealed.keyId())) {
            throw new IllegalStateException("encrypted with master key '" + sealed.keyId()
                    + "', which is not in the master key file (it has " + keys.keySet() + ")");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, sealed.keyId(), sealed.nonce(), about)
                    .doFinal(sealed.ciphertext());
        } catch (AEADBadTagException e) {
            throw new IllegalStateException(
                    "master key '" + sealed.keyId() + "' does not open it: another key of that name, or changed data",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("stored key is damaged", e);
        }
    }

    private Cipher cipher(int mode, String keyId, byte[] nonce, byte[] about) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKey key = keys.get(keyId);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(about);
        return cipher;
    }

    private static LinkedHashMap<String, SecretKey> parse(Path file, List<String> lines) {
        var keys = new LinkedHashMap<String, SecretKey>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String where = file + ", line " + (i + 1) + ": ";
            var match = LINE.matcher(line);
            if (!match.matches()) {
                throw new IllegalStateException(where + "expected 'id base64', as in '2027 AAEC…'");
            }
            byte[] key;
            try {
                key = Base64.getDecoder().decode(match.group(2));
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(where + "not base64");
            }
            if (key.length != 32) {
                throw new IllegalStateException(where + "a key has 32 bytes, this one " + key.length);
            }
            if (keys.put(match.group(1), new SecretKeySpec(key, "AES")) != null) {
                throw new IllegalStateException(where + "a second key called " + match.group(1));
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalStateException(
                    file + " has no key; restore it from a backup, or remove it if no key was " + "ever made with it");
        }
        return keys;
    }

    private static void create(Path file, SecureRandom random) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        byte[] bytes = new byte[32 + 8];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes, 32, 40);
        String line = id + ' ' + Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, 32)) + '\n';
        Path draft = folder.resolve('.' + file.getFileName().toString() + '.' + id);
        try {
            writeSynced(draft, line);
            // A link, unlike a rename, never replaces what another instance made meanwhile.
            Files.createLink(file, draft);
            syncFolder(folder);
            LOG.info("made a new master key in {}: back it up, without it every stored key is lost", file);
        } catch (FileAlreadyExistsException e) {
            LOG.info("another instance made {}", file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void writeSynced(Path file, String text) throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void syncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void warnIfOthersMayRead(Path file) throws IOException {
        var others = Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
        if (Files.getPosixFilePermissions(file).stream().anyMatch(others::contains)) {
            LOG.warn("{} can be read by others than its owner: chmod 600 it", file);
        }
    }
}
