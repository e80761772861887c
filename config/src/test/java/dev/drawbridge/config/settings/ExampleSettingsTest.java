package dev.drawbridge.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.spi.ConnectorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The documented settings are the ones that exist.
class ExampleSettingsTest {
    private final List<ConnectorFactory> factories = ServiceLoader.load(ConnectorFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    @TempDir
    private Path folder;

    private Settings read(String yaml) throws IOException {
        return new SettingsReader(factories, Map.of("STORE_PASSWORD", "secret", "OIDC_SECRET", "secret"))
                .file(Files.writeString(folder.resolve("drawbridge.yml"), yaml));
    }

    @Test
    void theExampleIsRightAsItIs() throws IOException {
        assertThat(read(example()).domain()).isEqualTo("bridge.example");
    }

    @Test
    void theExampleIsRightWithEverythingSwitchedOn() throws IOException {
        String all = example().replaceAll("(?m)^( *)# ( *[a-z][a-z.-]*:( .*)?)$", "$1$2");

        assertThat(all).contains("\n    uri: mongodb", "\n    atproto: pds.bridge.example");
        // The file it names has to be there, and to be a zstd dictionary with a number (RFC 8878 §5).
        byte[] start = {0x37, (byte) 0xa4, 0x30, (byte) 0xec, 1, 0, 0, 0};
        Path dictionary = Files.write(folder.resolve("dictionary"), start);
        all = all.replace("./zstd_dictionary", dictionary.toString());
        assertThat(read(all).networks()).hasSameSizeAs(factories);
    }

    @Test
    void theExampleNamesEverySetting() throws IOException {
        String text = example();
        for (CoreKey key : CoreKey.values()) {
            assertThat(text).contains(lastPart(key.key()) + ":");
        }
        for (ConnectorFactory factory : factories) {
            String block =
                    text.substring(text.indexOf("\n  " + factory.network().name() + ":"));
            for (String key : factory.keys()) {
                assertThat(block).contains(lastPart(key.replace(".*", "")) + ":");
            }
        }
    }

    private static String lastPart(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    private static String example() throws IOException {
        return Files.readString(Path.of("drawbridge.example.yml"));
    }
}
