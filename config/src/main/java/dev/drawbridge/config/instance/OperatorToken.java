package dev.drawbridge.config.instance;

import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/// What shows that somebody is the operator: they can read the data folder, where each start leaves a new token.
final class OperatorToken {
    private static final String FILE = "operator.token";
    private static final int BYTES = 32;

    private final byte[] header;

    private OperatorToken(byte[] header) {
        this.header = header;
    }

    /// Makes one and leaves it in `folder`, readable by the user who runs the instance.
    ///
    /// @throws StartFailure if it cannot be written
    static OperatorToken leave(Path folder, SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        try {
            write(folder.resolve(FILE), token);
        } catch (IOException e) {
            throw new StartFailure("the operator's token cannot be written to " + folder + ": " + e.getMessage(), e);
        }
        return new OperatorToken(("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path file, String token) throws IOException {
        Files.deleteIfExists(file);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, token);
    }

    /// @throws IOException if there is none, or it is somebody else's to read
    static String read(Path folder) throws IOException {
        return Files.readString(folder.resolve(FILE)).strip();
    }

    /// The same endpoint for the operator only.
    Endpoint.Handler guard(Endpoint.Handler handler) {
        return call -> admits(call)
                ? handler.handle(call)
                : HttpReply.text(401, "the token is in the data folder\n").with("www-authenticate", "Bearer");
    }

    private boolean admits(HttpCall call) {
        byte[] said = call.header("authorization").orElse("").getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(said, header);
    }
}
