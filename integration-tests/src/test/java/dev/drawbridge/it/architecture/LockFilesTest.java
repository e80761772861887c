package dev.drawbridge.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.ProjectTree;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The peers' npm lock files pin versions and hashes but no host: whoever builds uses the registry they trust.
class LockFilesTest {
    private static final Pattern HOST = Pattern.compile("\"resolved\"\\s*:\\s*\"[^\"]*\"");

    private final ProjectTree tree = ProjectTree.find();

    @Test
    void lockFilesNameNoRegistry() {
        var locks = tree.files(f -> f.getFileName().toString().equals("package-lock.json"));
        assertThat(locks).as("lock files of the peers").hasSizeGreaterThanOrEqualTo(3);
        assertThat(locks)
                .allSatisfy(lock -> assertThat(
                                HOST.matcher(tree.read(lock)).results().limit(1))
                        .isEmpty());
    }

    @Test
    void aNamedRegistryIsSeen() {
        assertThat(HOST.matcher("{\"resolved\": \"https://registry.example/a.tgz\"}")
                        .find())
                .isTrue();
        assertThat(HOST.matcher("{\"version\": \"1.0.0\", \"integrity\": \"sha512-abc\"}")
                        .find())
                .isFalse();
    }
}
