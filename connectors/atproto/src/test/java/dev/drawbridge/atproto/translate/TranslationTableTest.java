package dev.drawbridge.atproto.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `docs/federation/atproto.md` names every loss that the golden files show.
class TranslationTableTest {
    private static final Path TABLE = Path.of("../../docs/federation/atproto.md");
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @ParameterizedTest
    @CsvSource({"in, Read, Written", "out, Written, Whatever else"})
    void everyLossIsInTheTable(String folder, String from, String to) throws IOException {
        String whole = Files.readString(TABLE);
        String table = whole.substring(whole.indexOf("## " + from), whole.indexOf(to, whole.indexOf("## " + from) + 5));
        Set<String> lost = new TreeSet<>();
        try (Stream<Path> files = Files.list(GOLDEN.resolve(folder))) {
            for (Path file : files.toList()) {
                for (JsonNode loss :
                        JsonMapper.shared().readTree(Files.readString(file)).path("losses")) {
                    lost.add(loss.asString().split(":", 2)[0]);
                }
            }
        }
        assertThat(lost).isNotEmpty().allSatisfy(field -> assertThat(table).contains("`" + field + "`"));
    }
}
