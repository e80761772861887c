package dev.drawbridge.it.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.ProjectTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `docs/federation/translation.md` names every loss that the golden files show and the code names in so
/// many words, and no other.
class TranslationTableTest {
    private static final Pattern IN_CODE = Pattern.compile("new Loss\\(\\s*\"(\\w+)\"");
    private static final Pattern NAMED = Pattern.compile("`(\\w+)`");
    private static final Path ROOT = ProjectTree.find().root();

    @ParameterizedTest
    @CsvSource({
        "activitypub, in, ## ActivityPub, ### Read",
        "activitypub, out, ## ActivityPub, ### Written",
        "nostr, in, ## Nostr, ### Read",
        "nostr, out, ## Nostr, ### Written",
        "atproto, in, ## AT Protocol, ### Read",
        "atproto, out, ## AT Protocol, ### Written",
    })
    void everyLossOfTheGoldenFilesIsInItsTable(String network, String folder, String chapter, String section)
            throws IOException {
        assertThat(lastColumn(section(section(page(), chapter), section))).containsAll(golden(network, folder));
    }

    @ParameterizedTest
    @CsvSource({"activitypub, ## ActivityPub", "nostr, ## Nostr", "atproto, ## AT Protocol"})
    void everyLossOfTheCodeIsInItsChapterAndNoOtherIs(String network, String chapter) throws IOException {
        Set<String> known = code(network);
        known.addAll(golden(network, "in"));
        known.addAll(golden(network, "out"));
        assertThat(lastColumn(section(page(), chapter))).containsExactlyInAnyOrderElementsOf(known);
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/federation/translation.md"));
    }

    /// From a heading to the next one of its level.
    private static String section(String text, String heading) {
        int from = text.indexOf("\n" + heading + "\n");
        assertThat(from).as("a heading %s", heading).isNotNegative();
        String level = "\n" + heading.substring(0, heading.indexOf(' ') + 1);
        int to = text.indexOf(level, from + 1);
        return to < 0 ? text.substring(from) : text.substring(from, to);
    }

    /// What stands in code in the last column of the tables.
    private static Set<String> lastColumn(String text) {
        return text.lines()
                .filter(line -> line.startsWith("|"))
                .map(line -> line.substring(line.lastIndexOf('|', line.lastIndexOf('|') - 1)))
                .flatMap(cell -> NAMED.matcher(cell).results().map(found -> found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> golden(String network, String folder) throws IOException {
        Set<String> lost = new TreeSet<>();
        Path golden = ROOT.resolve("connectors/" + network + "/src/test/resources/golden/" + folder);
        try (var files = Files.list(golden)) {
            for (Path file : files.toList()) {
                for (JsonNode loss :
                        JsonMapper.shared().readTree(Files.readString(file)).path("losses")) {
                    lost.add(
                            loss.isObject()
                                    ? loss.path("field").asString()
                                    : loss.asString().split(":", 2)[0]);
                }
            }
        }
        assertThat(lost).isNotEmpty();
        return lost;
    }

    private static Set<String> code(String network) throws IOException {
        Set<String> named = new TreeSet<>();
        try (var files = Files.walk(ROOT.resolve("connectors/" + network + "/src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                IN_CODE.matcher(Files.readString(file)).results().forEach(found -> named.add(found.group(1)));
            }
        }
        return named;
    }
}
